import type { TaskStatus } from '#libs/contracts';
import { dateWords, listWords, numberWords, sizeWords } from './dates.js';
import type { ErrorWords, RuleWords } from './id-errors.js';

const n = (value: number) => numberWords(value, 'en');
const day = (value: string) => dateWords('en').day(value);
const list = (items: readonly string[]) => listWords(items, 'en');

export const statusLabels: Record<TaskStatus, string> = {
  DRAFT: 'Draft',
  PROPOSED: 'Proposed',
  ASSIGNED: 'Assigned',
  IN_PROGRESS: 'In progress',
  BLOCKED: 'Blocked',
  AWAITING_DECISION: 'Awaiting decision',
  ON_HOLD: 'On hold',
  IN_VERIFICATION: 'In verification',
  COMPLETED: 'Completed',
  CANCELLED: 'Cancelled',
  ARCHIVED: 'Archived',
};

const label = (code: string) => statusLabels[code as TaskStatus] ?? code;

const roles: Record<string, string> = {
  KETUA_TIM: 'team lead',
  ANGGOTA: 'team member',
  KEPALA_OPD: 'head of the agency',
  ASISTEN: 'asisten',
  SEKDA: 'Sekretaris Daerah',
  WAKIL_WALI_KOTA: 'Deputy Mayor',
  WALI_KOTA: 'Mayor',
};
const decided: Record<string, string> = {
  PENDING: 'waiting for a decision',
  APPROVED: 'approved',
  APPROVED_WITH_NOTE: 'approved with a note',
  REJECTED: 'rejected',
  WITHDRAWN: 'withdrawn',
  CLARIFICATION_REQUESTED: 'waiting for an explanation',
  FORWARDED: 'forwarded',
  SUPERSEDED: 'replaced by another decision',
};

export const fields: Record<string, string> = {
  login: 'NIP or e-mail',
  password: 'Password',
  body: 'Text',
  title: 'Title',
  note: 'Note',
  reason: 'Reason',
  publicSentence: 'Sentence for citizens',
  to: 'New status',
  status: 'Status',
  verdict: 'Verdict',
  threadId: 'Thread',
  replyTo: 'Message replied to',
  mentions: 'Mentions',
  conclusion: 'Conclusion',
  milestoneId: 'Milestone',
  after: 'Milestone before',
  place: 'Place in the order',
  coordinatingOpdId: 'Coordinating agency',
  teamLeadId: 'Team lead',
  supportingOpdIds: 'Agencies taking part',
  dueDate: 'Due date',
  opdId: 'Agency',
  personId: 'Person',
  teamRole: 'Role',
  until: 'Last day',
  question: 'Short explanation',
  options: 'Options',
  option: 'Option',
  recommendation: 'Recommendation',
  consequence: 'Consequence',
  basis: 'Basis',
  decider: 'Who decides',
  forwardTo: 'Forward to',
  answer: 'Explanation',
  number: 'Letter number',
  kind: 'Kind of letter',
  date: 'Date of the letter',
};

export const rules: RuleWords = {
  required: (name) => `${name} is empty. Please fill it in.`,
  blank: (name) => `${name} holds only blanks. Please write something.`,
  'too-long': (name, limit) => `${name} is too long. Shorten it to at most ${n(limit)} letters.`,
  'too-short': (name, limit) => `${name} is too short. Write at least ${n(limit)} letters.`,
  'not-text': (name) => `${name} must be text.`,
  'not-well-formed': (name) =>
    `${name} holds broken letters. Delete the odd-looking ones and write them again.`,
  'control-character': (name) =>
    `${name} holds invisible marks from copying. Paste it as plain text and try again.`,
  'direction-override': (name) =>
    `${name} holds invisible marks that turn the direction of text. Paste it as plain text and try again.`,
  'not-a-uuid': (name) => `${name} is not recognised. Reload the page and try again.`,
  'not-a-date': (name) => `${name} is not a real date. Write it like 24-11-2026.`,
  'out-of-range': (name) => `${name} is outside what is allowed. Choose a day from today to a year ahead.`,
  'not-one-of': (name) => `${name} is not one of the choices. Pick one from the list.`,
  'not-a-number': (name) => `${name} must be a number.`,
  'unknown-field': (name) => `${name} is unknown to the server. Reload the page and try again.`,
  invalid: (name) => `${name} is not right yet. Please check it.`,
};

