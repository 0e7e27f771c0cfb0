import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  AppError,
  isAppError,
  LIMITS,
  mayRetry,
  meaningOf,
  type EventsFrame,
  type JoinAnswer,
  type JoinWorkspace,
  type StreamEvent,
  type WorkspaceEvent,
} from '#libs/contracts';
import { StreamHub, type StreamListener } from '#libs/realtime';
import { AccessService, toRights, type StreamAccess } from '../access/access.service.js';
import { CatchUpReader, visible, type CatchUp } from './catch-up.js';
import { PresenceRooms } from './presence-rooms.js';
import { Rechecks } from './rechecks.js';
import { Traffic } from './traffic.js';
import {
  observersRoom,
  overseersRoom,
  workspaceRoom,
  type SimpulServer,
  type SimpulSocket,
} from './rooms.js';

interface Room {
  workspaceId: string;
  sockets: Set<SimpulSocket>;
  listener: StreamListener;
  /** Frames that wait while the members' rights are looked at anew; null: nothing waits. */
  held: EventsFrame[] | null;
  /** They changed once more while they were looked at. */
  again: boolean;
}

/** Of one room; what all rooms may do together is less. So a small room waits for no large one to end. */
const RECHECKS_AT_ONCE = 8;
const JOIN_ROUNDS = 5;

/** The workspaces that somebody here has open: who is in, what they are sent, and when they have to leave. */
@Injectable()
export class WorkspaceRooms {
  private readonly rooms = new Map<string, Room>();
  private server: SimpulServer | undefined;

  constructor(
    @Inject(StreamHub) private readonly hub: StreamHub,
    private readonly access: AccessService,
    private readonly catchUp: CatchUpReader,
    private readonly presence: PresenceRooms,
    private readonly traffic: Traffic,
    private readonly rechecks: Rechecks,
  ) {}

  attach(server: SimpulServer): void {
    this.server = server;
    this.presence.attach(server);
  }

  get size(): number {
    return this.rooms.size;
  }

  /** The workspaces that are open here. */
  open(): Iterable<string> {
    return this.rooms.keys();
  }

  /** Looks at the members' rights anew, though nothing was told of a change. */
  recheckRights(workspaceId: string): void {
    const room = this.rooms.get(workspaceId);
    if (room) this.rightsChanged(room, []);
  }

  /**
   * Joins without a hole and without a leak: the instance listens first, then one frozen view gives rights and
   * history up to some number; what was delivered here since then is added from memory, in the same turn of the loop
   * in which the socket enters the room.
   */
  async join(socket: SimpulSocket, { workspaceId, since }: JoinWorkspace): Promise<JoinAnswer> {
    const { person, workspaces } = socket.data;
    assertPlace(workspaces, workspaceId);
    // Asked before listening, so that nobody makes this instance listen to what they may not see.
    if (!this.rooms.has(workspaceId)) await this.access.cached(person.id, workspaceId);
    const room = this.enlist(workspaceId);
    room.sockets.add(socket);
    try {
      await this.hub.watch(workspaceId, room.listener);
      for (let round = 0; round < JOIN_ROUNDS; round++) {
        const found = await this.catchUp.read(person.id, workspaceId, since);
        const tail = this.tailAfter(room, found);
        // Memory does not reach back, or the rights are changing at this moment: read again.
        if (tail === null) {
          await new Promise((resolve) => setTimeout(resolve, 25 * (round + 1)));
          continue;
        }
        this.access.remember(person.id, workspaceId, found.access);
        const answer = await this.enter(socket, room, found, tail);
        if (answer.ok) this.traffic.joins[answer.kind]++;
        return answer;
      }
      throw new AppError('unavailable', {});
    } catch (error) {
      // Whom another join has let in, a fault of the moment does not take out again; a refusal does.
      const isRefused = isAppError(error) && !mayRetry(error.code);
      const isIn = workspaces.has(workspaceId) && !isRefused;
      if (room.sockets.has(socket) && !isIn) this.leave(socket, workspaceId);
      throw error;
    }
  }

