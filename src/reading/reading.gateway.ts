import { MessageBody } from '@nestjs/websockets';
import type { ActorView, MarkAnswer, Marks } from '#libs/contracts';
import { Actor, RealtimeGateway, WsQuery } from '../realtime/ws-command.js';
import { MarksRequestDto, MarkUnreadDto, ReadThreadDto } from './reading.dto.js';
import { ReadingService } from './reading.service.js';

@RealtimeGateway()
export class ReadingGateway {
  constructor(private readonly reading: ReadingService) {}

  @WsQuery('marks.read')
  async marks(@Actor() actor: ActorView, @MessageBody() dto: MarksRequestDto): Promise<Marks> {
    return { marks: await this.reading.marks(actor.id, dto.workspaceId) };
  }

  @WsQuery('thread.read')
  async read(@Actor() actor: ActorView, @MessageBody() dto: ReadThreadDto): Promise<MarkAnswer> {
    return { mark: await this.reading.read(actor, dto) };
  }

  @WsQuery('thread.mark-unread')
  async unread(@Actor() actor: ActorView, @MessageBody() dto: MarkUnreadDto): Promise<MarkAnswer> {
    return { mark: await this.reading.markUnread(actor, dto) };
  }
}
