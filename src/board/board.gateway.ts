import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import { IsInt, IsOptional, Matches, Min } from 'class-validator';
import type { Subscription } from 'rxjs';
import { AppError, type BoardAnswer, type BoardScope } from '#libs/contracts';
import { BoardAccess } from '../access/boards.service.js';
import { Today } from '../access/today.service.js';
import { Connections } from '../realtime/connections.js';
import { Rechecks } from '../realtime/rechecks.js';
import type { SimpulServer, SimpulSocket } from '../realtime/rooms.js';
import { RealtimeGateway, WsQuery } from '../realtime/ws-command.js';
import { BoardRooms } from './board-rooms.js';

const SCOPE =
  /^(city|monitor|review|(field|opd|monitor|review|person):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const RECHECK_MS = 60_000;
const RECHECKS_AT_ONCE = 4;
const JOIN_ROUNDS = 3;

class ScopeDto {
  @Matches(SCOPE)
  scope: BoardScope;
}

class JoinBoardDto extends ScopeDto {
  @IsOptional()
  @IsInt()
  @Min(0)
  since?: number;
}

@Injectable()
@RealtimeGateway()
export class BoardGateway
  implements OnGatewayInit<SimpulServer>, OnGatewayDisconnect<SimpulSocket>, OnModuleDestroy
{
  /** In case a change was not told. */
  private readonly timer = setInterval(() => this.recheck(), RECHECK_MS);
  private readonly changes: Subscription;
  /** Viewers whose rights are to be looked at, by connection and scope. */
  private readonly due = new Map<string, [SimpulSocket, BoardScope]>();
  private workers = 0;
  /** How often somebody's rights changed: a join that saw it change while it read asks once more. */
  private turn = 0;

  constructor(
    private readonly rooms: BoardRooms,
    private readonly boards: BoardAccess,
    private readonly rechecks: Rechecks,
    connections: Connections,
    today: Today,
  ) {
    this.changes = connections.rightsChanged.subscribe((personId) => this.recheck(personId));
    this.changes.add(today.turned.subscribe(() => this.recheck()));
  }

  afterInit(server: SimpulServer): void {
    this.rooms.attach(server);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.changes.unsubscribe();
  }

  handleDisconnect(socket: SimpulSocket): void {
    for (const [viewer, scope] of [...this.rooms.viewers()]) {
      if (viewer === socket) this.rooms.leave(socket, scope);
    }
  }

  @WsQuery('board.join')
  async join(
    @ConnectedSocket() socket: SimpulSocket,
    @MessageBody() dto: JoinBoardDto,
  ): Promise<BoardAnswer> {
    for (let round = 0; round < JOIN_ROUNDS; round++) {
      const { turn } = this;
      if (!(await this.boards.mayOpen(socket.data.person.id, dto.scope))) {
        // It may still be inside from before.
        this.rooms.leave(socket, dto.scope);
        throw new AppError('not-found', {});
      }
      const answer = await this.rooms.join(socket, dto.scope, dto.since ?? 0);
      if (turn === this.turn) return answer;
      this.rooms.leave(socket, dto.scope);
    }
    throw new AppError('unavailable', {});
  }

  @WsQuery('board.leave')
  leave(@ConnectedSocket() socket: SimpulSocket, @MessageBody() dto: ScopeDto): object {
    this.rooms.leave(socket, dto.scope);
    return {};
  }

  /** Looks at the rights of one person's viewers, or of all, a few at a time. */
  private recheck(personId?: string): void {
    this.turn++;
    for (const [socket, scope] of this.rooms.viewers()) {
      // One's own board stays one's own.
      if (scope.startsWith('person:')) continue;
      if (personId === undefined || socket.data.person.id === personId)
        this.due.set(`${socket.id} ${scope}`, [socket, scope]);
    }
    while (this.workers < Math.min(RECHECKS_AT_ONCE, this.due.size)) void this.work();
  }

  private async work(): Promise<void> {
    this.workers++;
    for (const [key, [socket, scope]] of this.due) {
      this.due.delete(key);
      await this.lookAt(socket, scope);
    }
    this.workers--;
  }

  private async lookAt(socket: SimpulSocket, scope: BoardScope): Promise<void> {
    let reason: 'removed' | 'rights' = 'removed';
    try {
      if (await this.rechecks.run(() => this.boards.mayOpen(socket.data.person.id, scope))) return;
    } catch (error) {
      // Not known what they may see now: rather out and asked again than left inside.
      Logger.warn({ err: error, msg: 'rights could not be read; a viewer is asked to come again' }, 'Board');
      reason = 'rights';
    }
    this.rooms.leave(socket, scope);
    socket.emit('board.closed', { scope, reason });
  }
}
