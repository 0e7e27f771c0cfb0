import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  AppError,
  clockFrom,
  DECIDER_ROLES,
  dayOf,
  type ActorView,
  type Day,
  type DecisionRequestView,
  type Instant,
  type PostRef,
} from '#libs/contracts';
import {
  cancelTimer,
  commandOf,
  DECISION_CLOCK,
  event,
  holdTimers,
  scheduleTimer,
  WorkspaceLog,
  type Receipt,
} from '#libs/database';
import { OrganizationService } from '../organization/organization.service.js';
import { WorkingTimeService } from '../working-time/working-time.service.js';
import { DecisionRequest, peopleIn, toDecisionView, unitsIn } from './decision-request.entity.js';
import type { DecisionAnswer, NewDecision } from './task-setup.js';
import { lockTask } from './task.lock.js';

export { DecisionRequest, postOf, type BeforeDecision } from './decision-request.entity.js';

/** The record of questions and decisions, and what an import says of the past. Whoever calls has made sure that the actor may. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly organization: OrganizationService,
    private readonly times: WorkingTimeService,
  ) {}

  requestDecision(actor: ActorView, wish: NewDecision, occurredAt?: Instant): Promise<Receipt> {
    const { taskId, deciderId } = wish;
    return this.log.record(
      commandOf(actor, 'decision.request', wish),
      async (tx, at) => {
        const { coordinatingOpdId } = await lockTask(tx, taskId);
        const post = await this.highestPost(tx, deciderId, dayOf(at));
        const row = newRequest(tx, {
          id: wish.decisionId,
          taskId,
          title: wish.title,
          question: wish.question,
          options: wish.options,
          postRole: post?.role ?? null,
          postOpdId: post?.opdId ?? null,
          deciderId,
          requestedBy: actor.id,
          requestedAt: new Date(at),
          dueDate: wish.dueDate,
        });
        const opdId = post?.role === 'KETUA_TIM' ? coordinatingOpdId : (post?.opdId ?? null);
        if (post) await this.setClock(tx, row, opdId, at);
        await tx.insert(DecisionRequest, row);
        return { events: [event('decision.requested', taskId, { decision: await this.view(tx, row) })] };
      },
      occurredAt,
    );
  }

  /** What was decided elsewhere holds at once. @throws AppError `not-found` for what is not there or is decided already */
  decide(actor: ActorView, wish: DecisionAnswer, occurredAt?: Instant): Promise<Receipt> {
    const { taskId, decisionId, status, decision, basis } = wish;
    return this.log.record(
      commandOf(actor, 'decision.make', wish),
      async (tx, at) => {
        await holdTimers(tx, [DECISION_CLOCK], decisionId);
        await lockTask(tx, taskId);
        const row = await tx.findOneBy(DecisionRequest, { id: decisionId, taskId, status: 'PENDING' });
        if (!row) throw new AppError('not-found', {});
        const decidedAt = new Date(at);
        await cancelTimer(tx, DECISION_CLOCK, decisionId);
        const verdict = status === 'WITHDRAWN' ? null : status;
        await tx.save(
          DecisionRequest,
          Object.assign(row, {
            ...{ status, decision, basis, decidedAt, outcome: verdict, effective: true },
            decidedBy: verdict && actor.id,
            effectiveAt: verdict && decidedAt,
          }),
        );
        return { events: [event('decision.made', taskId, { decision: await this.view(tx, row) })] };
      },
      occurredAt,
    );
  }

  async view(tx: EntityManager, row: DecisionRequest): Promise<DecisionRequestView> {
    return toDecisionView(row, await this.organization.namesOf(peopleIn(row), unitsIn(row), tx));
  }

  /** What was to be told before it came here is no news any more; the timer finds what is next. */
  private async setClock(
    tx: EntityManager,
    row: DecisionRequest,
    opdId: string | null,
    at: Instant,
  ): Promise<void> {
    const { id: key, taskId, dueDate } = row;
    const toldUntil = new Date().toISOString();
    row.clock = { ...clockFrom(at, dueDate, opdId, await this.times.of(opdId, tx)), told: [], toldUntil };
    row.dueDate ??= dayOf(row.clock.dueAt);
    row.firstDueDate = row.dueDate;
    await scheduleTimer(tx, { kind: DECISION_CLOCK, key, at: toldUntil, payload: { taskId } });
  }

  /** The post by which a named person decides; null when they have none that does. */
  private async highestPost(tx: EntityManager, personId: string, day: Day): Promise<PostRef | null> {
    const roles = await this.organization.rolesOf(personId, day, tx);
    const posts = DECIDER_ROLES.flatMap((role) =>
      roles.filter((held) => held.role === role).map(({ opdId }): PostRef => ({ role, opdId })),
    );
    return posts.at(-1) ?? null;
  }
}

type Asked = Pick<
  DecisionRequest,
  | 'id'
  | 'taskId'
  | 'title'
  | 'question'
  | 'options'
  | 'postRole'
  | 'postOpdId'
  | 'deciderId'
  | 'requestedBy'
  | 'requestedAt'
  | 'dueDate'
> &
  Partial<Pick<DecisionRequest, 'recommendation' | 'consequence' | 'basis' | 'supersedes'>>;

/** A request that waits. */
export function newRequest(tx: EntityManager, asked: Asked): DecisionRequest {
  return tx.create(DecisionRequest, {
    recommendation: null,
    consequence: null,
    basis: null,
    supersedes: null,
    firstDueDate: null,
    clock: null,
    ...asked,
    status: 'PENDING',
    outcome: null,
    decision: null,
    chosenOption: null,
    note: null,
    decidedAt: null,
    decidedBy: null,
    decidedAs: null,
    onBehalfOf: null,
    effectiveAt: null,
    effective: false,
    round: 0,
    forwards: 0,
    clarification: null,
    undoneTo: null,
    supersededBy: null,
  });
}