  leave(socket: SimpulSocket, workspaceId: string): void {
    const room = this.rooms.get(workspaceId);
    void socket.leave(workspaceRoom(workspaceId));
    void socket.leave(overseersRoom(workspaceId));
    void socket.leave(observersRoom(workspaceId));
    if (socket.data.workspaces.delete(workspaceId)) this.presence.left(socket, workspaceId);
    if (!room?.sockets.delete(socket) || room.sockets.size > 0) return;
    this.rooms.delete(workspaceId);
    this.hub.unwatch(workspaceId, room.listener);
  }

  disconnected(socket: SimpulSocket): void {
    for (const workspaceId of socket.data.workspaces) {
      const room = this.rooms.get(workspaceId);
      this.presence.gone(socket, workspaceId);
      if (!room?.sockets.delete(socket) || room.sockets.size > 0) continue;
      this.rooms.delete(workspaceId);
      this.hub.unwatch(workspaceId, room.listener);
    }
  }

  private enlist(workspaceId: string): Room {
    const known = this.rooms.get(workspaceId);
    if (known) return known;
    const room: Room = {
      workspaceId,
      sockets: new Set(),
      held: null,
      again: false,
      listener: {
        events: (frame) => this.deliver(room, frame),
        head: (head) => this.beacon(workspaceId, head),
        reset: (head) => this.beacon(workspaceId, head),
        rights: () => this.rightsChanged(room, []),
        signal: (signal) => this.presence.signalled(workspaceId, signal),
      },
    };
    this.rooms.set(workspaceId, room);
    return room;
  }

  /** What this instance has passed on after the frozen view; null when that is not known without a hole. */
  private tailAfter(room: Room, found: CatchUp): StreamEvent[] | null {
    if (room.held) return null;
    const here = this.hub.position(room.workspaceId);
    if (here?.epoch !== found.epoch) return null;
    const tail = this.hub.since(room.workspaceId, found.head);
    return tail?.some((event) => meaningOf(event.type)?.rights) ? null : tail;
  }

  private async enter(
    socket: SimpulSocket,
    room: Room,
    found: CatchUp,
    tail: StreamEvent[],
  ): Promise<JoinAnswer> {
    // From here to the room there is no await: the next frame finds the socket inside.
    const { workspaceId } = room;
    const { workspaces } = socket.data;
    // It left or went meanwhile: whoever stands in no list is never sent away again.
    if (!socket.connected || !room.sockets.has(socket)) throw new AppError('unavailable', {});
    // Asked once more: several may have been on their way in together.
    assertPlace(workspaces, workspaceId);
    void socket.join(roomFor(workspaceId, found.access));
    workspaces.add(workspaceId);
    const { access, epoch } = found;
    const rights = toRights(access);
    const missed = visible(tail, access);
    this.presence.entered(socket, workspaceId);
    if (found.state) {
      // The tail is sent as ordinary events, behind the answer, and fits the snapshot's number.
      if (missed.length > 0)
        setImmediate(() => socket.emit('workspace.events', { streamId: workspaceId, epoch, events: missed }));
      return {
        ok: true,
        kind: 'reset',
        epoch,
        head: found.head,
        rights,
        snapshot: { epoch, state: found.state, rights },
      };
    }
    const events: WorkspaceEvent[] = [...found.events, ...missed];
    const head = found.head + missed.length;
    return Promise.resolve(
      events.length === 0
        ? { ok: true, kind: 'up-to-date', epoch, head, rights }
        : { ok: true, kind: 'events', epoch, head, rights, events },
    );
  }

  private deliver(room: Room, frame: EventsFrame): void {
    if (room.held) {
      room.held.push(frame);
      return;
    }
    const at = frame.events.findIndex((event) => meaningOf(event.type)?.rights);
    if (at < 0) {
      this.emit(room, frame);
      return;
    }
    // Up to the change everybody gets it; what follows waits until it is known who still may.
    this.emit(room, { ...frame, events: frame.events.slice(0, at + 1) });
    const rest = frame.events.slice(at + 1);
    this.rightsChanged(room, rest.length > 0 ? [{ ...frame, events: rest }] : []);
  }

