import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError, type ActorView, type Instant } from '#libs/contracts';
import { commandOf, event, uuidOf, WorkspaceLog, type NewEvent, type Receipt } from '#libs/database';
import { OrganizationService } from '../organization/organization.service.js';
import { StatusChange, toStatusChangeView } from './status-change.entity.js';
import { TaskOpd, toTaskOpdView } from './task-opd.entity.js';
import { Milestone, toMilestoneView } from './milestone.entity.js';
import type { NewMilestone, NewTask, NewTaskOpd, OpdAnswer, TaskUpdate } from './task-setup.js';
import { Task, toTaskView } from './task.entity.js';
import { lockTask } from './task.lock.js';

export { afterAll, lockTask } from './task.lock.js';
export type { Task } from './task.entity.js';

/**
 * How a task comes to be: its record, its units, its milestones. Whoever calls has made sure that the actor may. Only
 * the import gives a past moment as `occurredAt`.
 */
@Injectable()
export class TaskSetupService {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly organization: OrganizationService,
  ) {}

  /** @throws AppError `organization.duplicate` for a known code */
  createTask(actor: ActorView, wish: NewTask, occurredAt?: Instant): Promise<Receipt> {
    return this.log.record(
      commandOf(actor, 'task.create', wish),
      async (tx, at) => ({ events: await this.draft(tx, actor, wish, at) }),
      occurredAt,
    );
  }

  /** A draft, and its workspace's numbered history. @throws AppError `organization.duplicate` for a known code */
  async draft(tx: EntityManager, actor: ActorView, wish: NewTask, now: Instant): Promise<NewEvent[]> {
    const { taskId } = wish;
    if (await tx.existsBy(Task, { code: wish.code }))
      throw new AppError('organization.duplicate', { field: 'code' });
    if (await tx.existsBy(Task, { id: taskId }))
      throw new AppError('organization.duplicate', { field: 'id' });
    const at = new Date(now);
    const task = draftOf(tx, actor, wish, at);
    await tx.insert(Task, task);
    await this.log.openStream(tx, taskId, 'workspace');
    const opds = opdsOf(tx, wish, at);
    await tx.insert(TaskOpd, opds);
    const change = tx.create(StatusChange, {
      id: uuidOf(`status ${actor.id} ${wish.commandId}`),
      taskId,
      from: null,
      to: 'DRAFT',
      at,
      byId: actor.id,
      note: wish.note,
    });
    await tx.insert(StatusChange, change);
    const names = await this.organization.namesOf(
      [task.steeringId],
      opds.map((row) => row.opdId),
      tx,
    );
    return [
      event('task.created', taskId, {
        task: toTaskView(task, names),
        opds: opds.map((row) => toTaskOpdView(row, names)),
      }),
      event('task.status-changed', taskId, { change: toStatusChangeView(change, actor) }),
    ];
  }

  /** Changes what a task says about itself, among it whether citizens see it. */
  updateTask(actor: ActorView, wish: TaskUpdate, occurredAt?: Instant): Promise<Receipt> {
    const { commandId: _, taskId, ...changes } = wish;
    return this.change(actor, 'task.update', wish, occurredAt, async (tx, task) => {
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      if (Object.keys(given).length > 0) await tx.update(Task, { id: taskId }, given);
      return [await this.updated(tx, Object.assign(task, given))];
    });
  }

  /** Adds a supporting unit, not yet asked. @throws AppError `organization.duplicate` */
  addOpd(actor: ActorView, wish: NewTaskOpd, occurredAt?: Instant): Promise<Receipt> {
    const { taskId, opdId, role } = wish;
    return this.change(actor, 'task.add-opd', wish, occurredAt, async (tx) => {
      if (await tx.existsBy(TaskOpd, { taskId, opdId }))
        throw new AppError('organization.duplicate', { field: 'opdId' });
      const row = tx.create(TaskOpd, {
        taskId,
        opdId,
        role,
        coordinating: false,
        acceptance: 'NOT_REQUESTED',
        answeredAt: null,
        reason: null,
        position: await tx.countBy(TaskOpd, { taskId }),
      });
      await tx.insert(TaskOpd, row);
      return [await this.acceptanceChanged(tx, row)];
    });
  }

  /** A unit is asked, accepts or declines. @throws AppError `not-found` when it takes no part */
  answerOpd(actor: ActorView, wish: OpdAnswer, occurredAt?: Instant): Promise<Receipt> {
    return this.change(actor, 'task.answer-opd', wish, occurredAt, (tx, task, at) =>
      this.answered(tx, task.id, wish, at),
    );
  }

  /** What `answerOpd` writes. @throws AppError `not-found` */
  async answered(
    tx: EntityManager,
    taskId: string,
    { opdId, acceptance, reason = null }: Pick<OpdAnswer, 'opdId' | 'acceptance' | 'reason'>,
    at: Instant,
  ): Promise<NewEvent[]> {
    const row = await tx.findOneBy(TaskOpd, { taskId, opdId, coordinating: false });
    if (!row) throw new AppError('not-found', {});
    const isAnswer = acceptance === 'ACCEPTED' || acceptance === 'DECLINED';
    const changes = { acceptance, answeredAt: isAnswer ? new Date(at) : null, reason };
    await tx.update(TaskOpd, { taskId, opdId }, changes);
    return [await this.acceptanceChanged(tx, Object.assign(row, changes))];
  }

  /**
   * One more supporting unit: asked at once when the task is assigned, with the assignment before that. A unit that
   * was not asked or has declined is asked again. @throws AppError `opd.already-in`
   */
  async ask(tx: EntityManager, task: Task, opdId: string, role: string): Promise<NewEvent[]> {
    const { id: taskId, status } = task;
    const known = await tx.findOneBy(TaskOpd, { taskId, opdId });
    const assigned = status !== 'DRAFT' && status !== 'PROPOSED';
    const open = known === null || known.acceptance === 'DECLINED' || known.acceptance === 'NOT_REQUESTED';
    if (!open || (known && !assigned)) throw new AppError('opd.already-in', {});
    const row = tx.create(TaskOpd, {
      taskId,
      opdId,
      role: role === '' ? (known?.role ?? '') : role,
      coordinating: false,
      acceptance: assigned ? 'PENDING' : 'NOT_REQUESTED',
      answeredAt: null,
      reason: null,
      position: known?.position ?? (await tx.countBy(TaskOpd, { taskId })),
    });
    await tx.upsert(TaskOpd, row, ['taskId', 'opdId']);
    return [await this.acceptanceChanged(tx, row)];
  }

  addMilestone(actor: ActorView, wish: NewMilestone, occurredAt?: Instant): Promise<Receipt> {
    return this.change(actor, 'milestone.add', wish, occurredAt, (tx) => this.milestone(tx, wish));
  }

  /** Behind the milestones that are there. */
  async milestone(tx: EntityManager, wish: Omit<NewMilestone, 'commandId'>): Promise<NewEvent[]> {
    const { taskId } = wish;
    const last = await tx.maximum(Milestone, 'position', { taskId });
    const row = tx.create(Milestone, {
      id: wish.milestoneId,
      taskId,
      position: (last ?? 0) + 1,
      title: wish.title,
      opdId: wish.opdId,
      dueDate: wish.dueDate,
      status: wish.status ?? 'NOT_STARTED',
      completedOn: wish.completedOn ?? null,
      note: wish.note ?? null,
      public: wish.public ?? false,
      after: wish.after ?? null,
    });
    await tx.insert(Milestone, row);
    const names = await this.organization.namesOf([], [row.opdId], tx);
    return [event('milestone.added', taskId, { milestone: toMilestoneView(row, names) })];
  }

  /** The event that tells what a task says about itself now. */
  async updated(tx: EntityManager, task: Task): Promise<NewEvent> {
    const names = await this.organization.namesOf(
      [task.steeringId, task.teamLeadId],
      [task.coordinatingOpdId],
      tx,
    );
    return event('task.updated', task.id, { task: toTaskView(task, names) });
  }

  private async acceptanceChanged(tx: EntityManager, row: TaskOpd): Promise<NewEvent> {
    const names = await this.organization.namesOf([], [row.opdId], tx);
    return event('opd.acceptance-changed', row.taskId, { opd: toTaskOpdView(row, names) });
  }

  private change(
    actor: ActorView,
    type: string,
    wish: { commandId: string; taskId: string },
    occurredAt: Instant | undefined,
    work: (tx: EntityManager, task: Task, at: Instant) => Promise<NewEvent[]>,
  ): Promise<Receipt> {
    return this.log.record(
      commandOf(actor, type, wish),
      async (tx, at) => ({ events: await work(tx, await lockTask(tx, wish.taskId), at) }),
      occurredAt,
    );
  }
}

