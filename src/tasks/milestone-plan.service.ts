import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  AppError,
  dayOf,
  LIMITS,
  type ActorView,
  type FieldProblem,
  type MoveMilestone,
  type PlanMilestone,
} from '#libs/contracts';
import { commandOf, event, WorkspaceLog, type NewEvent, type Receipt } from '#libs/database';
import { AccessService, authorityOf, refusalOf } from '../access/access.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { Milestone, toMilestoneView } from './milestone.entity.js';
import { TaskOpd } from './task-opd.entity.js';
import { TaskSetupService } from './task-setup.service.js';
import { lockTask } from './task.lock.js';

/** Which milestones a task has, whose they are, by when, and in which order: the lead plans, once the task is assigned. */
@Injectable()
export class MilestonePlanService {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
    private readonly setup: TaskSetupService,
  ) {}

  /**
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `validation`, `milestone.too-many`,
   * `organization.duplicate` for a known id
   */
  add(actor: ActorView, wish: PlanMilestone): Promise<Receipt> {
    const { workspaceId: taskId, milestoneId, title, opdId, dueDate = null, after = null } = wish;
    return this.change(actor, 'milestone.add', wish, async (tx, milestones) => {
      if (milestones.length >= LIMITS.milestones)
        throw new AppError('milestone.too-many', { limit: LIMITS.milestones });
      if (await tx.existsBy(Milestone, { id: milestoneId }))
        throw new AppError('organization.duplicate', { field: 'milestoneId' });
      await this.assertFits(tx, wish, milestones);
      return this.setup.milestone(tx, { taskId, milestoneId, title, opdId, dueDate, after });
    });
  }

  /** @throws AppError `not-found`, `task.read-only`, `forbidden`, `validation` */
  plan(actor: ActorView, wish: PlanMilestone): Promise<Receipt> {
    const { workspaceId, milestoneId, title, opdId, dueDate = null, after = null } = wish;
    return this.change(actor, 'milestone.plan', wish, async (tx, milestones) => {
      const row = milestones.find(({ id }) => id === milestoneId);
      if (!row) throw new AppError('not-found', {});
      await this.assertFits(tx, wish, milestones);
      const names = await this.organization.namesOf([], [row.opdId, opdId], tx);
      const was = { title: row.title, opd: names.opd(row.opdId), dueDate: row.dueDate, after: row.after };
      const plan = { title, opdId, dueDate, after };
      await tx.update(Milestone, { id: milestoneId }, plan);
      const milestone = toMilestoneView(Object.assign(row, plan), names);
      return [event('milestone.planned', workspaceId, { milestone, was })];
    });
  }

  /** A place behind the last is the last. @throws AppError `not-found`, `task.read-only`, `forbidden` */
  move(actor: ActorView, wish: MoveMilestone): Promise<Receipt> {
    const { workspaceId, milestoneId, place } = wish;
    return this.change(actor, 'milestone.move', wish, async (tx, milestones) => {
      if (!milestones.some(({ id }) => id === milestoneId)) throw new AppError('not-found', {});
      const order = milestones.map(({ id }) => id).filter((id) => id !== milestoneId);
      order.splice(place - 1, 0, milestoneId);
      // Two have the same place in between.
      await tx.query('SET CONSTRAINTS milestones_task_id_position_key DEFERRED');
      await tx.query(
        `UPDATE milestones m SET position = o.place
         FROM unnest($2::uuid[]) WITH ORDINALITY AS o(id, place) WHERE m.task_id = $1 AND m.id = o.id`,
        [workspaceId, order],
      );
      return [event('milestones.ordered', workspaceId, { order })];
    });
  }

  private async assertFits(
    tx: EntityManager,
    { workspaceId: taskId, milestoneId, opdId, after }: PlanMilestone,
    milestones: readonly Milestone[],
  ): Promise<void> {
    const unit = await tx.findOneBy(TaskOpd, { taskId, opdId });
    if (!unit || unit.acceptance === 'DECLINED') throw invalid({ field: 'opdId', rule: 'not-one-of' });
    // One that waits for itself, through others or not, would wait for ever.
    for (let at = after, steps = 0; at != null; steps++) {
      const before = milestones.find(({ id }) => id === at);
      if (!before || at === milestoneId || steps > milestones.length)
        throw invalid({ field: 'after', rule: 'not-one-of' });
      at = before.after ?? undefined;
    }
  }

  private change(
    actor: ActorView,
    type: string,
    wish: { workspaceId: string; commandId: string },
    work: (tx: EntityManager, milestones: Milestone[]) => Promise<NewEvent[]>,
  ): Promise<Receipt> {
    const { workspaceId: taskId } = wish;
    return this.log.record(commandOf(actor, type, wish), async (tx, at) => {
      await lockTask(tx, taskId);
      const access = await this.access.of(actor.id, taskId, tx, dayOf(at));
      if (access.milestones !== 'all') throw refusalOf(access, type, ['KETUA_TIM']);
      const milestones = await tx.find(Milestone, { where: { taskId }, order: { position: 'ASC' } });
      return { events: await work(tx, milestones), authority: [authorityOf(taskId, access)] };
    });
  }
}

function invalid(problem: FieldProblem): AppError {
  return new AppError('validation', { fields: [problem] });
}
