import { MessageBody } from '@nestjs/websockets';
import type { ActorView } from '#libs/contracts';
import { Actor, RealtimeGateway, WsCommand } from '../realtime/ws-command.js';
import { DraftPublicUpdateDto } from './public.dto.js';
import { PublicService } from './public.service.js';

@RealtimeGateway()
export class PublicGateway {
  constructor(private readonly service: PublicService) {}

  @WsCommand('public-update.draft')
  draft(@Actor() actor: ActorView, @MessageBody() dto: DraftPublicUpdateDto) {
    return this.service.draft(actor, dto);
  }
}
