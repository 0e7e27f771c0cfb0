import { MessageBody } from '@nestjs/websockets';
import type { ActorView } from '#libs/contracts';
import type { Receipt } from '#libs/database';
import { Actor, RealtimeGateway, WsCommand } from '../realtime/ws-command.js';
import { CreateTaskDto } from './drafts.dto.js';
import { DraftsService } from './drafts.service.js';

@RealtimeGateway()
export class DraftsGateway {
  constructor(private readonly drafts: DraftsService) {}

  @WsCommand('task.create')
  create(@Actor() actor: ActorView, @MessageBody() dto: CreateTaskDto): Promise<Receipt> {
    return this.drafts.create(actor, dto);
  }
}
