import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  AppError,
  dayOf,
  NEEDS_PUBLIC_SENTENCE,
  type ActorView,
  type AssignmentLetter,
  type ChangeMilestone,
  type ChangeTaskStatus,
  type Instant,
} from '#libs/contracts';
import { commandOf, event, uuidOf, WorkspaceLog, type NewEvent, type Receipt } from '#libs/database';
import { AccessService, authorityOf, refusalOf } from '../access/access.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { PublicUpdates } from '../public/public-updates.service.js';
import { Milestone, toMilestoneView } from './milestone.entity.js';
import { StatusChange, toStatusChangeView } from './status-change.entity.js';
import { TaskOpd, toTaskOpdView } from './task-opd.entity.js';
import { Task } from './task.entity.js';
import { TaskSetupService } from './task-setup.service.js';
import { afterAll, lockTask } from './task.lock.js';

/** What members and leaders do to a running task. */
@Injectable()
export class TasksService {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
    private readonly updates: PublicUpdates,
    private readonly setup: TaskSetupService,
  ) {}

  /**
   * Moves a task along the vocabulary. Of two at the same moment the first one counts, the other is judged by what
   * it finds then.
   *
   * @param occurredAt only the import gives a past moment; the roles of that day decide
   * @throws AppError `not-found`, `task.transition-not-allowed`, `task.reason-required`,
   * `task.public-sentence-required`, `task.opd-pending`
   */
  changeStatus(actor: ActorView, wish: ChangeTaskStatus, occurredAt?: Instant): Promise<Receipt> {
    const { workspaceId, to, publicSentence, letter } = wish;
    const note = wish.note.trim();
    return this.log.record(
      commandOf(actor, 'task.change-status', wish),
      async (tx, now) => {
        const task = await lockTask(tx, workspaceId);
        const access = await this.access.of(actor.id, workspaceId, tx, dayOf(now));
        const from = task.status;
        if (!access.transitions.includes(to)) {
          throw new AppError('task.transition-not-allowed', { from, to, allowed: access.transitions });
        }
        if (letter && to !== 'ASSIGNED')
          throw new AppError('validation', { fields: [{ field: 'letter', rule: 'unknown-field' }] });
        if (note === '') throw new AppError('task.reason-required', { to });
        // What citizens were told in the past is imported with the page.
        const owed = occurredAt === undefined && task.published && NEEDS_PUBLIC_SENTENCE.has(to);
        if (owed && !publicSentence) {
          throw new AppError('task.public-sentence-required', { to });
        }
        if (from === 'ASSIGNED' && to === 'IN_PROGRESS') await this.assertNobodyPending(tx, workspaceId);

        const at = afterAll(now, task.statusSince);
        const change = tx.create(StatusChange, {
          id: uuidOf(`status ${actor.id} ${wish.commandId}`),
          taskId: workspaceId,
          from,
          to,
          at,
          byId: actor.id,
          note,
        });
        await tx.insert(StatusChange, change);
        await tx.update(Task, { id: workspaceId }, { status: to, statusSince: at });
        const events: NewEvent[] = [
          event('task.status-changed', workspaceId, { change: toStatusChangeView(change, actor) }),
        ];
        if (letter) events.push(await this.assignedBy(tx, task, to, at, letter));
        if (to === 'ASSIGNED') events.push(...(await this.askOpds(tx, workspaceId)));
        if (task.published && publicSentence) {
          // The label of the status moves at once, the words wait for the PPID.
          const update = await this.updates.draft(tx, actor, wish, publicSentence, now);
          events.push(event('public-update.drafted', workspaceId, { update }));
        }
        return { events, authority: [authorityOf(workspaceId, access)] };
      },
      occurredAt,
    );
  }

  /**
   * Ticks a milestone, takes the tick back or writes a note: the lead on any, a member on those of the own unit. What
   * citizens see of it only the lead changes.
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `milestone.unchanged`
   */
  changeMilestone(actor: ActorView, wish: ChangeMilestone, occurredAt?: Instant): Promise<Receipt> {
    const { workspaceId, milestoneId, status } = wish;
    return this.log.record(
      commandOf(actor, 'milestone.change', wish),
      async (tx, at) => {
        await lockTask(tx, workspaceId);
        const access = await this.access.of(actor.id, workspaceId, tx, dayOf(at));
        const milestone = await tx.findOneBy(Milestone, { id: milestoneId, taskId: workspaceId });
        if (!milestone) throw new AppError('not-found', {});
        const { milestones } = access;
        const may =
          milestones === 'all' || (milestones !== 'none' && milestones.opdIds.includes(milestone.opdId));
        if (!may) throw refusalOf(access, 'milestone.change', ['KETUA_TIM', 'ANGGOTA']);
        const note = wish.note ?? null;
        const shown = wish.public === undefined || wish.public === milestone.public ? null : wish.public;
        if (shown !== null && milestones !== 'all') {
          throw new AppError('forbidden', { action: 'milestone.show', who: ['KETUA_TIM'] });
        }
        const noted = note !== null && note !== milestone.note;
        if (milestone.status === status && !noted && shown === null) {
          throw new AppError('milestone.unchanged', { status });
        }

        const from = milestone.status;
        const changes = {
          status,
          completedOn: status === from ? milestone.completedOn : status === 'DONE' ? dayOf(at) : null,
          note: note ?? milestone.note,
          public: shown ?? milestone.public,
        };
        await tx.update(Milestone, { id: milestoneId }, changes);
        const names = await this.organization.namesOf([], [milestone.opdId], tx);
        const view = toMilestoneView(Object.assign(milestone, changes), names);
        return {
          events: [event('milestone.changed', workspaceId, { milestone: view, from, note, shown })],
          authority: [authorityOf(workspaceId, access)],
        };
      },
      occurredAt,
    );
  }

  private async assertNobodyPending(tx: EntityManager, taskId: string): Promise<void> {
    const pending = await tx.find(TaskOpd, {
      where: { taskId, acceptance: 'PENDING' },
      order: { position: 'ASC' },
    });
    if (pending.length === 0) return;
    const opdIds = pending.map((row) => row.opdId);
    const names = await this.organization.namesOf([], opdIds, tx);
    throw new AppError('task.opd-pending', { opds: opdIds.map((id) => names.opd(id).abbreviation) });
  }

  /** Keeps the letter that assigns, and tells what the task says about itself with it. */
  private async assignedBy(
    tx: EntityManager,
    task: Task,
    status: Task['status'],
    statusSince: Date,
    assignmentLetter: AssignmentLetter,
  ): Promise<NewEvent> {
    await tx.update(Task, { id: task.id }, { assignmentLetter });
    return this.setup.updated(tx, Object.assign(task, { status, statusSince, assignmentLetter }));
  }

  /** An assignment asks every supporting unit that has not accepted. */
  private async askOpds(tx: EntityManager, taskId: string): Promise<NewEvent[]> {
    const rows = await tx.find(TaskOpd, {
      where: { taskId, coordinating: false },
      order: { position: 'ASC' },
    });
    const asked = rows.filter((row) => row.acceptance === 'NOT_REQUESTED' || row.acceptance === 'DECLINED');
    if (asked.length === 0) return [];
    const names = await this.organization.namesOf(
      [],
      asked.map((row) => row.opdId),
      tx,
    );
    const events: NewEvent[] = [];
    for (const row of asked) {
      const pending = { acceptance: 'PENDING', answeredAt: null, reason: null } as const;
      await tx.update(TaskOpd, { taskId, opdId: row.opdId }, pending);
      const opd = toTaskOpdView(Object.assign(row, pending), names);
      events.push(event('opd.acceptance-changed', taskId, { opd }));
    }
    return events;
  }
}
