import type { inbox as id } from './id-inbox.js';
import { numberWords } from './dates.js';

const n = (value: number) => numberWords(value, 'en');

export const inbox: typeof id = {
  title: 'Inbox',
  lead: 'What is addressed to you, one line for each task and subject.',
  action: 'Needs action',
  info: 'For your information',
  actionEmpty: 'Nothing waits for you.',
  empty: 'All read.',
  emptyNext: 'News appears here by itself.',
  failed: 'The inbox could not be loaded yet.',
  offline:
    'Not connected. You see what was last known; what you choose is carried out with the next connection.',
  sentences: {
    DECISION_OVERDUE: (_, topic) => `Not decided by its due date, taken up to you: “${topic}”`,
    DECISION_REMINDED: (_, topic) => `Reminder: still waiting for your decision: “${topic}”`,
    DECISION_WAITING: (actor, topic) => `${actor} asks for your decision: “${topic}”`,
    CLARIFICATION_WAITING: (actor, topic) => `${actor} asks you to explain “${topic}”`,
    ACCEPTANCE_WAITING: (_, topic) => `${topic} is asked to take part in this task`,
    HANDOVER_WAITING: (actor, topic) =>
      `The handover “${topic}” waits for your next step, the last one was by ${actor}`,
    DRAFT_WAITING: (actor) => `${actor} drafted this task. Propose it, or cancel it`,
    MENTIONED: (actor, topic) => `${actor} mentioned you in “${topic}”`,
    ASSIGNED: (actor) => `${actor} assigned you to this task`,
    MILESTONE_RETURNED: (actor, topic) => `${actor} returned the milestone “${topic}” to be completed`,
    REPLIED: (actor, topic) => `${actor} replied to you in “${topic}”`,
    DECISION_MADE: (actor, topic) => `${actor} decided “${topic}”`,
    DECISION_EXTENDED: (actor, topic) => `${actor} gave the decision “${topic}” more time`,
    ACCEPTANCE_ANSWERED: (_, topic) => `${topic} answered whether it takes part`,
    HANDOVER_MOVED: (actor, topic) => `${actor} took the handover “${topic}” a step on`,
    PUBLIC_UPDATE_REVIEWED: (actor) => `${actor} reviewed your update for citizens`,
    STATUS_CHANGED: (actor) => `${actor} changed the task's status`,
    MILESTONE_DONE: (actor, topic) => `${actor} completed the milestone “${topic}”`,
    FILE_ADDED: (actor, _, count) =>
      count === 1 ? `${actor} added a file` : `${n(count)} new files, the latest by ${actor}`,
    THREAD_RESOLVED: (actor, topic) => `${actor} closed the topic “${topic}” with a conclusion`,
    MESSAGES: (actor, topic, count) =>
      count === 1
        ? `${actor} wrote in “${topic}”`
        : `${n(count)} new messages in “${topic}”, the latest by ${actor}`,
    THREAD_OPENED: (actor, topic) => `${actor} opened the topic “${topic}”`,
  },
  due: (day) => `due ${day}`,
  fresh: (count) => (count === 1 ? '1 new line' : `${n(count)} new lines`),
  done: 'Done',
  doneOf: (what) => `Done: ${what}`,
  later: 'Later',
  laterOf: (what) => `Later: ${what}`,
  laterChoices: {
    noon: 'Today at 13:00',
    tomorrow: 'Tomorrow morning at 08:00',
    monday: 'Monday at 08:00',
  },
  laterPick: 'Choose day and time',
  laterSet: 'Remind me then',
  laterWrong: 'Choose a time to come, within a year.',
  markedDone: 'Marked as done.',
  markedLater: (when) => `Comes back ${when}.`,
  refused: 'This line is gone or no longer yours.',
  clearInfo: (count) => `Mark ${n(count)} as done`,
  cleared: (count) => `${n(count)} marked as done.`,
  more: 'Show older ones',
  archive: { LATER: 'Later', DONE: 'Done' },
  archiveEmpty: { LATER: 'Nothing is put off.', DONE: 'Nothing was marked as done yet.' },
  until: (when) => `comes back ${when}`,
  putBack: 'Put back',
  putBackOf: (what) => `Put back: ${what}`,
  levels: { ALL: 'Everything', IMPORTANT: 'What matters', QUIET: 'Only what is addressed to me' },
};
