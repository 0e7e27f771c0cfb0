import type { DecisionRequestView } from './decisions.js';
import type { MessageView, ThreadView } from './discussion.js';
import type { WorkspaceEvent } from './events.js';
import { LIMITS } from './limits.js';
import type { PublicUpdateView } from './public.js';
import type {
  MemberView,
  MilestoneView,
  StatusChangeView,
  TaskOpdView,
  TaskStatus,
  TaskView,
} from './tasks.js';

/** What the person asking may do here now. Not part of the shared history: it is the server's answer to one person. */
export interface WorkspaceRights {
  /** Messages and files may be read (false for an overseer of a PERSONAL_DATA task). */
  readMessages: boolean;
  post: boolean;
  openThread: boolean;
  draftPublicUpdate: boolean;
  /** Milestones this person may change: all, those of one unit, or none. */
  milestones: 'all' | { opdIds: string[] } | 'none';
  transitions: TaskStatus[];
}

/** The newest messages of a thread that were loaded: contiguous by `no` and reaching its end. */
export interface ThreadWindow {
  messages: MessageView[];
}

/** A workspace as its members share it. `snapshot before + events through applyEvent = snapshot after`. */
export interface WorkspaceState {
  seq: number;
  task: TaskView;
  opds: TaskOpdView[];
  members: MemberView[];
  milestones: MilestoneView[];
  decisions: DecisionRequestView[];
  statusChanges: StatusChangeView[];
  /** Newest activity first is the screen's affair; here: order of opening. */
  threads: ThreadView[];
  /** By thread id; a thread that was not opened has no window. */
  windows: Record<string, ThreadWindow>;
  publicUpdates: PublicUpdateView[];
}

/** First view of a workspace: everything small, and the newest page of the thread with the latest message. */
export interface WorkspaceSnapshot {
  epoch: string;
  state: WorkspaceState;
  rights: WorkspaceRights;
}

/**
 * The one reducer: server tests, browser and load generator run events through it.
 * Expects `event.seq === state.seq + 1`; whoever feeds it sees to that.
 */
export function applyEvent(state: WorkspaceState, event: WorkspaceEvent): WorkspaceState {
  return { ...applyData(state, event), seq: event.seq };
}

function applyData(state: WorkspaceState, event: WorkspaceEvent): WorkspaceState {
  switch (event.type) {
    case 'task.created':
      return { ...state, task: event.data.task, opds: event.data.opds };
    case 'task.updated':
      return { ...state, task: event.data.task };
    case 'task.status-changed': {
      const { change } = event.data;
      return {
        ...state,
        task: { ...state.task, status: change.to, statusSince: change.at },
        statusChanges: byTime([...state.statusChanges, change], (c) => c.at).slice(
          -LIMITS.statusChangesInSnapshot,
        ),
      };
    }
    case 'opd.acceptance-changed':
      return { ...state, opds: put(state.opds, event.data.opd, (o) => o.opd.id) };
    case 'member.added':
      return { ...state, members: put(state.members, event.data.member, (m) => m.person.id) };
    case 'member.removed': {
      const { personId } = event.data;
      return { ...state, members: state.members.filter((m) => m.person.id !== personId) };
    }
    case 'milestone.added':
    case 'milestone.changed':
      return {
        ...state,
        milestones: put(state.milestones, event.data.milestone, (m) => m.id).sort(
          (a, b) => a.position - b.position,
        ),
      };
    case 'thread.opened': {
      const { thread } = event.data;
      return {
        ...state,
        threads: byTime(
          put(state.threads, thread, (t) => t.id),
          (t) => t.createdAt,
        ).slice(-LIMITS.threadsInSnapshot),
        windows: { ...state.windows, [thread.id]: { messages: [] } },
      };
    }
    case 'message.posted':
      return withMessage(state, event.data.message);
    case 'decision.requested':
    case 'decision.made':
      return {
        ...state,
        decisions: byTime(
          put(state.decisions, event.data.decision, (d) => d.id),
          (d) => d.requestedAt,
        ),
      };
    case 'public-update.drafted':
    case 'public-update.reviewed':
      return {
        ...state,
        publicUpdates: byTime(
          put(state.publicUpdates, event.data.update, (u) => u.id),
          (u) => u.draftedAt,
        ).slice(-LIMITS.publicUpdatesInSnapshot),
      };
    case 'withheld':
      return state;
    default:
      return unknownEvent(event);
  }
}

// A newer server may send what an older page does not know: the history goes on, the page shows what it can.
function unknownEvent(event: never): never {
  throw new UnknownEventError((event as { type: string }).type);
}

export class UnknownEventError extends Error {
  constructor(readonly type: string) {
    super(`unknown event ${type}`);
    this.name = 'UnknownEventError';
  }
}

function withMessage(state: WorkspaceState, message: MessageView): WorkspaceState {
  const threads = state.threads.map((t) =>
    t.id === message.threadId ? { ...t, messageCount: message.no, lastMessageAt: message.postedAt } : t,
  );
  const window = state.windows[message.threadId];
  if (!window) return { ...state, threads };
  const last = window.messages.at(-1);
  if (last && message.no <= last.no) return { ...state, threads };
  return {
    ...state,
    threads,
    windows: { ...state.windows, [message.threadId]: { messages: [...window.messages, message] } },
  };
}

/** Puts an older page before a window, or starts the window. Pages and events may overlap; each `no` stays once. */
export function withPage(state: WorkspaceState, threadId: string, page: MessageView[]): WorkspaceState {
  const have = state.windows[threadId]?.messages ?? [];
  const first = have[0]?.no ?? Number.POSITIVE_INFINITY;
  const last = have.at(-1)?.no ?? 0;
  const before = page.filter((m) => m.no < first);
  const after = have.length > 0 ? page.filter((m) => m.no > last) : [];
  return {
    ...state,
    windows: { ...state.windows, [threadId]: { messages: [...before, ...have, ...after] } },
  };
}

function put<T>(list: T[], item: T, key: (item: T) => string): T[] {
  const id = key(item);
  const at = list.findIndex((other) => key(other) === id);
  return at < 0 ? [...list, item] : list.map((other, i) => (i === at ? item : other));
}

// An import writes the past, and two transactions may finish in the other order than they began: lists are in the
// order of time, not of arrival, here as in a snapshot.
function byTime<T extends { id: string }>(list: T[], time: (item: T) => string): T[] {
  const key = (item: T) => `${time(item)} ${item.id}`;
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
