import { LIMITS } from '#libs/contracts';
import type { Schema } from '../../src/live-docs/protocol.js';

const text = (maxLength: number): Schema => ({ minLength: 1, maxLength });
const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** What the server checks in what it is sent, beyond the types. `test/integration/protocol` holds it to this. */
const CHECKED: Record<string, Schema> = {
  'PostMessage.body': text(LIMITS.messageBody),
  'PostMessage.mentions': { maxItems: LIMITS.mentions },
  'EditMessage.body': text(LIMITS.messageBody),
  'EditMessage.mentions': { maxItems: LIMITS.mentions },
  'EditMessage.baseEdits': { minimum: 0 },
  'DeleteMessage.reason': text(LIMITS.note),
  'OpenThread.title': text(LIMITS.threadTitle),
  'ResolveThread.conclusion': text(LIMITS.conclusion),
  'CreateTask.title': text(LIMITS.taskTitle),
  'CreateTask.description': text(LIMITS.taskDescription),
  'CreateTask.supportingOpdIds': { maxItems: LIMITS.supportingOpds },
  'PlanMilestone.title': text(LIMITS.milestoneTitle),
  'MoveMilestone.place': { minimum: 1, maximum: LIMITS.milestones },
  'AskOpd.role': text(LIMITS.opdRole),
  'AnswerOpd.reason': text(LIMITS.note),
  'RemoveMember.reason': text(LIMITS.note),
  'ChangeMilestone.note': text(LIMITS.note),
  'ChangeTaskStatus.note': text(LIMITS.note),
  'ChangeTaskStatus.publicSentence': text(LIMITS.publicUpdateBody),
  'WriteSummary.base': { minimum: 0 },
  'WriteSummary.body': text(LIMITS.summary),
  'RequestDecision.title': text(LIMITS.decisionTitle),
  'RequestDecision.question': text(LIMITS.decisionText),
  'RequestDecision.options': { maxItems: LIMITS.decisionOptions },
  'RequestDecision.recommendation': text(LIMITS.decisionText),
  'RequestDecision.consequence': text(LIMITS.decisionText),
  'RequestDecision.basis': text(LIMITS.decisionText),
  'RequestDecision.supersedes': { format: 'uuid' },
  'MakeDecision.note': text(LIMITS.note),
  'MakeDecision.option': text(LIMITS.decisionOption),
  'ExtendDecision.reason': text(LIMITS.note),
  'ClarifyDecision.answer': text(LIMITS.note),
  'OpenHandover.title': text(LIMITS.handoverTitle),
  'OpenHandover.what': text(LIMITS.handoverWhat),
  'MoveHandover.note': text(LIMITS.note),
  'DraftPublicUpdate.body': text(LIMITS.publicUpdateBody),
  'ThreadPageRequest.before': { minimum: 1 },
  'ThreadPageRequest.after': { minimum: 0 },
  'ThreadPageRequest.around': { minimum: 1 },
  'ThreadPageRequest.limit': { minimum: 1, maximum: LIMITS.maxPage },
  'HistoryRequest.before': { minimum: 1 },
  'HistoryRequest.limit': { minimum: 1, maximum: LIMITS.maxPage },
  'Cursor.seq': { minimum: 0 },
  'board.join.since': { minimum: 0 },
  'CatchUpSeen.upTo': { minimum: 0 },
  'catch-up.overview.limit': { minimum: 1, maximum: LIMITS.maxPage },
  'ReadThread.upTo': { minimum: 0 },
  'ReadThread.version': { minimum: 0 },
  'MarkUnread.from': { minimum: 1 },
  'InboxRequest.limit': { minimum: 1, maximum: LIMITS.maxPage },
};

const REQUESTS = new Set([
  ...['PostMessage', 'EditMessage', 'DeleteMessage', 'ReactToMessage', 'PinMessage', 'Mention'],
  ...['OpenThread', 'ThreadAbout', 'ResolveThread', 'ReopenThread'],
  ...['AskOpd', 'AnswerOpd', 'AppointMember', 'RemoveMember'],
  ...['PlanMilestone', 'MoveMilestone'],
  ...['RequestDecision', 'PostRef', 'MakeDecision', 'ClarifyDecision', 'WithdrawDecision', 'UndoDecision'],
  ...['OpenHandover', 'MoveHandover'],
  'ExtendDecision',
  ...['CreateTask', 'ChangeMilestone', 'ChangeTaskStatus', 'WriteSummary', 'DraftPublicUpdate'],
  ...[
    'ThreadPageRequest',
    'ThreadPinsRequest',
    'MessageEditsRequest',
    'HistoryRequest',
    'Cursor',
    'JoinWorkspace',
    'workspace.leave',
    'board.join',
    'board.leave',
    'typing',
    'MarksRequest',
    'ReadThread',
    'MarkUnread',
    'InboxRequest',
    'InboxPlace',
    'SetInboxRow',
    'ClearInfo',
    'FollowRequest',
    'SetFollow',
    'CatchUpRequest',
    'CatchUpSeen',
    'catch-up.overview',
  ],
]);

const WHOLE: Record<string, Schema> = {
  Instant: { format: 'date-time' },
  Day: { format: 'date' },
  Topic: {
    type: 'string',
    pattern: `^(task|files|(thread|decision|handover|milestone|opd|public-update):${UUID})$`,
    anyOf: undefined,
  },
  BoardScope: {
    type: 'string',
    pattern: `^(city|monitor|(field|opd|monitor|person):${UUID})$`,
    anyOf: undefined,
  },
};

/** Lengths, ranges and formats for a contract type, or for a property of one. */
export function rules(type: string, property?: string): Schema | undefined {
  if (property === undefined) return REQUESTS.has(type) ? { additionalProperties: false } : WHOLE[type];
  if (!REQUESTS.has(type)) return undefined;
  const checked = CHECKED[`${type}.${property}`];
  const isId = checked === undefined && /Id$|^(id|after|replyTo|epoch)$/.test(property);
  return isId ? { format: 'uuid' } : checked;
}
