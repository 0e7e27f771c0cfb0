import type { DecisionRequestView } from './decisions.js';
import type { MessageView, PinnedView, ReactionCode, ThreadResolution, ThreadView } from './discussion.js';
import type { FileRemovalReason, FileView } from './files.js';
import type { HandoverView } from './handovers.js';
import type { InboxRow } from './inbox.js';
import type { ActorView, Day, Instant } from './organization.js';
import type { PublicPageView, PublicUpdateView } from './public.js';
import type { MarkView } from './reading.js';
import type {
  FormerPlan,
  MemberView,
  MilestoneView,
  StatusChangeView,
  SummaryView,
  TaskOpdView,
  TaskView,
} from './tasks.js';

/** What happens in a workspace. `data` holds the new view, enough to show it without asking again. */
export interface WorkspaceEventMap {
  'task.created': { task: TaskView; opds: TaskOpdView[] };
  'task.updated': { task: TaskView };
  'task.status-changed': { change: StatusChangeView };
  'summary.written': { summary: SummaryView };
  'opd.acceptance-changed': { opd: TaskOpdView };
  'member.added': { member: MemberView };
  'member.removed': { personId: string; reason: string };
  'milestone.added': { milestone: MilestoneView };
  'milestone.changed': {
    milestone: MilestoneView;
    from: MilestoneView['status'];
    /** What was written with this change; the milestone itself keeps its last note. */
    note: string | null;
    /** Set when this change shows the milestone to citizens, or hides it. */
    shown: boolean | null;
  };
  /** Another plan; `was` is what changed, as it was before. */
  'milestone.planned': {
    milestone: MilestoneView;
    was: FormerPlan;
  };
  /** All of them, in their new order. */
  'milestones.ordered': { order: string[] };
  'thread.opened': { thread: ThreadView };
  'thread.resolved': { threadId: string; resolved: ThreadResolution };
  'thread.reopened': { threadId: string };
  'message.posted': { message: MessageView };
  'message.edited': { message: MessageView };
  /** Nothing that it said is left in `message`, nor in any earlier event about it. */
  'message.deleted': { message: MessageView };
  'message.reacted': {
    threadId: string;
    messageId: string;
    no: number;
    code: ReactionCode;
    personId: string;
    on: boolean;
  };
  /** `pinned` null: no more. */
  'message.pinned': { threadId: string; messageId: string; no: number; pinned: PinnedView | null };
  'decision.requested': { decision: DecisionRequestView };
  /** It can be undone until `effectiveAt`; nobody is told and nothing follows before that. */
  'decision.made': { decision: DecisionRequestView };
  /** Taken back in time: it waits as before. */
  'decision.undone': { decision: DecisionRequestView };
  /** What was made holds from now on; `superseded` is the decision whose place it took. */
  'decision.effective': { decision: DecisionRequestView; superseded: DecisionRequestView | null };
  /** The question back was answered. */
  'decision.clarified': { decision: DecisionRequestView };
  'decision.withdrawn': { decision: DecisionRequestView };
  /** A piece of work was given, or its holder took the next step: `last` says which. */
  'handover.moved': { handover: HandoverView };
  /** Half of the time is over, or all of it: the last of `clock.told` says who was told. */
  'decision.reminded': { decision: DecisionRequestView };
  /** It has more time. `from`: the day that held before. */
  'decision.extended': { decision: DecisionRequestView; from: Day | null; reason: string };
  'public-update.drafted': { update: PublicUpdateView };
  'public-update.reviewed': { update: PublicUpdateView };
  'file.added': { file: FileView };
  /** `name`: an infected file was never added, and nobody else can say what it was called. */
  'file.removed': { fileId: string; name: string; by: ActorView; reason: FileRemovalReason };
  /** Stands in, on the wire only, for a message that this receiver may not read: the numbers stay without a hole. */
  withheld: Record<string, never>;
}

/** A person's own stream: what follows them to every tab and device. */
export interface PersonEventMap {
  'mark.moved': { mark: MarkView };
  /** Rows that are new or different. */
  'inbox.changed': { rows: InboxRow[] };
  /** The task is no longer theirs: its rows are gone. */
  'inbox.cleared': { taskId: string };
  /** `sessionId` null: every sign-in of the person. */
  'session.ended': { sessionId: string | null };
}

/** A citizen's page: the whole small page after each change. */
export interface PublicEventMap {
  'page.changed': { page: PublicPageView };
  /** No longer published: the address answers like one that never was. */
  'page.withdrawn': { id: string };
}

