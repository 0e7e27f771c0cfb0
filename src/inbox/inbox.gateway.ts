import { MessageBody } from '@nestjs/websockets';
import type { ActorView, FollowAnswer, InboxPage, InboxRowAnswer, InboxRowsAnswer } from '#libs/contracts';
import { Actor, RealtimeGateway, WsQuery } from '../realtime/ws-command.js';
import {
  ClearInfoDto,
  FollowRequestDto,
  InboxRequestDto,
  SetFollowDto,
  SetInboxRowDto,
} from './inbox.dto.js';
import { InboxService } from './inbox.service.js';

@RealtimeGateway()
export class InboxGateway {
  constructor(private readonly inbox: InboxService) {}

  @WsQuery('inbox.read')
  page(@Actor() actor: ActorView, @MessageBody() dto: InboxRequestDto): Promise<InboxPage> {
    return this.inbox.page(actor, dto);
  }

  @WsQuery('inbox.set')
  async set(@Actor() actor: ActorView, @MessageBody() dto: SetInboxRowDto): Promise<InboxRowAnswer> {
    return { row: await this.inbox.set(actor, dto) };
  }

  @WsQuery('inbox.clear-info')
  async clearInfo(@Actor() actor: ActorView, @MessageBody() dto: ClearInfoDto): Promise<InboxRowsAnswer> {
    return { rows: await this.inbox.clearInfo(actor, dto) };
  }

  @WsQuery('follow.read')
  async followed(@Actor() actor: ActorView, @MessageBody() dto: FollowRequestDto): Promise<FollowAnswer> {
    return { level: await this.inbox.followed(actor, dto) };
  }

  @WsQuery('follow.set')
  async follow(@Actor() actor: ActorView, @MessageBody() dto: SetFollowDto): Promise<FollowAnswer> {
    return { level: await this.inbox.follow(actor, dto) };
  }
}
