import type { DecisionRequestView, PostRef } from './decisions.js';
import type { ThreadView } from './discussion.js';
import type { WorkspaceEvent } from './events.js';
import type { FileView } from './files.js';
import type { HandoverView } from './handovers.js';
import { LIMITS } from './limits.js';
import type { PublicUpdateView } from './public.js';
import { applyTalk, type ThreadWindow } from './talk-state.js';
import type {
  MemberView,
  MilestoneView,
  StatusChangeView,
  SummaryView,
  TaskOpdView,
  TaskStatus,
  TaskView,
} from './tasks.js';

/** What the person asking may do here now. Not part of the shared history: it is the server's answer to one person. */
export interface WorkspaceRights {
  /** Messages and files may be read (false for an overseer of a PERSONAL_DATA task). */
  readMessages: boolean;
  /** Write, answer by a reaction, pin, and change what oneself wrote. */
  post: boolean;
  openThread: boolean;
  /** Take away what others wrote, with a reason, and close or reopen their threads. */
  moderate: boolean;
  /** Call on the whole team at once. */
  mentionTeam: boolean;
  draftPublicUpdate: boolean;
  /** Milestones this person may change: all, those of one unit, or none. */
  milestones: 'all' | { opdIds: string[] } | 'none';
  /** Files this person may take away; whoever may take away the own ones may also add some. */
  files: 'all' | 'own' | 'none';
  transitions: TaskStatus[];
  /** Write what stands at the top. */
  writeSummary: boolean;
  /** Further units may be named and asked. */
  askOpds: boolean;
  /** Units for which this person may say whether they take part. */
  answerOpds: string[];
  /** Units whose people this person may take into the team and out of it. */
  appoint: string[];
  /** The words of decisions may be read (false for an observer of a PERSONAL_DATA task). */
  readDecisions: boolean;
  askDecisions: boolean;
  /** Posts as whose holder this person decides here today. */
  decideAs: PostRef[];
  /** Units that take part, for which this person gives work to others and answers for what is given to them. */
  handOver: string[];
}

/** A workspace as its members share it. `snapshot before + events through applyEvent = snapshot after`. */
export interface WorkspaceState {
  seq: number;
  task: TaskView;
  /** `null`: nothing was written. */
  summary: SummaryView | null;
  opds: TaskOpdView[];
  members: MemberView[];
  milestones: MilestoneView[];
  decisions: DecisionRequestView[];
  /** The ones that changed last, in the order of their last change. */
  handovers: HandoverView[];
  statusChanges: StatusChangeView[];
  publicUpdates: PublicUpdateView[];
  /** Newest activity first is the screen's affair; here: order of opening. */
  threads: ThreadView[];
  /** By thread id; each reaches its thread's end. A thread that was not opened has none. */
  windows: Record<string, ThreadWindow>;
  /** The newest versions in the order of time, removed ones as what is left of them. */
  files: FileView[];
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
    case 'summary.written':
      return { ...state, summary: event.data.summary };
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
    case 'milestone.planned':
      return {
        ...state,
        milestones: put(state.milestones, event.data.milestone, (m) => m.id).sort(
          (a, b) => a.position - b.position,
        ),
      };
    case 'milestones.ordered': {
      const places = new Map(event.data.order.map((id, i) => [id, i + 1]));
      return {
        ...state,
        milestones: state.milestones
          .map((milestone) => ({ ...milestone, position: places.get(milestone.id) ?? milestone.position }))
          .sort((a, b) => a.position - b.position),
      };
    }
    case 'thread.opened':
    case 'thread.resolved':
    case 'thread.reopened':
    case 'message.posted':
    case 'message.edited':
    case 'message.deleted':
    case 'message.reacted':
    case 'message.pinned':
      return applyTalk(state, event);
    case 'decision.requested':
    case 'decision.made':
    case 'decision.undone':
    case 'decision.clarified':
    case 'decision.withdrawn':
    case 'decision.reminded':
    case 'decision.extended':
      return { ...state, decisions: putDecision(state.decisions, event.data.decision) };
    case 'decision.effective': {
      const { decision, superseded } = event.data;
      const decisions = putDecision(state.decisions, decision);
      return { ...state, decisions: superseded ? putDecision(decisions, superseded) : decisions };
    }
    case 'handover.moved':
      return {
        ...state,
        handovers: byTime(
          put(state.handovers, event.data.handover, (h) => h.id),
          (h) => h.last.at,
        ).slice(-LIMITS.handoversInSnapshot),
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
    case 'file.added':
      return {
        ...state,
        files: byTime(
          put(state.files, event.data.file, (f) => f.id),
          (f) => f.addedAt,
        ).slice(-LIMITS.filesInSnapshot),
      };
    case 'file.removed': {
      const { fileId, by } = event.data;
      const removed = { by, at: event.at };
      return { ...state, files: state.files.map((f) => (f.id === fileId ? { ...f, removed } : f)) };
    }
    case 'withheld':
      return state;
    default:
      return unknownEvent(event);
  }
}

function putDecision(decisions: DecisionRequestView[], decision: DecisionRequestView): DecisionRequestView[] {
  return byTime(
    put(decisions, decision, (d) => d.id),
    (d) => d.requestedAt,
  );
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
