import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  AppError,
  awaitsDecider,
  dayOf,
  DECIDER_ROLES,
  isOpenDecision,
  isVerdict,
  LIMITS,
  READ_ONLY_STATUSES,
  samePost,
  type ActorView,
  type ClarifyDecision,
  type Instant,
  type ExtendDecision,
  type MakeDecision,
  type PostRef,
  type RequestDecision,
  type UndoDecision,
  type WithdrawDecision,
} from '#libs/contracts';
import {
  commandOf,
  DECISION_CLOCK,
  DECISION_EFFECT,
  event,
  holdTimers,
  WorkspaceLog,
  type NewEvent,
  type Receipt,
} from '#libs/database';
import { AccessService, authorityOf, refusalOf, type StreamAccess } from '../access/access.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { DecisionRequest, DecisionsService, newRequest, postOf } from '../tasks/decisions.service.js';
import { lockTask } from '../tasks/task-setup.service.js';
import { DecisionClocks } from './decision-clocks.service.js';
import { DecisionEffects } from './decision-effects.service.js';
import { assertComplete, decided, invalid, NOT_SAID, undone } from './outcome.js';
import { DecidingPosts, type PostHolder } from './posts.service.js';

interface Moment {
  tx: EntityManager;
  access: StreamAccess;
  task: { coordinatingOpdId: string };
  at: Instant;
  holdersOf: (post: PostRef) => readonly PostHolder[];
}

type DecisionEvent = 'decision.made' | 'decision.undone' | 'decision.clarified' | 'decision.withdrawn';

/**
 * Questions to a post and its answers, as people ask and give them. All changes of a task's decisions wait for each
 * other at the task's row, so of two deciders at the same moment the second finds what the first has said.
 */
