import type { BoardScope, CatchUpOverview, CommandType, PersonEvent } from '#libs/contracts';
import type { ManagerOptions, SocketOptions } from 'socket.io-client';
import { Board } from './board.js';
import { watchBrowser } from './wire/browser.js';
import { Alarm, systemClock, type Clock } from './clock.js';
import { Inbox } from './inbox.js';
import { Cell, report, type Observable } from './observable.js';
import { MemoryOutbox, type OutboxStore } from './outbox/outbox-store.js';
import { Outbox } from './outbox/outbox.js';
import { Room } from './room/room.js';
import { SocketTransport } from './wire/socket.transport.js';
import type { Incoming, Transport } from './wire/transport.js';
import type { CommandData, ConnectionState, PendingCommand } from './types.js';
import { Wire } from './wire/wire.js';

/** A room that nobody holds is kept for a moment: a screen that is built anew finds it as it was. */
const LINGER_MS = 1_000;
/** An online connection that says nothing for so long after a wake-up is taken for dead. */
const PROBE_MS = 4_000;

export interface SimpulClientOptions {
  /** Origin of the server; empty: the page's own. */
  url: string;
  /** Who is signed in: owns the outbox, and is recognised in events. */
  personId: string;
  /** Default: in memory. */
  store?: OutboxStore;
  /** Node only: the Cookie header of the handshake. */
  cookie?: string;
  /** Node only: the Origin header; default with a cookie: that of `url`. */
  origin?: string;
  socketOptions?: Partial<ManagerOptions & SocketOptions>;
  random?: () => number;
  clock?: Clock;
  /** What is nobody's answer, such as a store that refuses. Default: thrown outside, where `window.onerror` sees it. */
  onFault?: (error: unknown) => void;
  /** Default: Socket.IO to `url`. */
  transport?: Transport;
}

interface Held<T> {
  it: T;
  holders: number;
  end: Alarm;
}

/**
 * The one way to the live side, in the browser, in tests and in the load generator: keeps the connection, joins what
 * is held, sends what was written while offline, once and in order.
 */
export class SimpulClient {
  private readonly state: Cell<ConnectionState>;
  private readonly rooms = new Map<string, Held<Room>>();
  private readonly boards = new Map<BoardScope, Held<Board>>();
  private readonly inboxes = new Map<'own', Held<Inbox>>();
  private readonly clock: Clock;
  private readonly random: () => number;
  private readonly transport: Transport;
  private readonly wire: Wire;
  private readonly outbox: Outbox;
  private readonly silence: Alarm;
  private running = false;
  private unwatch: (() => void) | null = null;

  constructor(private readonly options: SimpulClientOptions) {
    const {
      clock = systemClock,
      random = Math.random,
      store = new MemoryOutbox(),
      url,
      socketOptions,
    } = options;
    this.clock = clock;
    this.random = random;
    this.state = new Cell<ConnectionState>({ state: 'offline', since: this.now() });
    this.transport =
      options.transport ??
      new SocketTransport({ url, clock, random, socketOptions, headers: headersOf(options) });
    this.silence = new Alarm(clock, () => this.transport.renew(0));
    this.wire = new Wire(this.transport, clock, () => this.silence.clear());
    this.outbox = new Outbox({
      personId: options.personId,
      store,
      wire: this.wire,
      clock,
      random,
      fault: this.fault,
      onlooker: (workspaceId) => this.rooms.get(workspaceId)?.it,
    });
  }

  get connection(): Observable<ConnectionState> {
    return this.state;
  }

  /** Commands of all workspaces that are not done, in order of sending. */
  get pending(): Observable<readonly PendingCommand[]> {
    return this.outbox.pending;
  }

  /** Begins to connect, and goes on until `close()` or the end of the sign-in. */
  connect(): void {
    if (this.running) return;
    this.running = true;
    this.become('connecting');
    this.unwatch = watchBrowser({ wake: () => this.probe(), networkLost: () => this.transport.renew(0) });
    this.outbox.start();
    this.transport.open({
      up: () => this.up(),
      down: () => this.down('offline'),
      signedOut: () => this.stop('signed-out'),
      receive: (incoming) => this.receive(incoming),
    });
  }

  /** Ends the connection and all timers. What is unsent stays in its store; `connect()` goes on. */
  close(): void {
    this.stop('offline');
    for (const [id, held] of this.rooms) if (held.holders === 0) this.drop(this.rooms, id, held);
    for (const [scope, held] of this.boards) if (held.holders === 0) this.drop(this.boards, scope, held);
    for (const [own, held] of this.inboxes) if (held.holders === 0) this.drop(this.inboxes, own, held);
  }

  /** A workspace, live while somebody holds it: each caller calls `leave()` once. */
  workspace(workspaceId: string): Room {
    return this.hold(this.rooms, workspaceId, (left) => {
      const { personId } = this.options;
      const { wire, clock, random, outbox, fault } = this;
      const queue = outbox.queue(workspaceId);
      const answered = (): void => outbox.answered(workspaceId);
      return new Room(workspaceId, { personId, wire, clock, random, queue, answered, left, fault });
    });
  }

  /** A wish about a workspace that nobody has to look at, such as one that is yet to be made; `pending` shows it. */
  send<C extends CommandType>(workspaceId: string, type: C, data: CommandData<C>): PendingCommand<C> {
    return this.outbox.send(workspaceId, type, data);
  }

  /** Forgets a command that was sent so. */
  discard(workspaceId: string, commandId: string): void {
    this.outbox.queue(workspaceId).discard(commandId);
  }

