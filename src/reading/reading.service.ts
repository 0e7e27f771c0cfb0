import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AppError, type ActorView, type MarkUnread, type MarkView, type ReadThread } from '#libs/contracts';
import { event, WorkspaceLog } from '#libs/database';
import { AccessService } from '../access/access.service.js';
import { InboxService } from '../inbox/inbox.service.js';
import { findMarks, moveMark, type FoundMark } from './reading.queries.js';

/**
 * How far each person has read. A mark only grows, so it can be told any number of times and in any order; "belum
 * dibaca" has the mark's version, so that an older reading that arrives late does not take it away.
 */
@Injectable()
export class ReadingService {
  constructor(
    private readonly source: DataSource,
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
    private readonly inbox: InboxService,
  ) {}

  /** One's own marks in a workspace. @throws AppError `not-found`, also for who may not read messages there */
  async marks(personId: string, workspaceId: string): Promise<MarkView[]> {
    await this.mayRead(personId, workspaceId);
    return this.marksIn(this.source.manager, personId, workspaceId);
  }

  /** The same in a caller's transaction, for whom it has been made sure that they may read. */
  async marksIn(tx: EntityManager, personId: string, workspaceId: string): Promise<MarkView[]> {
    return (await findMarks(tx, personId, workspaceId)).map(toView);
  }

  /** @throws AppError `not-found` */
  read(actor: ActorView, { workspaceId, threadId, upTo, version }: ReadThread): Promise<MarkView> {
    return this.change(actor, workspaceId, threadId, async (tx, mark) => {
      const target = Math.min(upTo, mark.messageCount);
      const clears = mark.unreadFrom !== null && version >= mark.version && target >= mark.unreadFrom;
      if (target <= mark.upTo && !clears) return false;
      await moveMark(tx, actor.id, threadId, {
        upTo: Math.max(target, mark.upTo),
        unreadFrom: null,
        clears: clears ? version : null,
      });
      return true;
    });
  }

  /** From this message on it counts as unread again, though it was read. @throws AppError `not-found` */
  markUnread(actor: ActorView, { workspaceId, threadId, from }: MarkUnread): Promise<MarkView> {
    return this.change(actor, workspaceId, threadId, async (tx, mark) => {
      if (from > mark.messageCount) throw new AppError('not-found', {});
      if (mark.unreadFrom === from || (mark.unreadFrom === null && from > mark.upTo)) return false;
      await moveMark(tx, actor.id, threadId, { upTo: mark.upTo, unreadFrom: from, clears: null });
      return true;
    });
  }

  private async change(
    actor: ActorView,
    workspaceId: string,
    threadId: string,
    move: (tx: EntityManager, mark: FoundMark) => Promise<boolean>,
  ): Promise<MarkView> {
    await this.mayRead(actor.id, workspaceId);
    const find = async (tx: EntityManager): Promise<FoundMark> => {
      const [mark] = await findMarks(tx, actor.id, workspaceId, threadId);
      if (!mark) throw new AppError('not-found', {});
      return mark;
    };
    let mark: MarkView | undefined;
    await this.log.note(actor, async (tx) => {
      const before = await find(tx);
      const moved = await move(tx, before);
      mark = toView(moved ? await find(tx) : before);
      if (!moved) return [];
      const { upTo } = mark;
      const done = await this.inbox.readTo(tx, actor.id, { taskId: workspaceId, threadId, upTo });
      return [event('mark.moved', actor.id, { mark }), ...done];
    });
    if (!mark) throw new AppError('not-found', {});
    return mark;
  }

  private async mayRead(personId: string, workspaceId: string): Promise<void> {
    // The present, not what is remembered for writing: a mark tells how much others wrote.
    const { readMessages } = await this.access.of(personId, workspaceId);
    if (!readMessages) throw new AppError('not-found', {});
  }
}

function toView({ messageCount: _, ...mark }: FoundMark): MarkView {
  return mark;
}