@Injectable()
export class DecidingService {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
    private readonly decisions: DecisionsService,
    private readonly posts: DecidingPosts,
    private readonly effects: DecisionEffects,
    private readonly clocks: DecisionClocks,
  ) {}

  /**
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `validation`, `decision.own`,
   * `decision.not-in-force`, `organization.duplicate` for a known id
   */
  request(actor: ActorView, wish: RequestDecision): Promise<Receipt> {
    const { workspaceId: taskId, decisionId: id, dueDate = null, supersedes = null } = wish;
    return this.change(actor, 'decision.request', wish, async (moment) => {
      const { tx, access, at } = moment;
      if (!access.askDecisions)
        throw refusalOf(access, 'decision.request', ['ANGGOTA', 'KETUA_TIM', 'KEPALA_OPD']);
      if (await tx.existsBy(DecisionRequest, { id }))
        throw new AppError('organization.duplicate', { field: 'decisionId' });
      if (dueDate !== null && dueDate < dayOf(at)) throw invalid('dueDate', 'out-of-range');
      const post = refOf(wish.decider);
      const holder = holderOf(moment, post, 'decider', actor);
      if (supersedes !== null) await this.assertReplaceable(tx, taskId, supersedes);
      const row = newRequest(tx, {
        id,
        taskId,
        title: wish.title,
        question: wish.question ?? '',
        options: wish.options,
        recommendation: wish.recommendation ?? null,
        consequence: wish.consequence ?? null,
        basis: wish.basis ?? null,
        postRole: post.role,
        postOpdId: post.opdId,
        deciderId: holder.personId,
        requestedBy: actor.id,
        requestedAt: new Date(at),
        dueDate,
        supersedes,
      });
      await this.clocks.begin(tx, row, moment.task, at);
      await tx.insert(DecisionRequest, row);
      await this.clocks.follow(tx, row, moment.task);
      return event('decision.requested', taskId, { decision: await this.decisions.view(tx, row) });
    });
  }

  /**
   * What the holder of the post says on that day. It takes effect after the time in which it can be undone.
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `validation`, `decision.own`, `decision.not-pending`
   */
  decide(actor: ActorView, wish: MakeDecision): Promise<Receipt> {
    return this.change(actor, 'decision.decide', wish, async (moment) => {
      const { tx, access, at } = moment;
      const row = await this.find(tx, wish);
      const post = postOf(row);
      const may = post ? access.decideAs.some((own) => samePost(own, post)) : row.deciderId === actor.id;
      if (!may || READ_ONLY_STATUSES.has(access.status))
        throw refusalOf(access, 'decision.decide', post ? [post.role] : []);
      if (!awaitsDecider(row.status)) throw await this.notPending(tx, row);
      if (row.requestedBy === actor.id) throw new AppError('decision.own', {});
      assertComplete(wish, row.options);
      const forward = wish.forwardTo ? refOf(wish.forwardTo) : null;
      if (forward && post && samePost(forward, post)) throw invalid('forwardTo', 'not-one-of');
      const next = forward && {
        post: { postRole: forward.role, postOpdId: forward.opdId },
        deciderId: holderOf(moment, forward, 'forwardTo', actor).personId,
      };
      const how = post && moment.holdersOf(post).find(({ personId }) => personId === actor.id);
      const effectiveAt = new Date((await now(tx)).getTime() + LIMITS.undoSeconds * 1_000);
      decided(row, wish, { actor, at, effectiveAt }, how ?? undefined, next);
      if (next) await this.clocks.handOn(tx, row, moment.task, at);
      return this.told(moment, 'decision.made', row);
    });
  }

  /** By the one who spoke, before it takes effect. @throws AppError `not-found`, `forbidden`, `decision.undo-over` */
  undo(actor: ActorView, wish: UndoDecision): Promise<Receipt> {
    return this.change(actor, 'decision.undo', wish, async (moment) => {
      const { tx } = moment;
      const row = await this.find(tx, wish);
      if (row.decidedBy !== null && row.decidedBy !== actor.id)
        throw new AppError('forbidden', { action: 'decision.undo' });
      if (!row.effectiveAt || row.effective || !row.undoneTo || (await now(tx)) >= row.effectiveAt)
        throw new AppError('decision.undo-over', {});
      return this.told(moment, 'decision.undone', undone(row));
    });
  }

  /** Answers the question back, by who asked or the lead. @throws AppError `not-found`, `task.read-only`, `forbidden`, `decision.not-pending` */
  clarify(actor: ActorView, wish: ClarifyDecision): Promise<Receipt> {
    return this.change(actor, 'decision.clarify', wish, async (moment) => {
      const { tx, access, at } = moment;
      const row = await this.find(tx, wish);
      assertAsker(actor, row, access, 'decision.clarify');
      if (row.status !== 'CLARIFICATION_REQUESTED' || !row.clarification)
        throw await this.notPending(tx, row);
      const post = postOf(row);
      const [holder] = post ? moment.holdersOf(post) : [];
      const clarification = {
        ...row.clarification,
        answer: wish.answer,
        answeredBy: actor.id,
        answeredAt: at,
      };
      const deciderId = holder?.personId ?? row.deciderId;
      Object.assign(row, { ...NOT_SAID, status: 'PENDING' as const, clarification, deciderId });
      await this.clocks.resume(tx, row, at);
      return this.told(moment, 'decision.clarified', row);
    });
  }

  /** By who asked or the lead. @throws AppError `not-found`, `task.read-only`, `forbidden`, `decision.not-pending` */
  withdraw(actor: ActorView, wish: WithdrawDecision): Promise<Receipt> {
    return this.change(actor, 'decision.withdraw', wish, async (moment) => {
      const { tx, access, at } = moment;
      const row = await this.find(tx, wish);
      assertAsker(actor, row, access, 'decision.withdraw');
      if (!isOpenDecision(row.status)) throw await this.notPending(tx, row);
      return this.told(
        moment,
        'decision.withdrawn',
        Object.assign(row, { ...NOT_SAID, status: 'WITHDRAWN' as const, decidedAt: new Date(at) }),
      );
    });
  }

  /**
   * More time, given by the post that decides or by one above it, and not to oneself. It holds at once.
   * @throws AppError `not-found`, `forbidden`, `validation`, `decision.own`, `decision.not-pending`
   */
  extend(actor: ActorView, wish: ExtendDecision): Promise<Receipt> {
    return this.change(actor, 'decision.extend', wish, async (moment) => {
      const { tx, access, at, task } = moment;
      const { dueDate, reason } = wish;
      const row = await this.find(tx, wish);
      const post = postOf(row);
      const may = post !== null && access.decideAs.some((own) => samePost(own, post) || isAbove(own, post));
      if (!may || READ_ONLY_STATUSES.has(access.status))
        throw refusalOf(access, 'decision.extend', post ? [post.role] : []);
      if (!awaitsDecider(row.status)) throw await this.notPending(tx, row);
      if (row.requestedBy === actor.id) throw new AppError('decision.own', {});
      const from = row.dueDate;
      if (dueDate < dayOf(at) || (from !== null && dueDate <= from)) throw invalid('dueDate', 'out-of-range');
      await this.clocks.extend(tx, row, task, at, dueDate);
      await this.save(moment, row);
      const decision = await this.decisions.view(tx, row);
      return event('decision.extended', row.taskId, { decision, from, reason });
    });
  }

  private async save({ tx, task }: Moment, row: DecisionRequest): Promise<void> {
    await tx.save(DecisionRequest, row);
    await this.effects.follow(tx, row);
    await this.clocks.follow(tx, row, task);
  }

  private async told(moment: Moment, type: DecisionEvent, row: DecisionRequest): Promise<NewEvent> {
    const { tx } = moment;
    await this.save(moment, row);
    return event(type, row.taskId, { decision: await this.decisions.view(tx, row) });
  }

  private async find(
    tx: EntityManager,
    { workspaceId: taskId, decisionId: id }: UndoDecision,
  ): Promise<DecisionRequest> {
    const row = await tx.findOneBy(DecisionRequest, { id, taskId });
    if (!row) throw new AppError('not-found', {});
    return row;
  }

  private async notPending(
    tx: EntityManager,
    { status, decidedBy }: DecisionRequest,
  ): Promise<AppError<'decision.not-pending'>> {
    const by = decidedBy && (await this.organization.namesOf([decidedBy], [], tx)).person(decidedBy).name;
    return new AppError('decision.not-pending', { status, by });
  }

  private async assertReplaceable(tx: EntityManager, taskId: string, id: string): Promise<void> {
    const old = await tx.findOneBy(DecisionRequest, { id, taskId });
    if (!old) throw invalid('supersedes', 'not-one-of');
    if (!isVerdict(old.status) || !old.effective)
      throw new AppError('decision.not-in-force', { status: old.status });
  }

  private change(
    actor: ActorView,
    type: string,
    wish: { workspaceId: string; commandId: string; decisionId: string },
    work: (moment: Moment) => Promise<NewEvent>,
  ): Promise<Receipt> {
    const { workspaceId, decisionId } = wish;
    return this.log.record(commandOf(actor, type, wish), async (tx, at) => {
      await holdTimers(tx, [DECISION_EFFECT, DECISION_CLOCK], decisionId);
      const task = await lockTask(tx, workspaceId);
      const day = dayOf(at);
      const access = await this.access.of(actor.id, workspaceId, tx, day);
      const holdersOf = await this.posts.holders(tx, workspaceId, day);
      const told = await work({ tx, access, task, at, holdersOf });
      return { events: [told], authority: [authorityOf(workspaceId, access)] };
    });
  }
}