function draftOf(tx: EntityManager, actor: ActorView, wish: NewTask, at: Date): Task {
  return tx.create(Task, {
    id: wish.taskId,
    code: wish.code,
    title: wish.title,
    description: wish.description,
    category: wish.category,
    priority: wish.priority,
    priorityProgram: wish.priorityProgram,
    confidentiality: wish.confidentiality,
    status: 'DRAFT',
    statusSince: at,
    coordinatingOpdId: wish.coordinatingOpdId,
    steeringId: wish.steeringId,
    teamLeadId: null,
    createdBy: actor.id,
    locations: wish.locations,
    externalPartners: wish.externalPartners,
    assignmentLetter: wish.assignmentLetter,
    startDate: wish.startDate,
    dueDate: wish.dueDate,
    originalDueDate: wish.dueDate,
    published: false,
    createdAt: at,
  });
}

function opdsOf(tx: EntityManager, wish: NewTask, at: Date): TaskOpd[] {
  const { taskId } = wish;
  const coordinating = tx.create(TaskOpd, {
    taskId,
    opdId: wish.coordinatingOpdId,
    coordinating: true,
    role: wish.coordinatingRole,
    acceptance: 'ACCEPTED',
    answeredAt: at,
    reason: null,
    position: 0,
  });
  const supporting = wish.supportingOpds.map(({ opdId, role }, i) =>
    tx.create(TaskOpd, {
      taskId,
      opdId,
      coordinating: false,
      role,
      acceptance: 'NOT_REQUESTED',
      answeredAt: null,
      reason: null,
      position: i + 1,
    }),
  );
  return [coordinating, ...supporting];
}
