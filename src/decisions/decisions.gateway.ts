import { MessageBody } from '@nestjs/websockets';
import type { ActorView } from '#libs/contracts';
import type { Receipt } from '#libs/database';
import { Actor, RealtimeGateway, WsCommand } from '../realtime/ws-command.js';
import { DecidingService } from './deciding.service.js';
import {
  ClarifyDecisionDto,
  ExtendDecisionDto,
  MakeDecisionDto,
  RequestDecisionDto,
  UndoDecisionDto,
  WithdrawDecisionDto,
} from './decisions.dto.js';

@RealtimeGateway()
export class DecisionsGateway {
  constructor(private readonly deciding: DecidingService) {}

  @WsCommand('decision.request')
  request(@Actor() actor: ActorView, @MessageBody() dto: RequestDecisionDto): Promise<Receipt> {
    return this.deciding.request(actor, dto);
  }

  @WsCommand('decision.decide')
  decide(@Actor() actor: ActorView, @MessageBody() dto: MakeDecisionDto): Promise<Receipt> {
    return this.deciding.decide(actor, dto);
  }

  @WsCommand('decision.clarify')
  clarify(@Actor() actor: ActorView, @MessageBody() dto: ClarifyDecisionDto): Promise<Receipt> {
    return this.deciding.clarify(actor, dto);
  }

  @WsCommand('decision.withdraw')
  withdraw(@Actor() actor: ActorView, @MessageBody() dto: WithdrawDecisionDto): Promise<Receipt> {
    return this.deciding.withdraw(actor, dto);
  }

  @WsCommand('decision.extend')
  extend(@Actor() actor: ActorView, @MessageBody() dto: ExtendDecisionDto): Promise<Receipt> {
    return this.deciding.extend(actor, dto);
  }

  @WsCommand('decision.undo')
  undo(@Actor() actor: ActorView, @MessageBody() dto: UndoDecisionDto): Promise<Receipt> {
    return this.deciding.undo(actor, dto);
  }
}
