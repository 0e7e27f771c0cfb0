import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Between, DataSource, IsNull, Not } from 'typeorm';
import {
  AppError,
  LIMITS,
  type ActorView,
  type PostMessage,
  type ThreadPage,
  type ThreadPageRequest,
  type ThreadPins,
  type ThreadPinsRequest,
} from '#libs/contracts';
import { commandOf, WorkspaceLog, type NewMessage, type Receipt } from '#libs/database';
import { AccessService, refusalOf } from '../access/access.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { Mentions } from './mentions.service.js';
import { viewsOf } from './message-views.js';
import { Message } from './message.entity.js';
import { pageRange } from './page-range.js';
import { Thread } from './thread.entity.js';

/** What members say to each other. */
@Injectable()
export class DiscussionService {
  constructor(
    private readonly source: DataSource,
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
    private readonly mentions: Mentions,
  ) {}

  /**
   * The hot path: no question of its own when the rights are at hand and nobody is mentioned. Whether the thread is of
   * this workspace, and the answered message of this thread, the log checks in the statement that stores the message.
   *
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `message.reply-elsewhere`, `command.out-of-order`, and
   * what `Mentions.resolve` throws
   */
  post(actor: ActorView, wish: PostMessage): Promise<Receipt> {
    const { workspaceId } = wish;
    const mentions = wish.mentions ?? [];
    const message = messageOf(actor, wish);
    let memberOpdId: string | null = null;
    let mentionTeam = false;
    const ask = this.access.asker(actor.id, workspaceId, (access) => {
      if (!access.post) throw refusalOf(access, 'message.post', ['KETUA_TIM', 'ANGGOTA']);
      ({ memberOpdId, mentionTeam } = access);
    });
    return this.log.append(
      commandOf(actor, 'message.post', wish),
      workspaceId,
      async () => {
        const aclVersion = await ask();
        if (mentions.length > 0) {
          message.view.mentions = await this.mentions.resolve(workspaceId, mentions, { mentionTeam });
        }
        // The unit the author works for here, which need not be the one the author stands in.
        if (memberOpdId !== message.authorOpdId && memberOpdId !== null) {
          const { abbreviation } = await this.organization.opdRef(memberOpdId);
          message.authorOpdId = memberOpdId;
          message.view.author = { ...actor, opd: abbreviation };
        }
        return aclVersion;
      },
      message,
    );
  }

  /**
   * A page of a thread, ascending. Messages are never taken away, so two questions one after the other fit together.
   * @throws AppError `not-found`, also for who sees the task but may not read in it; `validation`
   */
  async page(personId: string, request: ThreadPageRequest): Promise<ThreadPage> {
    const { threadId } = request;
    const { messageCount } = await this.readable(personId, request);
    const [from, to] = pageRange(request, messageCount);
    const { manager } = this.source;
    const rows = await manager.find(Message, {
      where: { threadId, no: Between(from, to) },
      order: { no: 'ASC' },
    });
    return { threadId, messages: await viewsOf(manager, this.organization, rows), messageCount };
  }

  /** @throws AppError `not-found` */
  async pins(personId: string, request: ThreadPinsRequest): Promise<ThreadPins> {
    const { threadId } = request;
    await this.readable(personId, request);
    const { manager } = this.source;
    const rows = await manager.find(Message, {
      where: { threadId, pinnedAt: Not(IsNull()) },
      order: { no: 'ASC' },
      take: LIMITS.pins,
    });
    return { threadId, messages: await viewsOf(manager, this.organization, rows) };
  }

  private async readable(
    personId: string,
    { workspaceId, threadId }: { workspaceId: string; threadId: string },
  ): Promise<Thread> {
    const access = await this.access.of(personId, workspaceId);
    const thread = access.readMessages
      ? await this.source.manager.findOneBy(Thread, { id: threadId, taskId: workspaceId })
      : null;
    if (!thread) throw new AppError('not-found', {});
    return thread;
  }
}

function messageOf(actor: ActorView, { commandId, threadId, body, replyTo }: PostMessage): NewMessage {
  return {
    authorOpdId: null,
    view: {
      id: randomUUID(),
      threadId,
      author: actor,
      kind: 'MESSAGE',
      body,
      mentions: [],
      replyTo: replyTo ?? null,
      attachments: [],
      commandId,
      edits: 0,
      editedAt: null,
      deleted: null,
      reactions: [],
      pinned: null,
    },
  };
}
