import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import { DataSource } from 'typeorm';
import { LIMITS, type ActorView, type HistoryPage, type JoinAnswer } from '#libs/contracts';
import { readHistory } from '#libs/database';
import { AccessService } from '../access/access.service.js';
import { visible } from './catch-up.js';
import { PresenceRooms } from './presence-rooms.js';
import { HistoryRequestDto, JoinWorkspaceDto, TypingDto, WorkspaceIdDto } from './realtime.dto.js';
import { workspaceRoom, type SimpulServer, type SimpulSocket } from './rooms.js';
import { WorkspaceRooms } from './workspace-rooms.js';
import { Actor, RealtimeGateway, WsQuery } from './ws-command.js';

/** Coming into a workspace, leaving it, and reading what happened there. Commands are in the features' gateways. */
@RealtimeGateway()
export class WorkspaceGateway implements OnGatewayInit<SimpulServer>, OnGatewayDisconnect<SimpulSocket> {
  constructor(
    private readonly rooms: WorkspaceRooms,
    private readonly presence: PresenceRooms,
    private readonly access: AccessService,
    private readonly source: DataSource,
  ) {}

  afterInit(server: SimpulServer): void {
    this.rooms.attach(server);
  }

  handleDisconnect(socket: SimpulSocket): void {
    this.rooms.disconnected(socket);
  }

  @WsQuery('workspace.join')
  join(@ConnectedSocket() socket: SimpulSocket, @MessageBody() dto: JoinWorkspaceDto): Promise<JoinAnswer> {
    return this.rooms.join(socket, dto);
  }

  @WsQuery('workspace.leave')
  leave(@ConnectedSocket() socket: SimpulSocket, @MessageBody() dto: WorkspaceIdDto): object {
    this.rooms.leave(socket, dto.workspaceId);
    return {};
  }

  @WsQuery('workspace.history')
  async history(@Actor() actor: ActorView, @MessageBody() dto: HistoryRequestDto): Promise<HistoryPage> {
    const access = await this.access.of(actor.id, dto.workspaceId);
    const limit = dto.limit ?? LIMITS.page;
    const events = await readHistory(this.source.manager, dto.workspaceId, dto.before ?? null, limit + 1);
    return { events: visible(events.slice(0, limit), access), more: events.length > limit };
  }

  @WsQuery('typing')
  typing(@ConnectedSocket() socket: SimpulSocket, @MessageBody() dto: TypingDto): void {
    // Who may not read the messages is not in the room of those who write them.
    if (socket.rooms.has(workspaceRoom(dto.workspaceId)))
      this.presence.typing(socket, dto.workspaceId, dto.threadId);
  }
}
