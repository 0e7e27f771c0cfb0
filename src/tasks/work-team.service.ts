import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError, type ActorView, type Instant } from '#libs/contracts';
import { commandOf, event, WorkspaceLog, type NewEvent, type Receipt } from '#libs/database';
import { OrganizationService } from '../organization/organization.service.js';
import type { NewMember, RemovedMember } from './task-setup.js';
import { TaskSetupService } from './task-setup.service.js';
import { Task } from './task.entity.js';
import { afterAll, lockTask } from './task.lock.js';
import { toMemberView, WorkTeamMember } from './work-team-member.entity.js';

/** A person's place in a team. */
type Place = Omit<NewMember, 'commandId' | 'taskId'>;

/** Who works on a task. Whoever calls has made sure that the actor may. */
@Injectable()
export class WorkTeamService {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly organization: OrganizationService,
    private readonly setup: TaskSetupService,
  ) {}

  addMember(actor: ActorView, wish: NewMember, occurredAt?: Instant): Promise<Receipt> {
    return this.log.record(
      commandOf(actor, 'member.add', wish),
      async (tx, at) => ({ events: await this.join(tx, await lockTask(tx, wish.taskId), wish, at) }),
      occurredAt,
    );
  }

  /** @throws AppError `not-found` */
  removeMember(actor: ActorView, wish: RemovedMember, occurredAt?: Instant): Promise<Receipt> {
    return this.log.record(
      commandOf(actor, 'member.remove', wish),
      async (tx) => ({ events: await this.leave(tx, await lockTask(tx, wish.taskId), wish) }),
      occurredAt,
    );
  }

  /** As `join`, for a task that is written in the same transaction. */
  async joinById(tx: EntityManager, taskId: string, wish: Place, at: Instant): Promise<NewEvent[]> {
    return this.join(tx, await lockTask(tx, taskId), wish, at);
  }

  /** Adds a person, or gives one who is in another role or unit. A new lead takes the place of the one before. */
  async join(tx: EntityManager, task: Task, wish: Place, at: Instant): Promise<NewEvent[]> {
    const { id: taskId } = task;
    const { personId } = wish;
    const team = await tx.findBy(WorkTeamMember, { taskId });
    const known = team.find((member) => member.personId === personId);
    const last = team.reduce<Date | null>(
      (max, { joinedAt }) => (max && max >= joinedAt ? max : joinedAt),
      null,
    );
    const member = tx.create(WorkTeamMember, {
      taskId,
      personId,
      opdId: wish.opdId,
      teamRole: wish.teamRole,
      mode: wish.mode,
      joinedAt: known?.joinedAt ?? afterAll(at, last),
      until: wish.until ?? null,
    });
    const changed: WorkTeamMember[] = [];
    if (member.teamRole === 'KETUA_TIM') {
      for (const before of team) {
        if (before.teamRole === 'KETUA_TIM' && before.personId !== personId) {
          before.teamRole = 'ANGGOTA';
          changed.push(before);
        }
      }
    }
    changed.push(member);
    await tx.upsert(WorkTeamMember, changed, ['taskId', 'personId']);
    const names = await this.organization.namesOf(
      changed.map((row) => row.personId),
      [],
      tx,
    );
    const events = changed.map((row) => event('member.added', taskId, { member: toMemberView(row, names) }));
    const led =
      member.teamRole === 'KETUA_TIM' ? personId : task.teamLeadId === personId ? null : task.teamLeadId;
    return [...events, ...(await this.ledBy(tx, task, led))];
  }

  /** From this number on nothing of the workspace reaches the person. @throws AppError `not-found` */
  async leave(
    tx: EntityManager,
    task: Task,
    { personId, reason }: Pick<RemovedMember, 'personId' | 'reason'>,
  ): Promise<NewEvent[]> {
    const { affected } = await tx.delete(WorkTeamMember, { taskId: task.id, personId });
    if (!affected) throw new AppError('not-found', {});
    const led = task.teamLeadId === personId ? null : task.teamLeadId;
    return [event('member.removed', task.id, { personId, reason }), ...(await this.ledBy(tx, task, led))];
  }

  /** The unit for which a person is in the team; null when they are not. */
  async unitOf(tx: EntityManager, taskId: string, personId: string): Promise<string | null> {
    return (await tx.findOneBy(WorkTeamMember, { taskId, personId }))?.opdId ?? null;
  }

  private async ledBy(tx: EntityManager, task: Task, teamLeadId: string | null): Promise<NewEvent[]> {
    if (task.teamLeadId === teamLeadId) return [];
    await tx.update(Task, { id: task.id }, { teamLeadId });
    return [await this.setup.updated(tx, Object.assign(task, { teamLeadId }))];
  }
}
