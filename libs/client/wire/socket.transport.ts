import type { ServerEvents, WireError } from '#libs/contracts';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { Alarm, backoff, type Clock } from '../clock.js';
import type {
  AnswerOf,
  Incoming,
  RequestName,
  RequestOf,
  Transport,
  TransportListener,
} from './transport.js';

const KNOWN: Record<keyof ServerEvents, true> = {
  'workspace.events': true,
  'person.events': true,
  'workspace.head': true,
  'workspace.rights': true,
  'workspace.closed': true,
  'presence.changed': true,
  typing: true,
  'board.changed': true,
  'board.head': true,
  'board.closed': true,
  go_away: true,
  'signed-out': true,
};

export interface SocketTransportOptions {
  url: string;
  clock: Clock;
  random: () => number;
  /** Node only: a browser sends its own. */
  headers?: Record<string, string>;
  socketOptions?: Partial<ManagerOptions & SocketOptions>;
}

/** Socket.IO over WebSocket. Lost connections are its own affair; what it gives up by design is tried again here. */
export class SocketTransport implements Transport {
  private readonly socket: Socket;
  private readonly retry: Alarm;
  private readonly random: () => number;
  private attempts = 0;
  private listener: TransportListener | null = null;

  constructor({ url, clock, random, headers, socketOptions }: SocketTransportOptions) {
    this.random = random;
    this.retry = new Alarm(clock, () => this.socket.connect());
    const options = {
      autoConnect: false,
      forceNew: true,
      transports: ['websocket'],
      reconnectionDelay: 500,
      reconnectionDelayMax: 10_000,
      randomizationFactor: 0.5,
      timeout: 10_000,
      ...(headers ? { extraHeaders: headers } : {}),
      ...socketOptions,
    };
    this.socket = url === '' ? io(options) : io(url, options);
    this.socket.on('connect', () => {
      this.attempts = 0;
      this.retry.clear();
      this.listener?.up();
    });
    this.socket.on('disconnect', (reason) => {
      this.listener?.down();
      if (reason === 'io server disconnect') this.tryLater();
    });
    this.socket.on('connect_error', (error) => this.refused(error));
    this.socket.onAny((event: string, data: unknown) => {
      // A newer server may say more than this build understands.
      if (Object.hasOwn(KNOWN, event)) this.listener?.receive({ event, data } as Incoming);
    });
  }

  open(listener: TransportListener): void {
    this.listener = listener;
    this.socket.connect();
  }

  close(): void {
    this.listener = null;
    this.retry.clear();
    this.socket.disconnect();
  }

  send<E extends RequestName>(event: E, data: RequestOf<E>, answer: (answer: AnswerOf<E>) => void): void {
    if (this.socket.connected) this.socket.emit(event, data, answer);
  }

  hint(event: 'typing', data: unknown): void {
    if (this.socket.connected) this.socket.volatile.emit(event, data);
  }

  renew(delayMs: number): void {
    this.socket.disconnect();
    this.retry.set(delayMs);
  }

  private refused(error: Error & { data?: unknown }): void {
    const refusal = error.data as Partial<WireError> | undefined;
    if (refusal?.code === 'unauthenticated') {
      this.retry.clear();
      this.socket.disconnect();
      this.listener?.signedOut();
      return;
    }
    this.listener?.down();
    // `active`: Socket.IO tries again by itself. Not so when the server's middleware said no.
    if (this.socket.active) return;
    const asked = refusal?.details && 'retryAfterMs' in refusal.details ? refusal.details.retryAfterMs : 0;
    this.tryLater(asked);
  }

  private tryLater(atLeast = 0): void {
    this.retry.set(atLeast + backoff(this.attempts++, this.random));
  }
}
