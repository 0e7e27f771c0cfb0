import { MessageBody } from '@nestjs/websockets';
import type { ActorView } from '#libs/contracts';
import type { Receipt } from '#libs/database';
import { Actor, RealtimeGateway, WsCommand } from '../realtime/ws-command.js';
import { MoveHandoverDto, OpenHandoverDto } from './handovers.dto.js';
import { HandoversService } from './handovers.service.js';

@RealtimeGateway()
export class HandoversGateway {
  constructor(private readonly handovers: HandoversService) {}

  @WsCommand('handover.open')
  open(@Actor() actor: ActorView, @MessageBody() dto: OpenHandoverDto): Promise<Receipt> {
    return this.handovers.open(actor, dto);
  }

  @WsCommand('handover.move')
  move(@Actor() actor: ActorView, @MessageBody() dto: MoveHandoverDto): Promise<Receipt> {
    return this.handovers.move(actor, dto);
  }
}
