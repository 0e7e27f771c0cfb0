export { Board } from './board.js';
export type { CatchUp, CatchUpView } from './catch-up.js';
export { SimpulClient, type SimpulClientOptions } from './client.js';
export type { Clock } from './clock.js';
export { Inbox, type InboxView } from './inbox.js';
export { IndexedDbOutbox } from './indexed-db.outbox.js';
export { until, type Observable, type Signal } from './observable.js';
export { MemoryOutbox, type OutboxStore } from './outbox-store.js';
export type { ThreadReading } from './reading.js';
export { Room } from './room.js';
export type { Transport, TransportListener } from './transport.js';
export type {
  BoardView,
  CommandData,
  ConnectionState,
  JournalEntry,
  PendingCommand,
  RoomView,
  TypingPerson,
} from './types.js';