  /** A scope of Pantauan, live while somebody holds it: each caller calls `leave()` once. */
  board(scope: BoardScope): Board {
    const { wire, clock, random } = this;
    return this.hold(this.boards, scope, (left) => new Board(scope, { wire, clock, random, left }));
  }

  /** This person's inbox, live while somebody holds it: each caller calls `leave()` once. */
  inbox(): Inbox {
    const { wire, clock, random } = this;
    return this.hold(this.inboxes, 'own', (left) => new Inbox({ wire, clock, random, left }));
  }

  /** How much is new in each of this person's tasks. Rejects with AppError (`unavailable` while offline). */
  async overview(): Promise<CatchUpOverview> {
    const { tasks, more } = await this.wire.request('catch-up.overview', {});
    return { tasks, more };
  }

  /** Looks at once whether the connection lives, and makes a new one if not. The browser's events call it. */
  probe(): void {
    if (!this.running || this.silence.isSet) return;
    if (!this.wire.online) return this.transport.renew(0);
    if (this.rooms.size + this.boards.size + this.inboxes.size === 0) return;
    this.silence.set(PROBE_MS);
    this.joinAll();
  }

  // ---------- what is held ----------

  private hold<K extends string, T extends Room | Board | Inbox>(
    all: Map<K, Held<T>>,
    key: K,
    make: (left: () => void) => T,
  ): T {
    const known = all.get(key);
    if (known) {
      known.end.clear();
      // Somebody comes back: asked anew, since it may have been closed or absent before.
      if (known.holders++ === 0) known.it.join();
      return known.it;
    }
    const held: Held<T> = {
      it: make(() => {
        if (held.holders > 0 && --held.holders === 0) held.end.set(LINGER_MS);
      }),
      holders: 1,
      // Not while a join is underway: the server could answer the leaving before it.
      end: new Alarm(this.clock, () =>
        held.it.joining ? held.end.set(LINGER_MS) : this.drop(all, key, held),
      ),
    };
    all.set(key, held);
    held.it.join();
    return held.it;
  }

  private drop<K extends string, T extends Room | Board | Inbox>(
    all: Map<K, Held<T>>,
    key: K,
    held: Held<T>,
  ): void {
    held.end.clear();
    all.delete(key);
    held.it.dispose();
    if (held.it instanceof Room) this.outbox.released(held.it.workspaceId);
  }

  private joinAll(): void {
    for (const { it } of this.rooms.values()) it.join();
    for (const { it } of this.boards.values()) it.join();
    for (const { it } of this.inboxes.values()) it.join();
  }

  // ---------- the connection ----------

  private up(): void {
    this.wire.up();
    this.become('online');
    this.outbox.up();
    this.joinAll();
  }

  private down(state: 'offline' | 'signed-out'): void {
    this.silence.clear();
    // First the queues: what ends without an answer now is not a command that failed.
    this.outbox.down();
    this.wire.down();
    for (const { it } of this.rooms.values()) it.disconnected();
    for (const { it } of this.boards.values()) it.disconnected();
    for (const { it } of this.inboxes.values()) it.disconnected();
    this.become(state);
  }

  private stop(state: 'offline' | 'signed-out'): void {
    if (!this.running) return;
    this.running = false;
    this.unwatch?.();
    this.transport.close();
    this.down(state);
    this.outbox.stop();
  }

  private receive(incoming: Incoming): void {
    this.silence.clear();
    switch (incoming.event) {
      case 'workspace.events':
        return this.rooms.get(incoming.data.streamId)?.it.onEvents(incoming.data);
      case 'person.events':
        return this.hear(incoming.data.events);
      case 'workspace.head':
        return this.rooms.get(incoming.data.workspaceId)?.it.onHead(incoming.data);
      case 'workspace.rights':
        return this.rooms.get(incoming.data.workspaceId)?.it.onRights(incoming.data);
      case 'workspace.closed':
        return this.rooms.get(incoming.data.workspaceId)?.it.onClosed(incoming.data);
      case 'presence.changed':
        return this.rooms.get(incoming.data.workspaceId)?.it.onPresence(incoming.data);
      case 'typing':
        return this.rooms.get(incoming.data.workspaceId)?.it.onTyping(incoming.data);
      case 'board.changed':
        return this.boards.get(incoming.data.scope)?.it.onChange(incoming.data);
      case 'board.head':
        return this.boards.get(incoming.data.scope)?.it.onHead(incoming.data);
      case 'board.closed':
        return this.boards.get(incoming.data.scope)?.it.onClosed(incoming.data);
      case 'go_away':
        return this.transport.renew(incoming.data.delayMs);
      case 'signed-out':
        return this.stop('signed-out');
      default:
        return incoming satisfies never;
    }
  }

  /** What follows the person to every device. */
  private hear(events: readonly PersonEvent[]): void {
    for (const event of events) {
      if (event.type === 'mark.moved')
        this.rooms.get(event.data.mark.workspaceId)?.it.onMark(event.data.mark);
      for (const { it } of this.inboxes.values()) it.onEvent(event);
    }
  }

  private become(state: ConnectionState['state']): void {
    if (this.state.get().state !== state) this.state.set({ state, since: this.now() });
  }

  private readonly fault = (error: unknown): void => (this.options.onFault ?? report)(error);

  private now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}

function headersOf({ cookie, origin, url }: SimpulClientOptions): Record<string, string> | undefined {
  if (cookie === undefined && origin === undefined) return undefined;
  return { origin: origin ?? new URL(url).origin, ...(cookie === undefined ? {} : { cookie }) };
}
