import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  awaitsDecider,
  clockFrom,
  clockHandedOn,
  clockResumed,
  dayOf,
  READ_ONLY_STATUSES,
  type ClockTimes,
  type Day,
  type Instant,
  type PostRef,
  type WorkingTime,
} from '#libs/contracts';
import {
  cancelTimer,
  commandOf,
  DECISION_CLOCK,
  event,
  scheduleTimer,
  SYSTEM_ACTOR,
  WorkspaceLog,
  type NewEvent,
  type Timer,
  type TimerKind,
} from '#libs/database';
import { EscalationService } from '../escalation/escalation.service.js';
import type { LadderStep } from '../escalation/escalation.service.js';
import { DecisionRequest, DecisionsService, postOf } from '../tasks/decisions.service.js';
import { lockTask } from '../tasks/task-setup.service.js';
import { WorkingTimeService } from '../working-time/working-time.service.js';
import { DecidingPosts } from './posts.service.js';

/** The unit that coordinates the task: a team lead works by its time. */
type Coordinated = { coordinatingOpdId: string };

/**
 * The clock of a question: by when its post decides, in the working time of the post's unit, and who is told when that
 * time goes by. One timer for each question stands at the next step of the ladder.
 */
@Injectable()
export class DecisionClocks implements TimerKind {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly decisions: DecisionsService,
    private readonly escalation: EscalationService,
    private readonly times: WorkingTimeService,
    private readonly posts: DecidingPosts,
  ) {}

  /** A question was asked. Where no day was named the clock names one. */
  async begin(tx: EntityManager, row: DecisionRequest, task: Coordinated, at: Instant): Promise<void> {
    await this.lay(tx, row, task, at, (opdId, time) => clockFrom(at, row.dueDate, opdId, time));
    row.dueDate ??= row.clock && dayOf(row.clock.dueAt);
    row.firstDueDate = row.dueDate;
  }

  /** It is asked of another post. */
  async handOn(tx: EntityManager, row: DecisionRequest, task: Coordinated, at: Instant): Promise<void> {
    const { clock } = row;
    await this.lay(tx, row, task, at, (opdId, time) =>
      clock ? clockHandedOn(clock, at, opdId, time) : clockFrom(at, row.dueDate, opdId, time),
    );
    row.dueDate = row.clock && dayOf(row.clock.dueAt);
  }

  /** It has until another day. */
  async extend(
    tx: EntityManager,
    row: DecisionRequest,
    task: Coordinated,
    at: Instant,
    dueDate: Day,
  ): Promise<void> {
    row.dueDate = dueDate;
    await this.lay(tx, row, task, at, (opdId, time) => clockFrom(at, dueDate, opdId, time));
  }

  /** What was asked back is explained. */
  async resume(tx: EntityManager, row: DecisionRequest, at: Instant): Promise<void> {
    if (!row.clock) return;
    const time = await this.times.of(row.clock.opdId, tx);
    row.clock = { ...row.clock, ...clockResumed(row.clock, at, time) };
    row.dueDate = dayOf(row.clock.dueAt);
  }

  /** Sets the timer to the next step, or takes it away where nothing waits for the decider. */
  async follow(tx: EntityManager, row: DecisionRequest, task: Coordinated): Promise<void> {
    const { id, taskId } = row;
    const [next] = await this.stepsLeft(tx, row, task);
    if (!next) await cancelTimer(tx, DECISION_CLOCK, id);
    else await scheduleTimer(tx, { kind: DECISION_CLOCK, key: id, at: next.at, payload: { taskId } });
  }

  /** Nobody is told anything outside working hours: at the end of a day it is the next morning. */
  async within(tx: EntityManager, { key: id }: Timer): Promise<WorkingTime> {
    const row = await tx.findOneBy(DecisionRequest, { id });
    return this.times.of(row?.clock?.opdId ?? null, tx);
  }

  async fire(tx: EntityManager, { key: id, now, payload }: Timer): Promise<(() => void) | undefined> {
    const { taskId } = payload as { taskId: string };
    const task = await lockTask(tx, taskId);
    const row = await tx.findOneBy(DecisionRequest, { id });
    // A task that is closed waits for nobody; opened anew it goes on with the next change of the question.
    if (!row || READ_ONLY_STATUSES.has(task.status)) return undefined;
    const events: NewEvent[] = [];
    for (const step of await this.stepsLeft(tx, row, task)) {
      if (step.at > now || !row.clock) break;
      const told = {
        kind: step.kind,
        at: now,
        post: step.to,
        personIds: await this.holders(tx, row, step, now),
      };
      row.clock = { ...row.clock, told: [...row.clock.told, told], toldUntil: step.at };
      events.push(event('decision.reminded', taskId, { decision: await this.decisions.view(tx, row) }));
    }
    await tx.save(DecisionRequest, row);
    await this.follow(tx, row, task);
    if (events.length === 0) return undefined;
    // Asked for by nobody, so the id is a new one each time it is tried.
    const command = commandOf(SYSTEM_ACTOR, DECISION_CLOCK, { commandId: randomUUID() });
    return this.log.recordWithin(tx, command, events, now);
  }

  private async lay(
    tx: EntityManager,
    row: DecisionRequest,
    task: Coordinated,
    at: Instant,
    timesOf: (opdId: string | null, time: WorkingTime) => ClockTimes,
  ): Promise<void> {
    const owner = ownerOf(row, task);
    if (!owner) return;
    const time = await this.times.of(owner.opdId, tx);
    row.clock = { ...timesOf(owner.opdId, time), told: [], toldUntil: at };
  }

  /** What is still to be told, by the organisation as it is known now. */
  private async stepsLeft(tx: EntityManager, row: DecisionRequest, task: Coordinated): Promise<LadderStep[]> {
    const owner = ownerOf(row, task);
    const { clock } = row;
    if (!owner || !clock || clock.pausedAt !== null || !awaitsDecider(row.status)) return [];
    const { askedAt, remindAt, dueAt, toldUntil } = clock;
    const steps = await this.escalation.ladder({ owner, askedAt, remindAt, dueAt }, clock.opdId, tx);
    return steps.filter(({ at }) => at > toldUntil);
  }

  /** Who holds the post when it is told, which may be a day after the step was due. */
  private async holders(
    tx: EntityManager,
    { taskId }: DecisionRequest,
    { to, personIds }: LadderStep,
    now: Instant,
  ): Promise<string[]> {
    const holders = (await this.posts.holders(tx, taskId, dayOf(now)))(to);
    return holders.length > 0 ? holders.map(({ personId }) => personId) : [...personIds];
  }
}

/** The post that has to answer, a team lead's with its unit; null where only a person was named. */
function ownerOf(row: DecisionRequest, { coordinatingOpdId }: Coordinated): PostRef | null {
  const post = postOf(row);
  return post?.role === 'KETUA_TIM' ? { ...post, opdId: coordinatingOpdId } : post;
}
