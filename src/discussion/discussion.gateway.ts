import { MessageBody } from '@nestjs/websockets';
import type { ActorView, MessageEdits, ThreadPage, ThreadPins } from '#libs/contracts';
import type { Receipt } from '#libs/database';
import { Actor, RealtimeGateway, WsCommand, WsQuery } from '../realtime/ws-command.js';
import {
  DeleteMessageDto,
  EditMessageDto,
  MessageEditsRequestDto,
  OpenThreadDto,
  PinMessageDto,
  PostMessageDto,
  ReactToMessageDto,
  ReopenThreadDto,
  ResolveThreadDto,
  ThreadPageRequestDto,
  ThreadPinsRequestDto,
} from './discussion.dto.js';
import { DiscussionService } from './discussion.service.js';
import { MessageChanges } from './message-changes.service.js';
import { Threads } from './threads.service.js';

@RealtimeGateway()
export class DiscussionGateway {
  constructor(
    private readonly discussion: DiscussionService,
    private readonly changes: MessageChanges,
    private readonly threads: Threads,
  ) {}

  @WsCommand('message.post')
  post(@Actor() actor: ActorView, @MessageBody() dto: PostMessageDto): Promise<Receipt> {
    return this.discussion.post(actor, dto);
  }

  @WsCommand('message.edit')
  edit(@Actor() actor: ActorView, @MessageBody() dto: EditMessageDto): Promise<Receipt> {
    return this.changes.edit(actor, dto);
  }

  @WsCommand('message.delete')
  delete(@Actor() actor: ActorView, @MessageBody() dto: DeleteMessageDto): Promise<Receipt> {
    return this.changes.delete(actor, dto);
  }

  @WsCommand('message.react')
  react(@Actor() actor: ActorView, @MessageBody() dto: ReactToMessageDto): Promise<Receipt> {
    return this.changes.react(actor, dto);
  }

  @WsCommand('message.pin')
  pin(@Actor() actor: ActorView, @MessageBody() dto: PinMessageDto): Promise<Receipt> {
    return this.changes.pin(actor, dto);
  }

  @WsCommand('thread.open')
  open(@Actor() actor: ActorView, @MessageBody() dto: OpenThreadDto): Promise<Receipt> {
    return this.threads.open(actor, dto);
  }

  @WsCommand('thread.resolve')
  resolve(@Actor() actor: ActorView, @MessageBody() dto: ResolveThreadDto): Promise<Receipt> {
    return this.threads.resolve(actor, dto);
  }

  @WsCommand('thread.reopen')
  reopen(@Actor() actor: ActorView, @MessageBody() dto: ReopenThreadDto): Promise<Receipt> {
    return this.threads.reopen(actor, dto);
  }

  @WsQuery('thread.page')
  page(@Actor() actor: ActorView, @MessageBody() dto: ThreadPageRequestDto): Promise<ThreadPage> {
    return this.discussion.page(actor.id, dto);
  }

  @WsQuery('thread.pins')
  pins(@Actor() actor: ActorView, @MessageBody() dto: ThreadPinsRequestDto): Promise<ThreadPins> {
    return this.discussion.pins(actor.id, dto);
  }

  @WsQuery('message.edits')
  edits(@Actor() actor: ActorView, @MessageBody() dto: MessageEditsRequestDto): Promise<MessageEdits> {
    return this.changes.edits(actor.id, dto);
  }
}