export type StreamKind = 'workspace' | 'person' | 'public';
export type EventMap = WorkspaceEventMap & PersonEventMap & PublicEventMap;
export type EventType = keyof EventMap;
export type WorkspaceEventType = keyof WorkspaceEventMap;

/** One numbered event as it is stored, published and sent. */
export type StreamEvent<T extends EventType = EventType> = {
  [K in T]: {
    streamId: string;
    /** 1, 2, 3 … within the stream, without a hole. */
    seq: number;
    type: K;
    at: Instant;
    actor: ActorView;
    commandId: string;
    data: EventMap[K];
  };
}[T];

export type WorkspaceEvent = StreamEvent<WorkspaceEventType>;
export type PersonEvent = StreamEvent<keyof PersonEventMap>;

/** What an event means to those who did not ask for it. */
interface Meaning {
  /** Carries words of the discussion, which only those who may read messages get; others get `withheld` in its place. */
  words: boolean;
  /** Somebody may do more or less than before: raises the stream's `acl_version`. */
  rights: boolean;
  /** Boards and Beranda may show something else after it. */
  board: boolean;
  /** The citizens' page may show something else after it. */
  public: boolean;
}

/**
 * Every workspace event once. A new one is decided here, and every list of events follows from this. A type that is
 * not here, because a newer instance wrote it, carries words as far as anybody knows.
 */
export const WORKSPACE_EVENTS = {
  'task.created': { words: false, rights: true, board: true, public: true },
  'task.updated': { words: false, rights: true, board: true, public: true },
  'task.status-changed': { words: false, rights: true, board: true, public: true },
  'summary.written': { words: false, rights: false, board: false, public: false },
  'opd.acceptance-changed': { words: false, rights: true, board: true, public: true },
  'member.added': { words: false, rights: true, board: true, public: false },
  'member.removed': { words: false, rights: true, board: true, public: false },
  'milestone.added': { words: false, rights: false, board: true, public: true },
  'milestone.changed': { words: false, rights: false, board: true, public: true },
  'milestone.planned': { words: false, rights: false, board: true, public: true },
  'milestones.ordered': { words: false, rights: false, board: true, public: true },
  'thread.opened': { words: true, rights: false, board: false, public: false },
  'thread.resolved': { words: true, rights: false, board: false, public: false },
  'thread.reopened': { words: true, rights: false, board: false, public: false },
  'message.posted': { words: true, rights: false, board: false, public: false },
  'message.edited': { words: true, rights: false, board: false, public: false },
  'message.deleted': { words: true, rights: false, board: false, public: false },
  'message.reacted': { words: true, rights: false, board: false, public: false },
  'message.pinned': { words: true, rights: false, board: false, public: false },
  'decision.requested': { words: false, rights: false, board: true, public: false },
  'decision.made': { words: false, rights: false, board: true, public: false },
  'decision.undone': { words: false, rights: false, board: true, public: false },
  'decision.effective': { words: false, rights: false, board: true, public: false },
  'decision.clarified': { words: false, rights: false, board: true, public: false },
  'decision.withdrawn': { words: false, rights: false, board: true, public: false },
  'handover.moved': { words: false, rights: false, board: false, public: false },
  'decision.reminded': { words: false, rights: false, board: false, public: false },
  'decision.extended': { words: false, rights: false, board: true, public: false },
  'public-update.drafted': { words: false, rights: false, board: true, public: false },
  'public-update.reviewed': { words: false, rights: false, board: true, public: true },
  'file.added': { words: true, rights: false, board: false, public: false },
  'file.removed': { words: true, rights: false, board: false, public: false },
  withheld: { words: false, rights: false, board: false, public: false },
} as const satisfies Record<WorkspaceEventType, Meaning>;

export const WORKSPACE_EVENT_TYPES = Object.keys(WORKSPACE_EVENTS) as readonly WorkspaceEventType[];

/** Every event of a person's own stream once. */
export const PERSON_EVENT_TYPES = Object.keys({
  'mark.moved': true,
  'inbox.changed': true,
  'inbox.cleared': true,
  'session.ended': true,
} satisfies Record<keyof PersonEventMap, true>) as readonly (keyof PersonEventMap)[];

/** What an event of this type means; `undefined` for a person's and a page's events, and for types not known here. */
export function meaningOf(type: string): Meaning | undefined {
  return Object.hasOwn(WORKSPACE_EVENTS, type) ? WORKSPACE_EVENTS[type as WorkspaceEventType] : undefined;
}

/** Events named `message.…` are the talk itself; all others are the history that a task is told by. */
export function isTalk(type: string): boolean {
  return type.startsWith('message.');
}
