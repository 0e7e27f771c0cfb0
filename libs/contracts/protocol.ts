import type { Ack, AckRefused } from './errors.js';
import type { BoardAnswer, BoardChange, BoardScope } from './board.js';
import type {
  DeleteMessage,
  EditMessage,
  MessageEdits,
  MessageEditsRequest,
  OpenThread,
  PinMessage,
  PostMessage,
  ReactToMessage,
  ReopenThread,
  ResolveThread,
  ThreadPage,
  ThreadPageRequest,
  ThreadPins,
  ThreadPinsRequest,
} from './discussion.js';
import type { PersonEvent, StreamEvent, WorkspaceEvent } from './events.js';
import type {
  ClearInfo,
  FollowAnswer,
  FollowRequest,
  InboxPage,
  InboxRequest,
  InboxRowAnswer,
  InboxRowsAnswer,
  SetFollow,
  SetInboxRow,
} from './inbox.js';
import type {
  ClarifyDecision,
  ExtendDecision,
  MakeDecision,
  RequestDecision,
  UndoDecision,
  WithdrawDecision,
} from './decisions.js';
import type { MoveHandover, OpenHandover } from './handovers.js';
import type { CatchUpAnswer, CatchUpOverview, CatchUpRequest, CatchUpSeen } from './catch-up.js';
import type { DraftPublicUpdate } from './public.js';
import type { MarkAnswer, Marks, MarksRequest, MarkUnread, ReadThread } from './reading.js';
import type {
  AnswerOpd,
  AppointMember,
  AskOpd,
  ChangeMilestone,
  ChangeTaskStatus,
  CreateTask,
  MoveMilestone,
  PlanMilestone,
  RemoveMember,
  WriteSummary,
} from './tasks.js';
import type { WorkspaceRights, WorkspaceSnapshot } from './workspace-state.js';

/** Commands: wishes that become numbered events. Each is a socket event of this name with an ack. */
export interface CommandMap {
  'message.post': PostMessage;
  'message.edit': EditMessage;
  'message.delete': DeleteMessage;
  'message.react': ReactToMessage;
  'message.pin': PinMessage;
  'thread.open': OpenThread;
  'thread.resolve': ResolveThread;
  'thread.reopen': ReopenThread;
  'milestone.add': PlanMilestone;
  'milestone.plan': PlanMilestone;
  'milestone.move': MoveMilestone;
  'milestone.change': ChangeMilestone;
  'task.create': CreateTask;
  'opd.ask': AskOpd;
  'opd.answer': AnswerOpd;
  'member.appoint': AppointMember;
  'member.remove': RemoveMember;
  'task.change-status': ChangeTaskStatus;
  'summary.write': WriteSummary;
  'decision.request': RequestDecision;
  'decision.decide': MakeDecision;
  'decision.clarify': ClarifyDecision;
  'decision.withdraw': WithdrawDecision;
  'decision.undo': UndoDecision;
  'handover.open': OpenHandover;
  'handover.move': MoveHandover;
  'decision.extend': ExtendDecision;
  'public-update.draft': DraftPublicUpdate;
}
export type CommandType = keyof CommandMap;

/** Where a client stands in a stream. */
export interface Cursor {
  epoch: string;
  seq: number;
}

export interface JoinWorkspace {
  workspaceId: string;
  since?: Cursor;
}

export type JoinAnswer =
  | { ok: true; kind: 'up-to-date'; epoch: string; head: number; rights: WorkspaceRights }
  | {
      ok: true;
      kind: 'events';
      epoch: string;
      head: number;
      rights: WorkspaceRights;
      events: WorkspaceEvent[];
    }
  | {
      ok: true;
      kind: 'reset';
      epoch: string;
      head: number;
      rights: WorkspaceRights;
      snapshot: WorkspaceSnapshot;
    };

export type Answer<T> = ({ ok: true } & T) | AckRefused;

/** Older entries of the history that are not messages, newest first. */
export interface HistoryRequest {
  workspaceId: string;
  before?: number;
  limit?: number;
}
export interface HistoryPage {
  events: WorkspaceEvent[];
  more: boolean;
}

export type CommandEvents = {
  [C in CommandType]: (command: CommandMap[C], ack: (answer: Ack) => void) => void;
};

