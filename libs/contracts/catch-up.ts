import type { WorkspaceEvent, WorkspaceEventType } from './events.js';
import type { InboxRow } from './inbox.js';
import type { Instant } from './organization.js';
import type { MarkView } from './reading.js';

/** What happened in a task since one's last visit, in the order in which it is told. */
export const CATCH_UP_SECTIONS = ['DECISIONS', 'STATUS', 'MINE', 'DATES', 'FILES', 'TALK'] as const;
export type CatchUpSection = (typeof CATCH_UP_SECTIONS)[number];

/** Sections that are told by the history itself. */
export type CatchUpChange = Exclude<CatchUpSection, 'MINE' | 'TALK'>;

/** The section of each event that is told; all others are no news by themselves, or are talk. */
export const CATCH_UP_EVENTS = {
  'decision.requested': 'DECISIONS',
  'decision.made': 'DECISIONS',
  'decision.undone': 'DECISIONS',
  'decision.effective': 'DECISIONS',
  'decision.clarified': 'DECISIONS',
  'decision.withdrawn': 'DECISIONS',
  'decision.reminded': 'DECISIONS',
  'decision.extended': 'DECISIONS',
  'task.status-changed': 'STATUS',
  'handover.moved': 'STATUS',
  'summary.written': 'STATUS',
  'opd.acceptance-changed': 'STATUS',
  'member.added': 'STATUS',
  'member.removed': 'STATUS',
  'thread.resolved': 'STATUS',
  'thread.reopened': 'STATUS',
  'public-update.reviewed': 'STATUS',
  'task.updated': 'DATES',
  'milestone.added': 'DATES',
  'milestone.changed': 'DATES',
  'milestone.planned': 'DATES',
  'milestones.ordered': 'DATES',
  'file.added': 'FILES',
  'file.removed': 'FILES',
} as const satisfies Partial<Record<WorkspaceEventType, CatchUpChange>>;

/**
 * One thing, once, however often it changed: the latest of it, and the numbers of all that is told by it. Talk is told
 * by thread, and what is addressed to the person by its row of the inbox; a thread is in one of the two.
 */
export type CatchUpItem =
  | {
      section: CatchUpChange;
      key: string;
      event: WorkspaceEvent;
      seqs: number[];
    }
  | { section: 'MINE'; key: string; row: InboxRow }
  | {
      section: 'TALK';
      key: string;
      threadTitle: string;
      mark: MarkView;
      /** The thread's last message at that moment: read up to it, this is seen. */
      last: number;
    };

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

/** How much is new in one task. */
export interface CatchUpTask {
  taskId: string;
  title: string;
  /** Things, as `catch-up.read` tells them, not events. */
  changes: Record<CatchUpChange, number>;
  /** There are more changes than were counted. */
  moreChanges: boolean;
  /** What is addressed to the person and open. */
  mine: number;
  /** Messages. */
  unread: number;
}

/** How much is new, by task, the latest news first; tasks where nothing is are left out. */
export interface CatchUpOverview {
  tasks: CatchUpTask[];
  /** There are more tasks. */
  more: boolean;
}

/** The section and the subject of an event, or null for what is not told (talk, and what one sees anyway). */
export function placeInCatchUp(event: WorkspaceEvent): { section: CatchUpChange; key: string } | null {
  const key = subjectOf(event);
  if (key === null || !Object.hasOwn(CATCH_UP_EVENTS, event.type)) return null;
  return { section: CATCH_UP_EVENTS[event.type as keyof typeof CATCH_UP_EVENTS], key };
}

function subjectOf(event: WorkspaceEvent): string | null {
  switch (event.type) {
    case 'decision.requested':
    case 'decision.made':
    case 'decision.undone':
    case 'decision.effective':
    case 'decision.clarified':
    case 'decision.withdrawn':
    case 'decision.reminded':
    case 'decision.extended':
      return `decision:${event.data.decision.id}`;
    case 'handover.moved':
      return `handover:${event.data.handover.id}`;
    case 'task.status-changed':
      return 'status';
    case 'summary.written':
      return 'summary';
    case 'opd.acceptance-changed':
      return `opd:${event.data.opd.opd.id}`;
    case 'member.added':
      return `member:${event.data.member.person.id}`;
    case 'member.removed':
      return `member:${event.data.personId}`;
    case 'thread.resolved':
    case 'thread.reopened':
      return `resolved:${event.data.threadId}`;
    case 'public-update.reviewed':
      return `public-update:${event.data.update.id}`;
    case 'task.updated':
      return 'task';
    case 'milestone.added':
    case 'milestone.changed':
    case 'milestone.planned':
      return `milestone:${event.data.milestone.id}`;
    case 'milestones.ordered':
      return 'milestones';
    case 'file.added':
      return `file:${event.data.file.id}`;
    case 'file.removed':
      return `file:${event.data.fileId}`;
    default:
      return null;
  }
}
