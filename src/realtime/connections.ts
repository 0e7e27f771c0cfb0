import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Subject } from 'rxjs';
import { DataSource } from 'typeorm';
import { AppError, LIMITS, type PersonEvent, type PersonEventMap } from '#libs/contracts';
import { WorkspaceLog } from '#libs/database';
import { StreamHub, type StreamListener } from '#libs/realtime';
import { AuthService } from '../auth/auth.service.js';
import { isAck, toRefusal } from './ack.js';
import { Rechecks } from './rechecks.js';
import type { SimpulSocket } from './rooms.js';
import { cutOff, watchReader } from './slow-reader.js';
import { Traffic } from './traffic.js';
import { TokenBucket } from './token-bucket.js';
import { isKnownEvent } from './ws-command.js';

const SWEEP_MS = 1_000;

/** All sockets of this instance: the end of sign-ins, readers that are too slow, senders that are too fast. */
@Injectable()
export class Connections implements OnModuleDestroy {
  private readonly people = new Map<string, Set<SimpulSocket>>();
  private readonly watches = new Map<string, { listener: StreamListener; ready: Promise<void> }>();
  private readonly sweeper: NodeJS.Timeout;
  /** Readers sent away because they were too slow, since the start. */
  evicted = 0;
  draining = false;
  /** Ids of persons connected here whose posts or grants have changed, on whichever instance or command line. */
  readonly rightsChanged = new Subject<string>();

  constructor(
    @Inject(StreamHub) private readonly hub: StreamHub,
    private readonly log: WorkspaceLog,
    private readonly source: DataSource,
    private readonly auth: AuthService,
    private readonly traffic: Traffic,
    private readonly rechecks: Rechecks,
  ) {
    this.sweeper = setInterval(() => this.sweep(), SWEEP_MS);
  }

  /** Sockets open here. */
  get count(): number {
    let sum = 0;
    for (const sockets of this.people.values()) sum += sockets.size;
    return sum;
  }

  countOf(personId: string): number {
    return this.people.get(personId)?.size ?? 0;
  }

  *all(): Iterable<SimpulSocket> {
    for (const sockets of this.people.values()) yield* sockets;
  }

  /** Watches over a signed-in socket until it goes. */
  async add(socket: SimpulSocket): Promise<void> {
    const personId = socket.data.person.id;
    // One for each gateway and a few of ours, not a leak.
    socket.setMaxListeners(32);
    this.guard(socket);
    watchReader(socket, () => this.evict(socket));
    const sockets = this.people.get(personId) ?? new Set();
    this.people.set(personId, sockets);
    sockets.add(socket);
    socket.once('disconnect', () => this.remove(socket));
    // The handshake counts, too, but many may stand there at the same moment.
    if (sockets.size > LIMITS.socketsPerPerson) {
      socket.disconnect(true);
      return;
    }
    const { seen } = socket.data;
    try {
      await this.watchPerson(personId, seen !== null);
    } catch (error) {
      this.refuse(socket, error);
      return;
    }
    // It may have ended between the handshake and this moment, when nobody was listening yet: its end is an event.
    if (this.hub.position(personId)?.seq !== seen) await this.endUnlessHeld(socket);
  }

  onModuleDestroy(): void {
    clearInterval(this.sweeper);
  }

  private watchPerson(personId: string, isKnown: boolean): Promise<void> {
    const known = this.watches.get(personId);
    if (known) return known.ready;
    const listener: StreamListener = {
      events: (frame) => {
        for (const event of frame.events) {
          if (event.type === 'session.ended') this.end(personId, event.data);
        }
        // A person's stream carries its own events only.
        const own = { ...frame, events: frame.events as PersonEvent[] };
        for (const socket of this.people.get(personId) ?? []) socket.emit('person.events', own);
      },
      rights: () => this.rightsChanged.next(personId),
      // A restored backup: what ended meanwhile was not told.
      reset: () => {
        for (const socket of this.people.get(personId) ?? [])
          void this.rechecks.run(() => this.endUnlessHeld(socket));
      },
    };
    // Only at a person's first connection ever is there no stream yet.
    const ready = (
      isKnown ? Promise.resolve() : this.log.openStream(this.source.manager, personId, 'person')
    ).then(() => this.hub.watch(personId, listener));
    const watch = { listener, ready };
    this.watches.set(personId, watch);
    ready.catch(() => {
      if (this.watches.get(personId) === watch) this.watches.delete(personId);
    });
    return ready;
  }

  private async endUnlessHeld(socket: SimpulSocket): Promise<void> {
    try {
      if (!(await this.auth.holds(socket.data.sessionId))) this.signOut(socket, 'ended');
    } catch (error) {
      this.refuse(socket, error);
    }
  }

  /** The end of the sign-in would not be noticed: rather no connection at all. */
  private refuse(socket: SimpulSocket, error: unknown): void {
    Logger.warn({ connection: socket.id, err: error, msg: 'a connection was refused' }, 'Realtime');
    socket.disconnect(true);
  }

  private end(personId: string, { sessionId }: PersonEventMap['session.ended']): void {
    for (const socket of [...(this.people.get(personId) ?? [])]) {
      if (sessionId === null || socket.data.sessionId === sessionId) this.signOut(socket, 'ended');
    }
  }

  private signOut(socket: SimpulSocket, reason: 'ended' | 'expired'): void {
    socket.emit('signed-out', { reason });
    socket.disconnect(true);
  }

  private remove(socket: SimpulSocket): void {
    const personId = socket.data.person.id;
    const sockets = this.people.get(personId);
    sockets?.delete(socket);
    if (sockets?.size) return;
    this.people.delete(personId);
    const watch = this.watches.get(personId);
    this.watches.delete(personId);
    // The last one may go while the watch is still beginning.
    watch?.ready.then(
      () => this.hub.unwatch(personId, watch.listener),
      () => undefined,
    );
  }

  /** Refuses what nobody answers and what comes too fast, before any handler sees it. */
  private guard(socket: SimpulSocket): void {
    const bucket = new TokenBucket(50, 200);
    socket.use((packet, next) => {
      // On the wire a name may also be a number.
      const [name] = packet as [unknown, ...unknown[]];
      const ack: unknown = (packet as unknown[]).at(-1);
      const wait = bucket.take();
      const known = typeof name === 'string' && isKnownEvent(name) ? name : undefined;
      if (!this.draining && wait === 0 && known !== undefined) return next();
      const refusal = toRefusal(
        this.draining
          ? new AppError('unavailable', {})
          : wait > 0
            ? new AppError('rate-limited', { retryAfterMs: wait })
            : new AppError('unknown-event', { event: String(name).slice(0, 64) }),
        socket.id,
      );
      this.traffic.answered?.(known ?? 'unknown', refusal.error.code, 0);
      if (isAck(ack)) ack(refusal);
    });
  }

  private sweep(): void {
    const now = Date.now();
    for (const socket of [...this.all()]) {
      if (socket.data.expiresAt <= now) this.signOut(socket, 'expired');
    }
  }

  private evict(socket: SimpulSocket): void {
    if (!socket.connected) return;
    this.evicted++;
    Logger.warn(
      { person: socket.data.person.id, connection: socket.id, msg: 'a reader was too slow' },
      'Realtime',
    );
    cutOff(socket);
  }
}
