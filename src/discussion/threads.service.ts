import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  AppError,
  type ActorView,
  type OpenThread,
  type ReopenThread,
  type ResolveThread,
  type ThreadAbout,
  type ThreadSubject,
} from '#libs/contracts';
import { commandOf, event, WorkspaceLog, type Receipt } from '#libs/database';
import { AccessService, authorityOf, refusalOf, type StreamAccess } from '../access/access.service.js';
import { EMPTY, Thread, toThreadView } from './thread.entity.js';

/** How a conversation begins and ends. */
@Injectable()
export class Threads {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
  ) {}

  /** @throws AppError `not-found`, `task.read-only`, `forbidden`, `validation` for an id that is taken */
  open(actor: ActorView, wish: OpenThread): Promise<Receipt> {
    const { workspaceId, threadId, about } = wish;
    return this.log.record(commandOf(actor, 'thread.open', wish), async (tx, at) => {
      const access = await this.access.of(actor.id, workspaceId, tx);
      if (!access.openThread) throw refusalOf(access, 'thread.open', ['KETUA_TIM', 'ANGGOTA']);
      if (about && !(await isPartOf(tx, workspaceId, about))) throw new AppError('not-found', {});
      if (await tx.existsBy(Thread, { id: threadId })) {
        throw new AppError('validation', { fields: [{ field: 'threadId', rule: 'invalid' }] });
      }
      const thread = tx.create(Thread, {
        id: threadId,
        taskId: workspaceId,
        title: wish.title,
        aboutKind: about?.kind ?? 'GENERAL',
        aboutId: about?.id ?? null,
        createdBy: actor.id,
        createdAt: new Date(at),
        ...EMPTY,
      });
      await tx.insert(Thread, thread);
      const view = toThreadView(thread, { person: () => actor });
      return {
        events: [event('thread.opened', workspaceId, { thread: view })],
        authority: [authorityOf(workspaceId, access)],
      };
    });
  }

  /**
   * Says what came of it, by whoever opened it or leads the team. It may be written in further.
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `thread.closed`
   */
  resolve(actor: ActorView, wish: ResolveThread): Promise<Receipt> {
    const { workspaceId, threadId, conclusion } = wish;
    return this.log.record(commandOf(actor, 'thread.resolve', wish), async (tx, at) => {
      const { access, thread } = await this.target(tx, actor, wish, 'thread.resolve');
      if (thread.resolvedAt) throw new AppError('thread.closed', { threadId });
      const changes = { resolvedAt: new Date(at), resolvedBy: actor.id, conclusion };
      await tx.update(Thread, { id: threadId }, changes);
      return {
        events: [
          event('thread.resolved', workspaceId, { threadId, resolved: { at, by: actor, conclusion } }),
        ],
        authority: [authorityOf(workspaceId, access)],
      };
    });
  }

  /** @throws AppError `not-found`, `task.read-only`, `forbidden`, `thread.not-closed` */
  reopen(actor: ActorView, wish: ReopenThread): Promise<Receipt> {
    const { workspaceId, threadId } = wish;
    return this.log.record(commandOf(actor, 'thread.reopen', wish), async (tx) => {
      const { access, thread } = await this.target(tx, actor, wish, 'thread.reopen');
      if (!thread.resolvedAt) throw new AppError('thread.not-closed', { threadId });
      await tx.update(Thread, { id: threadId }, { resolvedAt: null, resolvedBy: null, conclusion: null });
      return {
        events: [event('thread.reopened', workspaceId, { threadId })],
        authority: [authorityOf(workspaceId, access)],
      };
    });
  }

  private async target(
    tx: EntityManager,
    actor: ActorView,
    { workspaceId, threadId }: { workspaceId: string; threadId: string },
    action: string,
  ): Promise<{ access: StreamAccess; thread: Thread }> {
    const access = await this.access.of(actor.id, workspaceId, tx);
    if (!access.post) throw refusalOf(access, action, ['KETUA_TIM', 'ANGGOTA']);
    // The head before the thread's row, as the hot door locks them.
    await tx.query('SELECT 1 FROM stream_head WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
    const thread = await tx.findOneBy(Thread, { id: threadId, taskId: workspaceId });
    if (!thread) throw new AppError('not-found', {});
    if (!access.moderate && thread.createdBy !== actor.id) throw refusalOf(access, action, ['KETUA_TIM']);
    return { access, thread };
  }
}

const TABLES: Readonly<Record<ThreadSubject, string>> = {
  MILESTONE: 'milestones',
  DECISION: 'decision_requests',
  STATUS_CHANGE: 'status_changes',
};

async function isPartOf(tx: EntityManager, taskId: string, { kind, id }: ThreadAbout): Promise<boolean> {
  const found = await tx.query<unknown[]>(`SELECT 1 FROM ${TABLES[kind]} WHERE id = $1 AND task_id = $2`, [
    id,
    taskId,
  ]);
  return found.length > 0;
}
