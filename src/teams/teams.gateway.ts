import { MessageBody } from '@nestjs/websockets';
import type { ActorView } from '#libs/contracts';
import type { Receipt } from '#libs/database';
import { Actor, RealtimeGateway, WsCommand } from '../realtime/ws-command.js';
import { AnswerOpdDto, AppointMemberDto, AskOpdDto, RemoveMemberDto } from './teams.dto.js';
import { TeamsService } from './teams.service.js';

@RealtimeGateway()
export class TeamsGateway {
  constructor(private readonly teams: TeamsService) {}

  @WsCommand('opd.ask')
  ask(@Actor() actor: ActorView, @MessageBody() dto: AskOpdDto): Promise<Receipt> {
    return this.teams.ask(actor, dto);
  }

  @WsCommand('opd.answer')
  answer(@Actor() actor: ActorView, @MessageBody() dto: AnswerOpdDto): Promise<Receipt> {
    return this.teams.answer(actor, dto);
  }

  @WsCommand('member.appoint')
  appoint(@Actor() actor: ActorView, @MessageBody() dto: AppointMemberDto): Promise<Receipt> {
    return this.teams.appoint(actor, dto);
  }

  @WsCommand('member.remove')
  remove(@Actor() actor: ActorView, @MessageBody() dto: RemoveMemberDto): Promise<Receipt> {
    return this.teams.remove(actor, dto);
  }
}
