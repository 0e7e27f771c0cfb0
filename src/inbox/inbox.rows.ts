import {
  NOTICE_REASONS,
  type ActorView,
  type Day,
  type InboxRow,
  type InboxState,
  type Instant,
  type NoticeReason,
  type Topic,
  type WorkspaceEvent,
} from '#libs/contracts';
import type { Notice } from './notice-rules.js';

/** A row as it is stored. */
export interface StoredRow {
  personId: string;
  taskId: string;
  topic: Topic;
  topicTitle: string;
  reason: NoticeReason;
  action: boolean;
  actor: ActorView;
  count: number;
  firstSeq: number;
  firstNo: number | null;
  lastNo: number | null;
  since: Instant;
  at: Instant;
  due: Day | null;
  state: InboxState;
  until: Instant | null;
  version: number;
}

/** What a person is told of one event, or of so many messages that came one after the other. */
export interface Told extends Notice {
  first: WorkspaceEvent;
  count: number;
}

export function toInboxRow(row: StoredRow, taskTitle: string, now: Instant): InboxRow {
  // What was put off is back when its time has come.
  const isBack = row.state === 'LATER' && row.until !== null && row.until <= now;
  return {
    taskId: row.taskId,
    taskTitle,
    topic: row.topic,
    topicTitle: row.topicTitle,
    reason: row.reason,
    group: row.action ? 'ACTION' : 'INFO',
    actor: row.actor,
    count: row.count,
    place: { seq: row.firstSeq, messageNo: row.firstNo },
    since: row.since,
    at: row.at,
    due: row.due,
    state: isBack ? 'OPEN' : row.state,
    until: isBack ? null : row.until,
    version: row.version,
  };
}

/** What a person is told, laid on the row that is there. */
export function withNotice(
  row: StoredRow | undefined,
  notice: Told,
  event: WorkspaceEvent,
  topicTitle: string,
): StoredRow {
  const due = dueOf(notice, event);
  const fresh: StoredRow = {
    personId: notice.personId,
    taskId: event.streamId,
    topic: notice.topic,
    topicTitle,
    reason: notice.reason,
    action: notice.group === 'ACTION',
    actor: event.actor,
    count: notice.count,
    firstSeq: notice.first.seq,
    firstNo: numberOf(notice.first),
    lastNo: numberOf(event),
    since: notice.first.at,
    at: event.at,
    due,
    state: 'OPEN',
    until: null,
    version: (row?.version ?? 0) + 1,
  };
  if (!row || row.state === 'DONE') return fresh;
  const isWeightier = weight(notice.reason) < weight(row.reason);
  // What was put off stays so, unless something weightier comes.
  const stays = row.state === 'LATER' && !isWeightier;
  return {
    ...fresh,
    reason: isWeightier ? notice.reason : row.reason,
    action: row.action || fresh.action,
    count: row.count + fresh.count,
    firstSeq: row.firstSeq,
    firstNo: row.firstNo ?? fresh.firstNo,
    lastNo: fresh.lastNo ?? row.lastNo,
    since: row.since,
    due: due ?? row.due,
    state: stays ? 'LATER' : 'OPEN',
    until: stays ? row.until : null,
  };
}

function dueOf({ reason, group }: Notice, { type, data }: WorkspaceEvent): Day | null {
  if (reason === 'HANDOVER_WAITING' && type === 'handover.moved') return data.handover.dueDate;
  return group === 'ACTION' && 'decision' in data ? data.decision.dueDate : null;
}

/** The same row, put away; undefined when it is not affected. */
export function settledRow(row: StoredRow, reasons: readonly NoticeReason[]): StoredRow | undefined {
  const isMeant = row.state !== 'DONE' && reasons.includes(row.reason);
  return isMeant ? { ...row, state: 'DONE', until: null, version: row.version + 1 } : undefined;
}

function numberOf(event: WorkspaceEvent): number | null {
  return event.type === 'message.posted' ? event.data.message.no : null;
}

function weight(reason: NoticeReason): number {
  return NOTICE_REASONS.indexOf(reason);
}
