import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  AppError,
  dayOf,
  LIMITS,
  STATUS_RULES,
  textProblem,
  type ActorView,
  type DraftPublicUpdate,
  type Instant,
  type PublicPageView,
  type PublicQueueItem,
  type PublicUpdateStatus,
  type PublicUpdateView,
  type ReviewPublicUpdate,
  type TaskStatus,
} from '#libs/contracts';
import { commandOf, event, uuidOf, WorkspaceLog, type Receipt } from '#libs/database';
import { AccessService, authorityOf } from '../access/access.service.js';
import { Today } from '../access/today.service.js';
import { isMoment } from '../http/text.decorators.js';
import { OrganizationService } from '../organization/organization.service.js';
import { PublicProjection } from '../public-pages/public-pages.module.js';
import { mayReview, reviewScope } from './public.policy.js';
import { PublicUpdates } from './public-updates.service.js';
import { lockUpdate, readPublicPath, readQueue } from './public.queries.js';

/** What is published of a task beside its own published fields. Only the import gives past moments. */
export interface PublishPage {
  taskId: string;
  slug?: string;
  summary: string;
  /** Sentences that were approved before; `id` names one for ever, so that giving it again repeats nothing. */
  updates: { id: string; body: string; at: Instant }[];
  questions: PublicPageView['questions'];
}

export interface QueuePage {
  items: PublicQueueItem[];
  next: string | null;
}

/** What citizens are told, from the draft to the page. */
@Injectable()
export class PublicService {
  constructor(
    private readonly source: DataSource,
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
    private readonly projection: PublicProjection,
    private readonly updates: PublicUpdates,
    private readonly today: Today,
  ) {}

  /**
   * A sentence for citizens, by the team lead; it waits for the PPID.
   * @throws AppError `forbidden`, `public.not-published`
   */
  draft(actor: ActorView, wish: DraftPublicUpdate): Promise<Receipt> {
    const { workspaceId, body } = wish;
    return this.log.record(commandOf(actor, 'public-update.draft', wish), async (tx, at) => {
      const access = await this.access.of(actor.id, workspaceId, tx);
      if (!access.draftPublicUpdate) {
        throw new AppError('forbidden', { action: 'public-update.draft', who: ['KETUA_TIM'] });
      }
      const [task] = await tx.query<{ published: boolean; status: TaskStatus }[]>(
        'SELECT published, status FROM tasks WHERE id = $1',
        [workspaceId],
      );
      if (!task?.published || STATUS_RULES[task.status].publicLabel === null) {
        throw new AppError('public.not-published', {});
      }
      const update = await this.updates.draft(tx, actor, wish, body, at);
      return {
        events: [event('public-update.drafted', workspaceId, { update })],
        authority: [authorityOf(workspaceId, access)],
      };
    });
  }

  /**
   * The PPID's word on a sentence. Of two at the same moment the first one counts.
   * @throws AppError `not-found` for what this person does not review, `public-update.not-pending`, `validation`
   */
  async review(actor: ActorView, wish: ReviewPublicUpdate): Promise<Receipt> {
    const reason = wish.verdict === 'RETURNED' ? (wish.reason ?? null) : null;
    const problem = wish.verdict === 'RETURNED' ? textProblem(reason, { max: LIMITS.note }) : null;
    if (problem) throw new AppError('validation', { fields: [{ field: 'reason', ...problem }] });
    return this.log.record(commandOf(actor, 'public-update.review', wish), async (tx, at) => {
      const roles = await this.organization.rolesOf(actor.id, dayOf(at), tx);
      const found = await lockUpdate(tx, wish.updateId, this.updates);
      if (!found || !mayReview(roles, found.coordinatingOpdId)) throw new AppError('not-found', {});
      if (found.update.status !== 'PENDING') {
        throw new AppError('public-update.not-pending', { status: found.update.status });
      }
      const update: PublicUpdateView = {
        ...found.update,
        status: wish.verdict,
        reviewedBy: actor,
        reviewedAt: at,
        reason,
      };
      await this.updates.saveReview(tx, update);
      return { events: [event('public-update.reviewed', update.taskId, { update })] };
    });
  }

