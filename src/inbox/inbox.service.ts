import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  AppError,
  DEFAULT_FOLLOW,
  isAppError,
  LIMITS,
  type ActorView,
  type ClearInfo,
  type FollowLevel,
  type FollowRequest,
  type InboxPage,
  type InboxRequest,
  type InboxRow,
  type InboxState,
  type Instant,
  type NoticeReason,
  type SetFollow,
  type SetInboxRow,
} from '#libs/contracts';
import { event, WorkspaceLog, type NewEvent } from '#libs/database';
import { AccessService } from '../access/access.service.js';
import { toInboxRow } from './inbox.rows.js';
import {
  countAddressed,
  countOpen,
  deleteRows,
  doneByReading,
  findFollow,
  findOpenIn,
  findPage,
  putRows,
  storeFollow,
  type TitledRow,
  type WhichRows,
} from './inbox.queries.js';

/** What is addressed to somebody stays until they have answered it or put it away. */
const DONE_BY_READING: readonly NoticeReason[] = ['REPLIED', 'MESSAGES', 'THREAD_OPENED', 'THREAD_RESOLVED'];
const YEAR_MS = 366 * 24 * 60 * 60 * 1000;

/** Everybody's own inbox: reading it, and putting its rows away, off and back. */
@Injectable()
export class InboxService {
  constructor(
    private readonly source: DataSource,
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
  ) {}

  /** Rows of tasks that the person may no longer see are not shown, and go. */
  async page(actor: ActorView, request: InboxRequest): Promise<InboxPage> {
    const limit = Math.min(request.limit ?? LIMITS.page, LIMITS.maxPage);
    const found = await findPage(this.source.manager, actor.id, request, limit + 1);
    const rows: InboxRow[] = [];
    const seen = new Map<string, boolean>();
    for (const row of found.slice(0, limit)) {
      let visible = seen.get(row.taskId);
      if (visible === undefined) {
        visible = await this.maySee(actor.id, row.taskId);
        seen.set(row.taskId, visible);
        if (!visible) await this.clear(actor, row.taskId);
      }
      if (visible) rows.push(view(row));
    }
    return { rows, more: found.length > limit, ...(await countOpen(this.source.manager, actor.id)) };
  }

  /** @throws AppError `not-found`, `validation` for a time that is not in the coming year */
  async set(actor: ActorView, { taskId, topic, state, until }: SetInboxRow): Promise<InboxRow> {
    if (state === 'LATER') {
      const ahead = until === undefined ? Number.NaN : Date.parse(until) - Date.now();
      if (!(ahead > 0 && ahead < YEAR_MS)) {
        const rule = until === undefined ? 'required' : 'invalid';
        throw new AppError('validation', { fields: [{ field: 'until', rule }] });
      }
    }
    const [row] = await this.put(actor, { taskId, topic }, state, state === 'LATER' ? (until ?? null) : null);
    if (!row) throw new AppError('not-found', {});
    return row;
  }

  /** Puts away what is only for information, the newest first and as many as a page holds. */
  clearInfo(actor: ActorView, { upTo }: ClearInfo): Promise<InboxRow[]> {
    return this.put(actor, { infoUpTo: upTo, atMost: LIMITS.maxPage }, 'DONE', null);
  }

  /** A thread was read up to a number, in the transaction that moves the mark: what was told of it is done. */
  async readTo(
    tx: EntityManager,
    personId: string,
    thread: { taskId: string; threadId: string; upTo: number },
  ): Promise<NewEvent[]> {
    const rows = (await doneByReading(tx, personId, thread, DONE_BY_READING)).map(view);
    return rows.length === 0 ? [] : [event('inbox.changed', personId, { rows })];
  }

  /** What waits for the person in one task, the newest first. */
  async openIn(tx: EntityManager, personId: string, taskId: string): Promise<InboxRow[]> {
    return (await findOpenIn(tx, personId, taskId, LIMITS.maxPage)).map(view);
  }

  /** How much is addressed to the person and open, by task. */
  addressedByTask(
    tx: EntityManager,
    personId: string,
  ): Promise<{ taskId: string; count: number; at: Instant }[]> {
    return countAddressed(tx, personId);
  }

  /** @throws AppError `not-found` */
  async followed(actor: ActorView, { workspaceId }: FollowRequest): Promise<FollowLevel> {
    await this.access.cached(actor.id, workspaceId);
    return (await findFollow(this.source.manager, actor.id, workspaceId)) ?? DEFAULT_FOLLOW;
  }

  /** @throws AppError `not-found` */
  async follow(actor: ActorView, { workspaceId, level }: SetFollow): Promise<FollowLevel> {
    await this.access.of(actor.id, workspaceId);
    await storeFollow(this.source.manager, actor.id, workspaceId, level);
    return level;
  }

  private async put(
    actor: ActorView,
    which: WhichRows,
    state: InboxState,
    until: Instant | null,
  ): Promise<InboxRow[]> {
    let rows: InboxRow[] = [];
    await this.log.note(actor, async (tx) => {
      rows = (await putRows(tx, actor.id, which, state, until)).map(view);
      return rows.length === 0 ? [] : [event('inbox.changed', actor.id, { rows })];
    });
    return rows;
  }

  private clear(actor: ActorView, taskId: string): Promise<void> {
    return this.log.note(actor, async (tx) =>
      (await deleteRows(tx, actor.id, taskId)) ? [event('inbox.cleared', actor.id, { taskId })] : [],
    );
  }

  private async maySee(personId: string, taskId: string): Promise<boolean> {
    try {
      await this.access.cached(personId, taskId);
      return true;
    } catch (error) {
      if (isAppError(error) && error.code === 'not-found') return false;
      throw error;
    }
  }
}

function view(row: TitledRow): InboxRow {
  return toInboxRow(row, row.taskTitle, new Date().toISOString());
}
