import { MessageBody } from '@nestjs/websockets';
import type { ActorView, CatchUpAnswer, CatchUpOverview } from '#libs/contracts';
import { Actor, RealtimeGateway, WsQuery } from '../realtime/ws-command.js';
import { CatchUpOverviewDto, CatchUpRequestDto, CatchUpSeenDto } from './catch-up.dto.js';
import { CatchUpService } from './catch-up.service.js';

@RealtimeGateway()
export class CatchUpGateway {
  constructor(private readonly catchUp: CatchUpService) {}

  @WsQuery('catch-up.read')
  read(@Actor() actor: ActorView, @MessageBody() dto: CatchUpRequestDto): Promise<CatchUpAnswer> {
    return this.catchUp.read(actor.id, dto.workspaceId);
  }

  @WsQuery('catch-up.seen')
  async seen(@Actor() actor: ActorView, @MessageBody() dto: CatchUpSeenDto): Promise<object> {
    await this.catchUp.seen(actor, dto);
    return {};
  }

  @WsQuery('catch-up.overview')
  overview(@Actor() actor: ActorView, @MessageBody() dto: CatchUpOverviewDto): Promise<CatchUpOverview> {
    return this.catchUp.overview(actor.id, dto.limit);
  }
}
