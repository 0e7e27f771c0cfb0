import type { ActorView, Day, Instant } from './organization.js';

/** Why somebody is told, the weightiest first: of several about the same topic the weightiest is shown. */
export const NOTICE_REASONS = [
  'DECISION_OVERDUE',
  'DECISION_REMINDED',
  'DECISION_WAITING',
  'CLARIFICATION_WAITING',
  'ACCEPTANCE_WAITING',
  'HANDOVER_WAITING',
  'DRAFT_WAITING',
  'MENTIONED',
  'ASSIGNED',
  'MILESTONE_RETURNED',
  'REPLIED',
  'DECISION_MADE',
  'DECISION_EXTENDED',
  'ACCEPTANCE_ANSWERED',
  'HANDOVER_MOVED',
  'PUBLIC_UPDATE_REVIEWED',
  'STATUS_CHANGED',
  'MILESTONE_DONE',
  'FILE_ADDED',
  'THREAD_RESOLVED',
  'MESSAGES',
  'THREAD_OPENED',
] as const;
export type NoticeReason = (typeof NOTICE_REASONS)[number];

/** Perlu tindakan, or Untuk diketahui. */
export type NoticeGroup = 'ACTION' | 'INFO';

/** What a row is about within its task; one row for each. */
export type Topic =
  | 'task'
  | 'files'
  | `thread:${string}`
  | `decision:${string}`
  | `handover:${string}`
  | `milestone:${string}`
  | `opd:${string}`
  | `public-update:${string}`;

/** How much of a task one wants to hear: everything, what matters, or only what is addressed to oneself. */
export const FOLLOW_LEVELS = ['ALL', 'IMPORTANT', 'QUIET'] as const;
export type FollowLevel = (typeof FOLLOW_LEVELS)[number];
/** What most people want who have said nothing about it. */
export const DEFAULT_FOLLOW: FollowLevel = 'IMPORTANT';

export const INBOX_STATES = ['OPEN', 'LATER', 'DONE'] as const;
export type InboxState = (typeof INBOX_STATES)[number];

/** One row a task and topic, whatever happened there how often. Holds no words of messages. */
export interface InboxRow {
  taskId: string;
  taskTitle: string;
  topic: Topic;
  /** Title of the thread, decision or milestone; of the unit; empty for the task itself. */
  topicTitle: string;
  reason: NoticeReason;
  group: NoticeGroup;
  /** Who did the latest of it. */
  actor: ActorView;
  /** How many happenings the row stands for since it was last put away. */
  count: number;
  /** The first of them: its number in the task's history, and in its thread when it is a message. */
  place: { seq: number; messageNo: number | null };
  since: Instant;
  at: Instant;
  due: Day | null;
  state: InboxState;
  /** For LATER: when it comes back. */
  until: Instant | null;
  /** Grows with every change; of two the higher holds. */
  version: number;
}

export interface InboxCounts {
  action: number;
  info: number;
}

/** A row's place in the list, newest first. */
export interface InboxPlace {
  at: Instant;
  taskId: string;
  topic: Topic;
}

/** OPEN includes what was put off and whose time has come. */
export interface InboxRequest {
  state: InboxState;
  /** Rows older than this one. */
  before?: InboxPlace;
  limit?: number;
}

/** Newest first. */
export interface InboxPage {
  rows: InboxRow[];
  more: boolean;
  counts: InboxCounts;
  /** When the next row that was put off comes back. */
  next: Instant | null;
}

/** Puts a row away, off, or back. Any number of times. */
export interface SetInboxRow {
  taskId: string;
  topic: Topic;
  state: InboxState;
  /** For LATER, in the future. */
  until?: Instant;
}

/** Everything that is only for information and was on the screen: what came after that moment stays. */
export interface ClearInfo {
  upTo: Instant;
}

export interface InboxRowAnswer {
  row: InboxRow;
}
export interface InboxRowsAnswer {
  rows: InboxRow[];
}

export interface SetFollow {
  workspaceId: string;
  level: FollowLevel;
}

export interface FollowAnswer {
  level: FollowLevel;
}

export interface FollowRequest {
  workspaceId: string;
}

/** Meant for this person, rather than something they may like to know; it stays until they put it away. */
export function isAddressed({ group, reason }: Pick<InboxRow, 'group' | 'reason'>): boolean {
  return group === 'ACTION' || reason === 'REPLIED';
}

export function keyOfRow({ taskId, topic }: Pick<InboxRow, 'taskId' | 'topic'>): string {
  return `${taskId} ${topic}`;
}
