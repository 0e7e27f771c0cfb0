import type {
  AckOk,
  BoardRow,
  BoardScope,
  CommandMap,
  CommandType,
  Day,
  Instant,
  ThreadWindow,
  WireError,
  WorkspaceEvent,
  WorkspaceRights,
  WorkspaceSnapshot,
  WorkspaceState,
} from '#libs/contracts';

import type { ThreadReading } from './room/reading.js';

/**
 * `connecting`: never connected since `connect()`. `offline`: the connection was lost or can't be made; the client
 * keeps trying. `signed-out`: the sign-in ended; it stopped trying, and the outbox waits for the next sign-in.
 */
export interface ConnectionState {
  state: 'connecting' | 'online' | 'offline' | 'signed-out';
  since: Instant;
}

/** What a caller writes; workspace, command id and order are the client's affair. */
export type CommandData<C extends CommandType = CommandType> = {
  [K in C]: Omit<CommandMap[K], 'workspaceId' | 'commandId' | 'after'>;
}[C];

/** A wish that is on its way: kept until its event is in the state, or its owner discards it. */
export type PendingCommand<C extends CommandType = CommandType> = {
  [K in C]: {
    commandId: string;
    workspaceId: string;
    type: K;
    data: CommandData<K>;
    /** Strictly increasing on this device: the order of sending. */
    createdAt: Instant;
    /**
     * `queued` waits for the connection or for those before it. `sending` is on its way, or done and its event about
     * to arrive. `failed` was refused for good (`error` says why). `old` waited more than seven days and asks first.
     */
    state: 'queued' | 'sending' | 'failed' | 'old';
    error?: WireError;
  };
}[C];

export interface TypingPerson {
  personId: string;
  name: string;
  threadId: string;
}

export interface RoomView {
  /** `ready` stays `ready` while offline: the state is then the last one known. */
  status: 'loading' | 'ready' | 'not-found' | 'closed' | 'error';
  /** Present exactly when `ready`. */
  state?: WorkspaceState;
  rights?: WorkspaceRights;
  epoch?: string;
  /** In order of sending. None of them is in `state` yet. */
  pending: readonly PendingCommand[];
  /** Person ids; `null`: not known at the moment. */
  presence: readonly string[] | null;
  typing: readonly TypingPerson[];
  /** By thread id: what was opened in the middle of a thread and does not reach its end yet. */
  passages: Readonly<Record<string, ThreadWindow>>;
  /** Threads whose messages are being fetched. */
  loadingThreads: readonly string[];
  /** How far this person has read, by thread; a thread that is not in it is not known yet. */
  reading: ReadonlyMap<string, ThreadReading>;
  /** Why `status` is `error`, `not-found` or (as `forbidden`) `closed`. */
  error?: WireError;
  /** The server sent an event that this build doesn't know: reloading the page shows the rest. */
  outdated: boolean;
}

export interface BoardView {
  /** `closed`: it was shown, and is no longer this person's to see. `rows` are there only when `ready`. */
  status: 'loading' | 'ready' | 'not-found' | 'closed' | 'error';
  scope: BoardScope;
  rows: ReadonlyMap<string, BoardRow>;
  version: number;
  /** The day the health of the rows was computed for; `null` while loading. */
  asOf: Day | null;
  error?: WireError;
}

/** What a room did, in order: for checkers, load measurements and "2 kiriman terkirim". */
export type JournalEntry =
  | { kind: 'event'; event: WorkspaceEvent }
  | { kind: 'reset'; snapshot: WorkspaceSnapshot }
  | { kind: 'done'; command: PendingCommand; ack: AckOk }
  | { kind: 'refused'; command: PendingCommand; error: WireError };
