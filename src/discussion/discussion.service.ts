import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, LessThan, type EntityManager } from 'typeorm';
import {
  AppError,
  LIMITS,
  type ActorView,
  type OpenThread,
  type PostMessage,
  type ThreadPage,
  type ThreadPageRequest,
} from '#libs/contracts';
import { commandOf, event, WorkspaceLog, type NewMessage, type Receipt } from '#libs/database';
import { AccessService, authorityOf, refusalOf } from '../access/access.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { Message, toMessageView } from './message.entity.js';
import { Thread, toThreadView } from './thread.entity.js';

/** What members say to each other. */
@Injectable()
export class DiscussionService {
  constructor(
    private readonly source: DataSource,
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
  ) {}

  /**
   * The hot path: no question of its own when the rights are at hand. Whether the thread is of this workspace, and
   * the answered message of this thread, the log checks in the statement that stores the message.
   *
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `message.reply-elsewhere`, `command.out-of-order`
   */
  post(actor: ActorView, wish: PostMessage): Promise<Receipt> {
    const { workspaceId } = wish;
    const message = messageOf(actor, wish);
    let memberOpdId: string | null = null;
    const ask = this.access.asker(actor.id, workspaceId, (access) => {
      if (!access.post) throw refusalOf(access, 'message.post', ['KETUA_TIM', 'ANGGOTA']);
      memberOpdId = access.memberOpdId;
    });
    return this.log.append(
      commandOf(actor, 'message.post', wish),
      workspaceId,
      async () => {
        const aclVersion = await ask();
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

  /** @throws AppError `not-found`, `task.read-only`, `forbidden`, `validation` for an id that is taken */
  openThread(actor: ActorView, wish: OpenThread): Promise<Receipt> {
    const { workspaceId, threadId, aboutMilestoneId } = wish;
    return this.log.record(commandOf(actor, 'thread.open', wish), async (tx, at) => {
      const access = await this.access.of(actor.id, workspaceId, tx);
      if (!access.openThread) throw refusalOf(access, 'thread.open', ['KETUA_TIM', 'ANGGOTA']);
      if (aboutMilestoneId && !(await isMilestoneOf(tx, workspaceId, aboutMilestoneId))) {
        throw new AppError('not-found', {});
      }
      if (await tx.existsBy(Thread, { id: threadId })) {
        throw new AppError('validation', { fields: [{ field: 'threadId', rule: 'invalid' }] });
      }
      const thread = tx.create(Thread, {
        id: threadId,
        taskId: workspaceId,
        title: wish.title,
        aboutKind: aboutMilestoneId ? 'MILESTONE' : 'GENERAL',
        aboutId: aboutMilestoneId ?? null,
        createdBy: actor.id,
        createdAt: new Date(at),
        messageCount: 0,
        lastMessageAt: null,
      });
      await tx.insert(Thread, thread);
      return {
        events: [event('thread.opened', workspaceId, { thread: toThreadView(thread, actor) })],
        authority: [authorityOf(workspaceId, access)],
      };
    });
  }

  /**
   * A page of a thread, ascending. Messages are never taken away, so two questions one after the other fit together.
   * @throws AppError `not-found`, also for who sees the task but may not read in it
   */
  async page(
    personId: string,
    { workspaceId, threadId, before, limit }: ThreadPageRequest,
  ): Promise<ThreadPage> {
    const access = await this.access.of(personId, workspaceId);
    const { manager } = this.source;
    const thread = access.readMessages
      ? await manager.findOneBy(Thread, { id: threadId, taskId: workspaceId })
      : null;
    if (!thread) throw new AppError('not-found', {});
    const rows = await manager.find(Message, {
      where: { threadId, no: LessThan(before ?? thread.messageCount + 1) },
      order: { no: 'DESC' },
      take: Math.min(limit ?? LIMITS.page, LIMITS.maxPage),
    });
    rows.reverse();
    const names = await this.organization.namesOf(
      rows.map((row) => row.authorId),
      rows.map((row) => row.authorOpdId),
      manager,
    );
    return {
      threadId,
      messages: rows.map((row) => toMessageView(row, names)),
      messageCount: thread.messageCount,
    };
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
      replyTo: replyTo ?? null,
      attachments: [],
      commandId,
    },
  };
}

async function isMilestoneOf(tx: EntityManager, taskId: string, milestoneId: string): Promise<boolean> {
  const found = await tx.query<unknown[]>('SELECT 1 FROM milestones WHERE id = $1 AND task_id = $2', [
    milestoneId,
    taskId,
  ]);
  return found.length > 0;
}