/** Who would be asked: a post of this task that somebody holds, and not the asking person. */
function holderOf(
  { access, holdersOf }: Moment,
  post: PostRef,
  field: 'decider' | 'forwardTo',
  actor: ActorView,
): PostHolder {
  const [holder] = access.deciders.some((one) => samePost(one, post)) ? holdersOf(post) : [];
  if (!holder) throw invalid(field, 'not-one-of');
  if (holder.personId === actor.id) throw new AppError('decision.own', {});
  return holder;
}

/** Of the city's posts, which stand above all that come before them. */
function isAbove(own: PostRef, post: PostRef): boolean {
  return own.role !== 'KEPALA_OPD' && DECIDER_ROLES.indexOf(own.role) > DECIDER_ROLES.indexOf(post.role);
}

function assertAsker(actor: ActorView, row: DecisionRequest, access: StreamAccess, action: string): void {
  if (access.askDecisions && (row.requestedBy === actor.id || access.moderate)) return;
  throw refusalOf(access, action, ['KETUA_TIM']);
}

function refOf({ role, opdId }: PostRef): PostRef {
  return { role, opdId: opdId ?? null };
}

/** The database's time at this statement: the transaction may have waited since it began. */
async function now(tx: EntityManager): Promise<Date> {
  const [row] = await tx.query<{ now: Date }[]>(
    `SELECT date_trunc('milliseconds', clock_timestamp()) AS now`,
  );
  if (!row) throw new Error('the database told no time');
  return row.now;
}
