import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { RENEW_MS, StreamHub, type Presence, type Signal } from '#libs/realtime';
import { PRESENCE } from './tokens.js';
import {
  observersRoom,
  overseersRoom,
  workspaceRoom,
  type SimpulServer,
  type SimpulSocket,
} from './rooms.js';

const GATHER_MS = 150;
const TYPING_EVERY_MS = 2_000;

/** Who is here and who is typing: volatile, never stored, never a history of anybody. */
@Injectable()
export class PresenceRooms implements OnModuleDestroy {
  private server: SimpulServer | undefined;
  private readonly sockets = new Map<string, Set<SimpulSocket>>();
  private readonly shown = new Map<string, string>();
  private readonly gathering = new Map<string, NodeJS.Timeout>();
  private readonly typedAt = new WeakMap<SimpulSocket, number>();
  private readonly renewal: NodeJS.Timeout;
  /** Leases of another start of this instance are never mistaken for ours. */
  private readonly start = randomUUID().slice(0, 8);

  constructor(
    @Inject(StreamHub) private readonly hub: StreamHub,
    @Inject(PRESENCE) private readonly presence: Presence,
  ) {
    this.renewal = setInterval(() => this.renew(), RENEW_MS);
  }

  attach(server: SimpulServer): void {
    this.server = server;
  }

  entered(socket: SimpulSocket, workspaceId: string): void {
    const here = this.sockets.get(workspaceId) ?? new Set();
    this.sockets.set(workspaceId, here);
    here.add(socket);
    this.shown.delete(workspaceId); // the newcomer has seen nothing yet
    void this.presence
      .touch(workspaceId, socket.data.person.id, this.lease(socket))
      .then(() => this.changed(workspaceId));
  }

  left(socket: SimpulSocket, workspaceId: string): void {
    this.gone(socket, workspaceId);
    void this.presence
      .leave(workspaceId, socket.data.person.id, this.lease(socket))
      .then(() => this.changed(workspaceId));
  }

  typing(socket: SimpulSocket, workspaceId: string, threadId: string): void {
    const now = performance.now();
    if (now - (this.typedAt.get(socket) ?? Number.NEGATIVE_INFINITY) < TYPING_EVERY_MS) return;
    this.typedAt.set(socket, now);
    const { id, name } = socket.data.person;
    socket
      .to(workspaceRoom(workspaceId))
      .volatile.emit('typing', { workspaceId, threadId, personId: id, name });
    this.hub.signal(workspaceId, { kind: 'typing', threadId, personId: id, name });
  }

  /** From another instance. */
  signalled(workspaceId: string, signal: Signal): void {
    if (signal.kind === 'presence') {
      this.gather(workspaceId);
      return;
    }
    const { threadId, personId, name } = signal;
    this.server
      ?.to(workspaceRoom(workspaceId))
      .volatile.emit('typing', { workspaceId, threadId, personId, name });
  }

  onModuleDestroy(): void {
    clearInterval(this.renewal);
    for (const timer of this.gathering.values()) clearTimeout(timer);
  }

  /** The connection is lost: the lease is left to expire, a lift ride must not make somebody flicker. */
  gone(socket: SimpulSocket, workspaceId: string): void {
    const here = this.sockets.get(workspaceId);
    if (!here?.delete(socket) || here.size > 0) return;
    this.sockets.delete(workspaceId);
    this.shown.delete(workspaceId);
  }

  private changed(workspaceId: string): void {
    this.hub.signal(workspaceId, { kind: 'presence' });
    this.gather(workspaceId);
  }

  /** Several comings and goings in a moment are told once. */
  private gather(workspaceId: string): void {
    if (this.gathering.has(workspaceId) || !this.sockets.has(workspaceId)) return;
    this.gathering.set(
      workspaceId,
      setTimeout(() => {
        this.gathering.delete(workspaceId);
        void this.tell(workspaceId);
      }, GATHER_MS),
    );
  }

  private async tell(workspaceId: string): Promise<void> {
    const people = await this.presence.people(workspaceId);
    const text = JSON.stringify(people?.toSorted() ?? null);
    if (!this.sockets.has(workspaceId) || this.shown.get(workspaceId) === text) return;
    this.shown.set(workspaceId, text);
    this.server
      ?.to([workspaceRoom(workspaceId), overseersRoom(workspaceId), observersRoom(workspaceId)])
      .volatile.emit('presence.changed', { workspaceId, people });
  }

  private renew(): void {
    for (const [workspaceId, sockets] of this.sockets) {
      for (const socket of sockets)
        void this.presence.touch(workspaceId, socket.data.person.id, this.lease(socket));
      // Also finds those whose lease ended without a word.
      this.gather(workspaceId);
    }
  }

  private lease(socket: SimpulSocket): string {
    return `${this.start}${socket.id}`;
  }
}
