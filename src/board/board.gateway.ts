import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import { IsInt, IsOptional, Matches, Min } from 'class-validator';
import { AppError, type BoardAnswer, type BoardScope } from '#libs/contracts';
import { BoardAccess } from '../access/boards.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import type { SimpulServer, SimpulSocket } from '../realtime/rooms.js';
import { RealtimeGateway, WsQuery } from '../realtime/ws-command.js';
import { BoardRooms } from './board-rooms.js';

const SCOPE = /^(city|monitor|(field|opd|monitor|person):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const RECHECK_MS = 60_000;

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
  // Dated positions end without an event.
  private readonly timer = setInterval(() => void this.recheck(), RECHECK_MS);

  constructor(
    private readonly rooms: BoardRooms,
    private readonly boards: BoardAccess,
    organization: OrganizationService,
  ) {
    organization.changed.subscribe(() => void this.recheck());
  }

  afterInit(server: SimpulServer): void {
    this.rooms.attach(server);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
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
    if (!(await this.boards.mayOpen(socket.data.person.id, dto.scope))) throw new AppError('not-found', {});
    return this.rooms.join(socket, dto.scope, dto.since ?? 0);
  }

  @WsQuery('board.leave')
  leave(@ConnectedSocket() socket: SimpulSocket, @MessageBody() dto: ScopeDto): object {
    this.rooms.leave(socket, dto.scope);
    return {};
  }

  private async recheck(): Promise<void> {
    for (const [socket, scope] of [...this.rooms.viewers()]) {
      // A question that can't be asked now is asked again in a minute.
      const may = await this.boards.mayOpen(socket.data.person.id, scope).catch(() => true);
      if (!may) this.rooms.leave(socket, scope);
    }
  }
}
