export { Board } from './board.js';
export type { CatchUp, CatchUpView } from './room/catch-up.js';
export { SimpulClient, type SimpulClientOptions } from './client.js';
export type { Clock } from './clock.js';
export { Inbox, type InboxView } from './inbox.js';
export { IndexedDbOutbox } from './outbox/indexed-db.outbox.js';
export { until, type Observable, type Signal } from './observable.js';
export { MemoryOutbox, type OutboxStore } from './outbox/outbox-store.js';
export type { ThreadReading } from './room/reading.js';
export { Room } from './room/room.js';
export type { Transport, TransportListener } from './wire/transport.js';
export type {
  BoardView,
  CommandData,
  ConnectionState,
  JournalEntry,
  PendingCommand,
  RoomView,
  TypingPerson,
} from './types.js';