const kept = 'What you wrote is still saved.';

export const errors: ErrorWords = {
  validation: () => `Some fields are not right yet. ${kept} Mend the marked ones and send again.`,
  unauthenticated: () => `You are no longer signed in. ${kept} Please sign in again.`,
  forbidden: ({ who }) =>
    who && who.length > 0
      ? `This is outside your authority. Nothing was changed. Who can do it: ${list(who.map((role) => roles[role] ?? role))}.`
      : 'This is outside your authority. Nothing was changed. If needed, contact the team lead or your agency’s admin.',
  'not-found': () => 'Not found, or you have no access. Contact your agency’s admin.',
  'origin-refused': () =>
    `The request came from an unknown address and was not carried out. ${kept} Open Simpul from its official address.`,
  'rate-limited': ({ retryAfterMs }) =>
    `Too many requests in a short time. ${kept} Try again in ${seconds(retryAfterMs / 1000)}.`,
  'frame-too-large': ({ limit }) =>
    `This is larger than ${n(Math.floor(limit / 1024))} KB and was not sent. ${kept} Split it into several messages.`,
  'unknown-event': () =>
    `This page is of another version than the server. ${kept} Reload the page and try again.`,
  unavailable: () => `The server cannot serve right now. ${kept} Try again in a moment.`,
  internal: ({ reference }) =>
    `Something went wrong on the server and this was not finished. ${kept} Try again; if it fails again, contact Diskominfo${reference ? ` and name ${reference}` : ''}.`,
  'command.reused': () =>
    'This was sent before with other content. The first one stands. Copy the text and send it as a new one.',
  'command.out-of-order': () =>
    `The one before has not arrived yet. ${kept} This one waits for its turn and is sent automatically.`,
  'sign-in.failed': ({ left }) =>
    left > 0
      ? `NIP, e-mail or password do not match. ${n(left)} ${left === 1 ? 'try' : 'tries'} left. Check again, or contact your agency’s admin if you forgot the password.`
      : 'NIP, e-mail or password do not match. No tries left for now. Wait a few minutes, or contact your agency’s admin if you forgot the password.',
  'sign-in.throttled': ({ retryAfterSeconds }) =>
    `Too many attempts to sign in. Your account is safe. Try again in ${seconds(retryAfterSeconds)}.`,
  'task.read-only': ({ status }) =>
    `This task is ${label(status).toLowerCase()} and can only be read. ${kept} A leader can reopen it.`,
  'task.transition-not-allowed': ({ from, to, allowed }) =>
    `The status cannot go from ${label(from)} to ${label(to)}. Nothing was changed. ` +
    (allowed.length > 0
      ? `What you can choose now: ${list(allowed.map(label))}.`
      : 'Contact the team lead or a leader of this task.'),
  'task.reason-required': ({ to }) =>
    `Changing to ${label(to)} needs a reason. The status has not changed. Write the reason and save again.`,
  'task.public-sentence-required': ({ to }) =>
    `Citizens see this task, so changing to ${label(to)} needs a sentence for them. The status has not changed. Write the sentence and save again.`,
  'task.opd-pending': ({ opds }) =>
    `The task cannot start because ${list(opds)} ${opds.length === 1 ? 'has' : 'have'} not accepted yet. The status has not changed. Contact them.`,
  'summary.conflict': ({ by }) =>
    `${by} has rewritten this summary meanwhile. ${kept} Compare the two, then choose which one to use.`,
  'opd.already-in': () =>
    'This agency takes part or has been asked already. Nothing has changed. See the list under Team.',
  'decision.not-pending': ({ status, by }) =>
    `This request is already ${decided[status] ?? status}${by === null ? '' : ` by ${by}`}. Nothing was changed. Look at its card; if needed, ask for a replacement.`,
  'decision.own': () =>
    'Nobody decides what they asked themselves. Nothing was changed. Choose another leader, or withdraw the request and ask again.',
  'decision.undo-over': () =>
    'The time to undo is over and the decision holds. If it has to change, ask for a decision that replaces it.',
  'decision.not-in-force': () =>
    'Only a decision that holds can be replaced. What you typed is kept. Ask it as a new request.',
  'handover.moved-on': ({ holder, by }) =>
    `${by} has taken this work a step on, and ${holder} holds it now. Nothing was changed; what you typed is kept. Look at its card.`,
  'milestone.too-many': ({ limit }) =>
    `This task has ${n(limit)} milestones already. ${kept} Join some of them, then try again.`,
  'milestone.unchanged': () => 'This milestone already has that status, so there is nothing to change.',
  'thread.closed': () =>
    'Somebody has closed this thread already. The first conclusion stands. Reopen the thread if it is not settled.',
  'thread.not-closed': () => 'This thread is open, so there is nothing to reopen.',
  'message.reply-elsewhere': () =>
    `The message replied to is not in this thread. ${kept} Send it without the reply, or open its thread.`,
  'message.mention-elsewhere': () =>
    `One of those you mention does not take part here. ${kept} Remove that mention, then send again.`,
  'message.too-late': ({ minutes }) =>
    `A message can be changed or taken back for ${n(minutes)} minutes only. It stays as it was. Send another one to correct it.`,
  'message.deleted': () => 'This message has been deleted. Nothing has changed.',
  'message.edit-conflict': () =>
    `This message was changed on another device just now. ${kept} Compare the two, then choose which one to keep.`,
  'message.too-many-pins': ({ limit }) =>
    `There are ${n(limit)} pinned messages in this workspace already. Unpin one, then try again.`,
  'public-update.too-many': ({ limit }) =>
    `There are ${n(limit)} sentences of this task waiting for the PPID already. Yours was not handed in, and is still here. Contact the PPID, then hand it in again.`,
  'public-update.not-pending': () =>
    'Somebody else has reviewed this update. Nothing was changed. Refresh the list to see the result.',
  'public.not-published': () =>
    `This task is not open to citizens yet, so no update can be sent. ${kept} Ask a leader of the task to open it.`,
  'too-many-workspaces': ({ limit }) =>
    `You have ${n(limit)} workspaces open at once. ${kept} Close a tab and try again.`,
  'organization.duplicate': ({ field }) =>
    `${fields[field] ?? 'This entry'} is in use already. What you filled in is kept. Check whether the entry exists.`,
  'working-time.begun': ({ from }) =>
    `Working hours that have begun are not changed. Everything is as it was. Choose a day from ${day(from)} on.`,
  'working-time.needed': () =>
    'The ordinary hours of the city can not end without others. Everything is as it was. Add the new hours instead.',
  'file.empty': () =>
    'This file is empty (0 bytes) and was not uploaded. Check the original and choose it again.',
  'file.too-large': ({ limit }) =>
    `The file was not uploaded because it is larger than ${sizeWords(limit, 'en')}. ${kept} Make it smaller or share a link to it.`,
  'file.quota': ({ left }) =>
    `The file was not uploaded because the room for files of this task is nearly used up; ${sizeWords(left, 'en')} are left. Files that are there are safe. Remove versions nobody needs, or contact Diskominfo.`,
  'file.type-refused': ({ reason }) =>
    reason === 'PHOTO'
      ? 'HEIC and AVIF photos are not taken because the place they were taken at can’t be removed. Your photo is safe. Save it as JPEG and upload it again.'
      : 'Programs are not taken, for safety. Other files are not affected. If this is a document, save it as PDF and upload it again.',
  'file.image-too-big': ({ limit }) =>
    `This picture has more than ${n(Math.floor(limit / 1_000_000))} million pixels and was not taken. The original is safe. Make it smaller and upload it again.`,
  'file.image-broken': () =>
    'This picture is broken or not the picture it says it is, so it was not taken. Open the original, save it anew and upload it again.',
  'file.infected': () =>
    'The virus scanner found something dangerous, so the file was removed and nobody saw it. Check your device, or contact Diskominfo.',
  'file.not-replaceable': () =>
    'That version was replaced or removed by somebody else. Your file was not uploaded. Look at the newest version in the list and try again.',
  'upload.too-many': ({ limit }) =>
    `There are ${n(limit)} uploads under way already. They go on. Wait a moment, then add the others.`,
  'upload.offset': () => 'The upload was cut off half way. What arrived is kept, and it goes on by itself.',
};

function seconds(value: number): string {
  const whole = Math.max(1, Math.ceil(value));
  if (whole < 90) return `${n(whole)} ${whole === 1 ? 'second' : 'seconds'}`;
  return `${n(Math.ceil(whole / 60))} minutes`;
}
