import type { ClientEvents, ServerEvents } from '#libs/contracts';

type Requests = Omit<ClientEvents, 'typing'>;

/** What a client asks and gets an answer to. */
export type RequestName = keyof Requests;
export type RequestOf<E extends RequestName> = Parameters<Requests[E]>[0];
export type AnswerOf<E extends RequestName> = Parameters<Parameters<Requests[E]>[1]>[0];

/** What the server says unasked. */
export type Incoming = {
  [E in keyof ServerEvents]: { event: E; data: Parameters<ServerEvents[E]>[0] };
}[keyof ServerEvents];

export interface TransportListener {
  up(): void;
  /** The connection is lost, or an attempt failed. The transport goes on trying. */
  down(): void;
  /** The handshake was refused since nobody is signed in. The transport stopped trying. */
  signedOut(): void;
  receive(incoming: Incoming): void;
}

/**
 * A connection that renews itself. Buffers nothing: what is sent while it is down is not sent,
 * since the rooms must be joined before anything else and unsent commands have their own memory.
 */
export interface Transport {
  open(listener: TransportListener): void;
  close(): void;
  /** `answer` is called at most once, and never after the connection it was sent on went down. */
  send<E extends RequestName>(event: E, data: RequestOf<E>, answer: (answer: AnswerOf<E>) => void): void;
  /** May get lost; no answer. */
  hint(event: 'typing', data: Parameters<ClientEvents['typing']>[0]): void;
  /** Leaves the present connection, if any, and makes a new one after `delayMs`. */
  renew(delayMs: number): void;
}