/** Client to server. */
export interface ClientEvents extends CommandEvents {
  'workspace.join': (join: JoinWorkspace, ack: (answer: JoinAnswer | AckRefused) => void) => void;
  'workspace.leave': (leave: { workspaceId: string }, ack: (answer: Answer<object>) => void) => void;
  'workspace.history': (request: HistoryRequest, ack: (answer: Answer<HistoryPage>) => void) => void;
  'thread.page': (request: ThreadPageRequest, ack: (answer: Answer<ThreadPage>) => void) => void;
  'thread.pins': (request: ThreadPinsRequest, ack: (answer: Answer<ThreadPins>) => void) => void;
  'message.edits': (request: MessageEditsRequest, ack: (answer: Answer<MessageEdits>) => void) => void;
  'marks.read': (request: MarksRequest, ack: (answer: Answer<Marks>) => void) => void;
  'thread.read': (read: ReadThread, ack: (answer: Answer<MarkAnswer>) => void) => void;
  'thread.mark-unread': (wish: MarkUnread, ack: (answer: Answer<MarkAnswer>) => void) => void;
  'inbox.read': (request: InboxRequest, ack: (answer: Answer<InboxPage>) => void) => void;
  'inbox.set': (wish: SetInboxRow, ack: (answer: Answer<InboxRowAnswer>) => void) => void;
  /** Everything that is only for information is put away. */
  'inbox.clear-info': (wish: ClearInfo, ack: (answer: Answer<InboxRowsAnswer>) => void) => void;
  'catch-up.read': (request: CatchUpRequest, ack: (answer: Answer<CatchUpAnswer>) => void) => void;
  'catch-up.seen': (seen: CatchUpSeen, ack: (answer: Answer<object>) => void) => void;
  /** Of all one's own tasks; `limit` of them, those with the latest news first. */
  'catch-up.overview': (request: { limit?: number }, ack: (answer: Answer<CatchUpOverview>) => void) => void;
  /** How much of a task one hears at present. */
  'follow.read': (request: FollowRequest, ack: (answer: Answer<FollowAnswer>) => void) => void;
  'follow.set': (wish: SetFollow, ack: (answer: Answer<FollowAnswer>) => void) => void;
  'board.join': (
    join: { scope: BoardScope; since?: number },
    ack: (answer: Answer<BoardAnswer>) => void,
  ) => void;
  'board.leave': (leave: { scope: BoardScope }, ack: (answer: Answer<object>) => void) => void;
  /** Volatile, no ack. */
  typing: (typing: { workspaceId: string; threadId: string }) => void;
}

export interface EventsFrame {
  streamId: string;
  epoch: string;
  events: StreamEvent[];
}

/** Of a person's own stream. */
export interface PersonFrame {
  streamId: string;
  epoch: string;
  events: PersonEvent[];
}

/** Server to client. */
export interface ServerEvents {
  /** What one or more commits wrote, in order. */
  'workspace.events': (frame: EventsFrame) => void;
  /** Of the person's own stream, to each of their sockets, without asking for it. */
  'person.events': (frame: PersonFrame) => void;
  /** Volatile beacon, about once a second per workspace: shows a lost last event. */
  'workspace.head': (head: { workspaceId: string; epoch: string; seq: number }) => void;
  /** What this person may do here has changed. */
  'workspace.rights': (change: { workspaceId: string; rights: WorkspaceRights }) => void;
  /** This person no longer belongs here; nothing more follows. */
  'workspace.closed': (closed: { workspaceId: string; reason: 'removed' | 'rights' }) => void;
  /** Person ids present; `null`: not known at the moment. */
  'presence.changed': (presence: { workspaceId: string; people: string[] | null }) => void;
  typing: (typing: { workspaceId: string; threadId: string; personId: string; name: string }) => void;
  'board.changed': (change: BoardChange) => void;
  'board.head': (head: { scope: BoardScope; version: number }) => void;
  /**
   * This person no longer sees the board (`removed`), or it could not be read whether they do (`rights`: ask again);
   * nothing more follows.
   */
  'board.closed': (closed: { scope: BoardScope; reason: 'removed' | 'rights' }) => void;
  /** The instance is stopping: reconnect elsewhere after `delayMs`. */
  go_away: (notice: { delayMs: number }) => void;
  /** The sign-in ended: by its owner, everywhere, or by age. */
  'signed-out': (notice: { reason: 'ended' | 'expired' }) => void;
}
