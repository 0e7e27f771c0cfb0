import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, type BoardAnswer, type BoardChange, type BoardScope } from '#libs/contracts';
import { readConsistently } from '#libs/database';
import { Today } from '../access/today.service.js';
import { FANOUT, type Fanout } from '../realtime/tokens.js';
import { boardRoom, type SimpulServer, type SimpulSocket } from '../realtime/rooms.js';
import { readScope, readScopeVersions } from './board.store.js';

interface Room {
  scope: BoardScope;
  /** The version this instance has told its sockets. */
  version: number;
  sockets: Set<SimpulSocket>;
  /** Its channel is open. */
  ready: Promise<void>;
  syncing: Promise<void> | undefined;
  quiet: number;
}

const POLL_MS = 1_000;
const JOIN_ROUNDS = 5;

/** One room a scope, never one a task: a change is one emit, however many tasks or viewers there are. */
@Injectable()
export class BoardRooms implements OnModuleDestroy {
  private readonly rooms = new Map<BoardScope, Room>();
  private server: SimpulServer | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly source: DataSource,
    @Inject(FANOUT) private readonly fanout: Fanout,
    private readonly today: Today,
  ) {
    this.timer = setInterval(() => void this.poll(), POLL_MS);
  }

  /** Boards open on this instance; each has a channel of its own. */
  get size(): number {
    return this.rooms.size;
  }

  attach(server: SimpulServer): void {
    this.server = server;
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** A change this instance derived: for its own viewers, and as a hint for the other instances'. */
  changed(change: BoardChange): void {
    this.accept(change);
    this.fanout.publish(channel(change.scope), JSON.stringify(change));
  }

  /** The rows, and from then on every change. The caller has checked that the person may see the scope. */
  async join(socket: SimpulSocket, scope: BoardScope, since: number): Promise<BoardAnswer> {
    const room = this.open(scope);
    room.sockets.add(socket);
    try {
      await room.ready;
      return await this.enter(room, socket, since);
    } finally {
      // It never came in, or has gone meanwhile, when its leaving found nothing to leave.
      const isInside = socket.connected && socket.rooms.has(boardRoom(scope));
      if (!isInside && room.sockets.has(socket)) this.leave(socket, scope);
    }
  }

  private async enter(room: Room, socket: SimpulSocket, since: number): Promise<BoardAnswer> {
    const { scope } = room;
    for (let round = 0; round < JOIN_ROUNDS; round++) {
      const answer = await this.read(scope, since);
      if (room.version < answer.version) await this.sync(room);
      // Same turn: what comes after this version finds the socket inside.
      if (room.version === answer.version) {
        this.seat(room, socket);
        return answer;
      }
    }
    // The board changes faster than it can be read: the client sees the gap at the next change and asks again.
    this.seat(room, socket);
    return this.read(scope, since);
  }

  /** Who left meanwhile stays out: whoever stands in no list is never sent away again. */
  private seat(room: Room, socket: SimpulSocket): void {
    if (!room.sockets.has(socket)) throw new AppError('unavailable', {});
    void socket.join(boardRoom(room.scope));
  }

  leave(socket: SimpulSocket, scope: BoardScope): void {
    const room = this.rooms.get(scope);
    void socket.leave(boardRoom(scope));
    if (!room?.sockets.delete(socket) || room.sockets.size > 0) return;
    this.rooms.delete(scope);
    this.fanout.unsubscribe(channel(scope));
  }

  /** Sockets with the scopes they watch. */
  *viewers(): Iterable<[SimpulSocket, BoardScope]> {
    for (const room of this.rooms.values()) for (const socket of room.sockets) yield [socket, room.scope];
  }

  private open(scope: BoardScope): Room {
    const known = this.rooms.get(scope);
    if (known) return known;
    const ready = this.fanout.subscribe(channel(scope), (text) =>
      this.accept(JSON.parse(text) as BoardChange),
    );
    const room: Room = { scope, version: 0, sockets: new Set(), ready, syncing: undefined, quiet: 0 };
    this.rooms.set(scope, room);
    return room;
  }

  private accept(change: BoardChange): void {
    const room = this.rooms.get(change.scope);
    if (!room || change.version <= room.version) return;
    if (change.since === room.version && !room.syncing) this.emit(room, change);
    else void this.sync(room);
  }

  private emit(room: Room, change: BoardChange): void {
    room.version = change.version;
    room.quiet = 0;
    this.server?.to(boardRoom(room.scope)).emit('board.changed', change);
  }

  /** Reads what this instance has missed, once for all its viewers. */
  private sync(room: Room): Promise<void> {
    room.syncing ??= (async () => {
      try {
        const since = room.version;
        const { version, rows, removed } = await this.read(room.scope, since);
        if (version > room.version) this.emit(room, { scope: room.scope, since, version, rows, removed });
      } catch (error) {
        Logger.warn({ err: error, msg: 'a board could not be read' }, 'Board');
      } finally {
        room.syncing = undefined;
      }
    })();
    return room.syncing;
  }

  private read(scope: BoardScope, since: number): Promise<BoardAnswer> {
    return readConsistently(this.source, (tx) => readScope(tx, scope, since, this.today.day()));
  }

  /** Finds changes whose hint was lost, and reminds viewers where the board stands. */
  private async poll(): Promise<void> {
    if (this.rooms.size === 0) return;
    try {
      const versions = await readScopeVersions(this.source.manager, [...this.rooms.keys()]);
      for (const room of this.rooms.values()) {
        const version = versions.get(room.scope) ?? 0;
        if (version > room.version) await this.sync(room);
        else if (++room.quiet <= 3 || room.quiet % 15 === 0) {
          this.server
            ?.to(boardRoom(room.scope))
            .volatile.emit('board.head', { scope: room.scope, version: room.version });
        }
      }
    } catch (error) {
      Logger.warn({ err: error, msg: 'boards could not be compared' }, 'Board');
    }
  }
}

function channel(scope: BoardScope): string {
  return `simpul:board:${scope}`;
}
