import type { BoardScope, HistoryPage, WorkspaceSnapshot } from '#libs/contracts';
import type { Observable, Signal } from './observable.js';
import type { OutboxStore } from './outbox.js';
import type { BoardView, CommandData, ConnectionState, JournalEntry, PendingCommand, RoomView } from './types.js';
import type { CommandType } from '#libs/contracts';

export { until, type Observable, type Signal } from './observable.js';
export { MemoryOutbox, type OutboxStore } from './outbox.js';
export type {
  BoardView,
  CommandData,
  ConnectionState,
  JournalEntry,
  PendingCommand,
  RoomView,
  TypingPerson,
} from './types.js';

export interface SimpulClientOptions {
  /** Origin of the server; empty: the page's own. */
  url: string;
  /** Who is signed in: owns the outbox, and is recognised in events. */
  personId: string;
  /** Default: in memory. */
  store?: OutboxStore;
  /** Node only: sent as the Cookie header of the handshake. */
  cookie?: string;
  /** Node only: sent as Origin; default `url`. */
  origin?: string;
  socketOptions?: Record<string, unknown>;
  random?: () => number;
  /** Faults that are nobody's answer: a listener that threw, a store that refuses. Default: thrown outside, for `window.onerror`. */
  onFault?: (error: unknown) => void;
}

export declare class Room {
  readonly workspaceId: string;
  readonly view: Observable<RoomView>;
  readonly journal: Signal<JournalEntry>;
  send<C extends CommandType>(type: C, data: CommandData<C>): PendingCommand<C>;
  retry(commandId: string): void;
  discard(commandId: string): void;
  /** Opens a thread's newest page, or the page before what is loaded. True: there are older ones still. Rejects with AppError. */
  loadOlder(threadId: string): Promise<boolean>;
  history(before?: number, limit?: number): Promise<HistoryPage>;
  typing(threadId: string): void;
  leave(): void;
}

export declare class Board {
  readonly scope: BoardScope;
  readonly view: Observable<BoardView>;
  leave(): void;
}

export declare class SimpulClient {
  constructor(options: SimpulClientOptions);
  readonly connection: Observable<ConnectionState>;
  /** Unsent commands of all workspaces, in order of sending. */
  readonly pending: Observable<readonly PendingCommand[]>;
  connect(): void;
  close(): void;
  /** Counts its callers: each calls `leave()` once. Same object while somebody holds it. */
  workspace(workspaceId: string): Room;
  board(scope: BoardScope): Board;
}

export type { WorkspaceSnapshot };
