import type { DecisionRequestView } from './decisions.js';
import type { MessageView, ThreadView } from './discussion.js';
import type { ActorView, Instant } from './organization.js';
import type { PublicPageView, PublicUpdateView } from './public.js';
import type { MemberView, MilestoneView, StatusChangeView, TaskOpdView, TaskView } from './tasks.js';

/** What happens in a workspace. `data` holds the new view, enough to show it without asking again. */
export interface WorkspaceEventMap {
  'task.created': { task: TaskView; opds: TaskOpdView[] };
  'task.updated': { task: TaskView };
  'task.status-changed': { change: StatusChangeView };
  'opd.acceptance-changed': { opd: TaskOpdView };
  'member.added': { member: MemberView };
  'member.removed': { personId: string; reason: string };
  'milestone.added': { milestone: MilestoneView };
  'milestone.changed': { milestone: MilestoneView; from: MilestoneView['status'] };
  'thread.opened': { thread: ThreadView };
  'message.posted': { message: MessageView };
  'decision.requested': { decision: DecisionRequestView };
  'decision.made': { decision: DecisionRequestView };
  'public-update.drafted': { update: PublicUpdateView };
  'public-update.reviewed': { update: PublicUpdateView };
  /** Stands in, on the wire only, for a message that this receiver may not read: the numbers stay without a hole. */
  withheld: Record<string, never>;
}

/** A person's own stream: inbox and reading marks will come here; the end of sign-ins does already. */
export interface PersonEventMap {
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

/** Every workspace event type once: tests count their cases against this. */
export const WORKSPACE_EVENT_TYPES = [
  'task.created',
  'task.updated',
  'task.status-changed',
  'opd.acceptance-changed',
  'member.added',
  'member.removed',
  'milestone.added',
  'milestone.changed',
  'thread.opened',
  'message.posted',
  'decision.requested',
  'decision.made',
  'public-update.drafted',
  'public-update.reviewed',
  'withheld',
] as const satisfies readonly WorkspaceEventType[];

type Missing = Exclude<WorkspaceEventType, (typeof WORKSPACE_EVENT_TYPES)[number]>;
// Fails to compile when an event type is missing above.
true satisfies [Missing] extends [never] ? true : Missing;

/**
 * Whether an event carries words of the discussion, which only those who may read messages get. A new event is
 * decided here; until it is, and for types this build does not know, overseers get `withheld` in its place.
 */
export const EVENTS_WITH_WORDS = {
  'task.created': false,
  'task.updated': false,
  'task.status-changed': false,
  'opd.acceptance-changed': false,
  'member.added': false,
  'member.removed': false,
  'milestone.added': false,
  'milestone.changed': false,
  'thread.opened': true,
  'message.posted': true,
  'decision.requested': false,
  'decision.made': false,
  'public-update.drafted': false,
  'public-update.reviewed': false,
  withheld: false,
} as const satisfies Record<WorkspaceEventType, boolean>;

/** Events after which somebody may do more or less than before: each raises the stream's `acl_version`. */
export const EVENTS_THAT_CHANGE_RIGHTS: ReadonlySet<EventType> = new Set<EventType>([
  'task.created',
  'task.updated',
  'task.status-changed',
  'opd.acceptance-changed',
  'member.added',
  'member.removed',
]);