  /** Holds back what follows until it is known who may still have it. */
  private rightsChanged(room: Room, rest: EventsFrame[]): void {
    if (room.held) {
      // A look at the rights is under way and may have read some of them before this change.
      room.again = true;
      return;
    }
    room.held = rest;
    void this.recheck(room).then(() => {
      const held = room.held ?? [];
      room.held = null;
      if (room.again) {
        room.again = false;
        this.rightsChanged(room, held);
        return;
      }
      // A held frame may itself change rights: then the ones behind it are held again.
      for (const next of held) this.deliver(room, next);
    });
  }

  private emit(room: Room, frame: EventsFrame): void {
    const { workspaceId } = room;
    const inside = this.server?.of('/').adapter.rooms;
    const overseers = overseersRoom(workspaceId);
    const observers = observersRoom(workspaceId);
    // Not all of `room.sockets`: who is still joining gets it with the answer.
    const receivers = [workspaceRoom(workspaceId), overseers, observers].reduce(
      (sum, name) => sum + (inside?.get(name)?.size ?? 0),
      0,
    );
    this.traffic.frames += receivers;
    this.traffic.deliveries += receivers * frame.events.length;
    this.server?.to(workspaceRoom(workspaceId)).emit('workspace.events', frame);
    for (const [name, readDecisions] of [
      [overseers, true],
      [observers, false],
    ] as const) {
      if (!inside?.has(name)) continue;
      const events = visible(frame.events, { readMessages: false, readDecisions });
      this.server?.to(name).emit('workspace.events', { ...frame, events });
    }
  }

  /** Looks at everybody's rights anew: sends away who has none, tells the others what they may now. */
  private async recheck(room: Room): Promise<void> {
    const byPerson = new Map<string, SimpulSocket[]>();
    for (const socket of room.sockets) {
      if (!socket.data.workspaces.has(room.workspaceId)) continue; // still joining: it reads its rights itself
      const { id } = socket.data.person;
      const sockets = byPerson.get(id);
      if (sockets) sockets.push(socket);
      else byPerson.set(id, [socket]);
    }
    const people = [...byPerson];
    const worker = async (): Promise<void> => {
      for (let next = people.pop(); next; next = people.pop()) await this.recheckOne(room, next[0], next[1]);
    };
    await Promise.all(Array.from({ length: RECHECKS_AT_ONCE }, worker));
  }

  private async recheckOne(room: Room, personId: string, sockets: SimpulSocket[]): Promise<void> {
    const { workspaceId } = room;
    let access: StreamAccess;
    try {
      access = await this.rechecks.run(() => this.access.of(personId, workspaceId));
    } catch (error) {
      for (const socket of sockets) this.close(socket, workspaceId, error);
      return;
    }
    const rights = toRights(access);
    for (const socket of sockets) {
      const right = roomFor(workspaceId, access);
      if (!socket.rooms.has(right)) {
        // Less or more may be read than before: the client starts anew with a snapshot of its present rights.
        this.close(socket, workspaceId, undefined);
        continue;
      }
      socket.emit('workspace.rights', { workspaceId, rights });
    }
  }

  private close(socket: SimpulSocket, workspaceId: string, error: unknown): void {
    const removed = error instanceof AppError && error.code === 'not-found';
    if (error !== undefined && !removed) {
      // Not known who they are now: rather out and asked again than left inside.
      Logger.warn('rights could not be read; members are asked to join again', 'Realtime');
    }
    this.leave(socket, workspaceId);
    socket.emit('workspace.closed', { workspaceId, reason: removed ? 'removed' : 'rights' });
  }

  private beacon(workspaceId: string, { epoch, seq }: { epoch: string; seq: number }): void {
    this.server
      ?.to([workspaceRoom(workspaceId), overseersRoom(workspaceId), observersRoom(workspaceId)])
      .volatile.emit('workspace.head', { workspaceId, epoch, seq });
  }
}

function assertPlace(workspaces: ReadonlySet<string>, workspaceId: string): void {
  if (!workspaces.has(workspaceId) && workspaces.size >= LIMITS.workspacesPerSocket)
    throw new AppError('too-many-workspaces', { limit: LIMITS.workspacesPerSocket });
}

function roomFor(workspaceId: string, access: StreamAccess): string {
  if (access.readMessages) return workspaceRoom(workspaceId);
  return access.readDecisions ? overseersRoom(workspaceId) : observersRoom(workspaceId);
}
