import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  addDays,
  AppError,
  dayOf,
  LIMITS,
  type ActorView,
  type CreateTask,
  type Day,
  type FieldProblem,
} from '#libs/contracts';
import { commandOf, WorkspaceLog, type Receipt } from '#libs/database';
import { OrganizationService } from '../organization/organization.service.js';
import { TaskSetupService } from '../tasks/task-setup.service.js';
import { WorkTeamService } from '../tasks/work-team.service.js';

/** How a person makes a task: four answers, and it is a draft that its author, its head and its lead see. */
@Injectable()
export class DraftsService {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly organization: OrganizationService,
    private readonly setup: TaskSetupService,
    private readonly team: WorkTeamService,
  ) {}

  /**
   * Anybody with a post today may.
   * @throws AppError `forbidden`, `validation`, `organization.duplicate` for a known id
   */
  create(actor: ActorView, wish: CreateTask): Promise<Receipt> {
    const { workspaceId: taskId, commandId, coordinatingOpdId, teamLeadId } = wish;
    return this.log.record(commandOf(actor, 'task.create', wish), async (tx, at) => {
      const day = dayOf(at);
      if (!(await this.organization.holdsPost(actor.id, day, tx))) {
        throw new AppError('forbidden', { action: 'task.create' });
      }
      const fields = await this.problemsOf(tx, wish, day);
      if (fields.length > 0) throw new AppError('validation', { fields });
      const events = await this.setup.draft(
        tx,
        actor,
        {
          commandId,
          taskId,
          code: await nextCode(tx, day),
          title: wish.title,
          description: wish.description ?? '',
          category: 'Umum',
          priority: 'MEDIUM',
          priorityProgram: null,
          confidentiality: 'LIMITED',
          coordinatingOpdId,
          coordinatingRole: '',
          supportingOpds: wish.supportingOpdIds.map((opdId) => ({ opdId, role: '' })),
          steeringId: null,
          locations: [],
          externalPartners: [],
          assignmentLetter: null,
          startDate: null,
          dueDate: wish.dueDate,
          note: '',
        },
        at,
      );
      if (teamLeadId === undefined) return { events };
      const place = {
        personId: teamLeadId,
        opdId: coordinatingOpdId,
        teamRole: 'KETUA_TIM',
        mode: 'APPOINTED',
        until: wish.dueDate,
      } as const;
      return { events: [...events, ...(await this.team.joinById(tx, taskId, place, at))] };
    });
  }

  private async problemsOf(tx: EntityManager, wish: CreateTask, day: Day): Promise<FieldProblem[]> {
    const { coordinatingOpdId, supportingOpdIds, teamLeadId, dueDate } = wish;
    const problems: FieldProblem[] = [];
    const units = new Set((await this.organization.opdsOn(day)).map(({ id }) => id));
    if (!units.has(coordinatingOpdId)) problems.push({ field: 'coordinatingOpdId', rule: 'not-one-of' });
    else if (teamLeadId !== undefined) {
      const staff = await this.organization.staffOf(coordinatingOpdId, day, tx);
      if (!staff.some(({ id }) => id === teamLeadId)) {
        problems.push({ field: 'teamLeadId', rule: 'not-one-of' });
      }
    }
    if (supportingOpdIds.some((id) => id === coordinatingOpdId || !units.has(id))) {
      problems.push({ field: 'supportingOpdIds', rule: 'not-one-of' });
    }
    if (dueDate < day || dueDate > addDays(day, LIMITS.taskDays)) {
      problems.push({ field: 'dueDate', rule: 'out-of-range' });
    }
    return problems;
  }
}

const CODES = 1764000000022;

/** `TGS-2026-0013`: counted within the year. Two who make a task at the same moment wait for each other here. */
async function nextCode(tx: EntityManager, day: Day): Promise<string> {
  const prefix = `TGS-${day.slice(0, 4)}-`;
  await tx.query('SELECT pg_advisory_xact_lock($1)', [CODES]);
  const [row] = await tx.query<{ last: number | null }[]>(
    `SELECT max(substring(code FROM length($1) + 1)::int) AS last
     FROM tasks WHERE starts_with(code, $1) AND substring(code FROM length($1) + 1) ~ '^[0-9]{4,6}$'`,
    [prefix],
  );
  return `${prefix}${String((row?.last ?? 0) + 1).padStart(4, '0')}`;
}
