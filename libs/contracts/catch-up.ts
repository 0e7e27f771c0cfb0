import type { WorkspaceEvent } from './events.js';
import type { InboxRow } from './inbox.js';
import type { Instant } from './organization.js';
import type { MarkView } from './reading.js';

/** What happened in a task since one's last visit, in the order in which it is told. */
export const CATCH_UP_SECTIONS = ['DECISIONS', 'STATUS', 'MINE', 'DATES', 'FILES', 'TALK'] as const;

/**
 * One thing, once, however often it changed: the latest of it, and the numbers of all that is told by it. Talk is told
 * by thread, and what is addressed to the person by its row of the inbox; a thread is in one of the two.
 */
export type CatchUpItem =
  | {
      section: 'DECISIONS' | 'STATUS' | 'DATES' | 'FILES';
      key: string;
      event: WorkspaceEvent;
      seqs: number[];
    }
  | { section: 'MINE'; key: string; row: InboxRow }
  | { section: 'TALK'; key: string; threadTitle: string; mark: MarkView };

export interface CatchUpRequest {
  workspaceId: string;
}

export interface CatchUpAnswer {
  /** Nothing was ever seen here: the summary and the decisions come first. */
  first: boolean;
  /** When the last visit ended. */
  since: Instant | null;
  /** Where the history stood: `catch-up.seen` with this number says that all of it was seen. */
  head: number;
  /** In the order of `CATCH_UP_SECTIONS`; within each the newest first. */
  items: CatchUpItem[];
  /** There is more than is told here. */
  more: boolean;
}

/** Numbers of the history that were seen: everything up to one, and some single ones above it. */
export interface CatchUpSeen {
  workspaceId: string;
  upTo?: number;
  seqs?: number[];
}

/** How much is new, by task; tasks where nothing is are left out. */
export interface CatchUpOverview {
  tasks: { taskId: string; title: string; changes: number; unread: number }[];
}

/** The section and the subject of an event, or null for what is not told (talk, and what one sees anyway). */
export function placeInCatchUp(
  event: WorkspaceEvent,
): { section: 'DECISIONS' | 'STATUS' | 'DATES' | 'FILES'; key: string } | null {
  switch (event.type) {
    case 'decision.requested':
    case 'decision.made':
      return { section: 'DECISIONS', key: `decision:${event.data.decision.id}` };
    case 'task.status-changed':
      return { section: 'STATUS', key: 'status' };
    case 'opd.acceptance-changed':
      return { section: 'STATUS', key: `opd:${event.data.opd.opd.id}` };
    case 'member.added':
      return { section: 'STATUS', key: `member:${event.data.member.person.id}` };
    case 'member.removed':
      return { section: 'STATUS', key: `member:${event.data.personId}` };
    case 'thread.resolved':
    case 'thread.reopened':
      return { section: 'STATUS', key: `resolved:${event.data.threadId}` };
    case 'public-update.reviewed':
      return { section: 'STATUS', key: `public-update:${event.data.update.id}` };
    case 'task.updated':
      return { section: 'DATES', key: 'task' };
    case 'milestone.added':
    case 'milestone.changed':
    case 'milestone.planned':
      return { section: 'DATES', key: `milestone:${event.data.milestone.id}` };
    case 'milestones.ordered':
      return { section: 'DATES', key: 'milestones' };
    case 'file.added':
      return { section: 'FILES', key: `file:${event.data.file.id}` };
    case 'file.removed':
      return { section: 'FILES', key: `file:${event.data.fileId}` };
    default:
      return null;
  }
}