  /**
   * One page of what waits for this PPID, the longest waiting first.
   * @throws AppError `forbidden` for everybody else
   */
  async queue(actor: ActorView, status: PublicUpdateStatus, after: string | undefined): Promise<QueuePage> {
    const scope = reviewScope(await this.organization.rolesOf(actor.id, this.today.day()));
    if (!scope) throw new AppError('forbidden', { action: 'public-update.review', who: ['PPID'] });
    const query = {
      status,
      opdIds: scope === 'city' ? null : scope.opdIds,
      after: after === undefined ? null : readCursor(after),
      limit: LIMITS.page + 1,
    };
    const items = await readQueue(this.source.manager, query, this.updates);
    const shown = items.slice(0, LIMITS.page);
    const last = shown.at(-1);
    return { items: shown, next: items.length > shown.length && last ? cursorOf(last.update) : null };
  }

  /**
   * Where citizens find the page of a task, for who may see its workspace.
   * @throws AppError `not-found`
   */
  async pathOf(actor: ActorView, workspaceId: string): Promise<string | null> {
    await this.access.of(actor.id, workspaceId);
    return readPublicPath(this.source.manager, workspaceId);
  }

  /**
   * Makes the page of a published task say this. Giving the same again changes nothing.
   * @param author who stands behind the sentences in the history of the task
   * @throws AppError `public.not-published`
   */
  async publishPage(
    author: ActorView,
    { taskId, slug, summary, updates, questions }: PublishPage,
  ): Promise<void> {
    const [task] = await this.source.query<{ published: boolean; status: TaskStatus }[]>(
      'SELECT published, status FROM tasks WHERE id = $1',
      [taskId],
    );
    if (!task?.published || STATUS_RULES[task.status].publicLabel === null) {
      throw new AppError('public.not-published', {});
    }
    for (const { id, body, at } of updates) await this.addApproved(author, taskId, { id, body, at });
    const frames = await this.source.transaction(async (tx) => {
      const [now] = await tx.query<{ at: Date }[]>(
        `SELECT date_trunc('milliseconds', clock_timestamp()) AS at`,
      );
      const at = updates.reduce((newest, update) => (update.at > newest ? update.at : newest), '');
      return this.projection.refresh(
        tx,
        taskId,
        { streamId: randomUUID(), seq: 0 },
        at || (now?.at ?? new Date()).toISOString(),
        slug ? { slug, summary, questions } : { summary, questions },
      );
    });
    this.log.announceDerived(frames);
  }

  private async addApproved(
    author: ActorView,
    taskId: string,
    { id, body, at }: PublishPage['updates'][number],
  ): Promise<void> {
    const known = await this.source.query<unknown[]>('SELECT 1 FROM public_updates WHERE id = $1', [id]);
    if (known.length > 0) return;
    const update: PublicUpdateView = {
      id,
      taskId,
      body,
      status: 'APPROVED',
      draftedBy: author,
      draftedAt: at,
      reviewedBy: null,
      reviewedAt: at,
      reason: null,
    };
    const wish = { commandId: uuidOf(`published ${id}`), taskId, body };
    await this.log.record(
      commandOf(author, 'public-update.publish', wish),
      async (tx) => {
        await this.updates.insert(tx, update);
        return { events: [event('public-update.reviewed', taskId, { update })] };
      },
      at,
    );
  }
}

function cursorOf({ draftedAt, id }: PublicUpdateView): string {
  return `${draftedAt}_${id}`;
}

const CURSOR = /^(.{24})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function readCursor(cursor: string): { at: Instant; id: string } {
  const [, at, id] = CURSOR.exec(cursor) ?? [];
  if (!id || !isMoment(at))
    throw new AppError('validation', { fields: [{ field: 'after', rule: 'invalid' }] });
  return { at, id };
}
