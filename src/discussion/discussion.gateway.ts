import { MessageBody } from '@nestjs/websockets';
import type { ActorView, ThreadPage } from '#libs/contracts';
import type { Receipt } from '#libs/database';
import { Actor, RealtimeGateway, WsCommand, WsQuery } from '../realtime/ws-command.js';
import { OpenThreadDto, PostMessageDto, ThreadPageRequestDto } from './discussion.dto.js';
import { DiscussionService } from './discussion.service.js';

@RealtimeGateway()
export class DiscussionGateway {
  constructor(private readonly discussion: DiscussionService) {}

  @WsCommand('message.post')
  post(@Actor() actor: ActorView, @MessageBody() dto: PostMessageDto): Promise<Receipt> {
    return this.discussion.post(actor, dto);
  }

  @WsCommand('thread.open')
  open(@Actor() actor: ActorView, @MessageBody() dto: OpenThreadDto): Promise<Receipt> {
    return this.discussion.openThread(actor, dto);
  }

  @WsQuery('thread.page')
  page(@Actor() actor: ActorView, @MessageBody() dto: ThreadPageRequestDto): Promise<ThreadPage> {
    return this.discussion.page(actor.id, dto);
  }
}
