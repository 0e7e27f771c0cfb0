import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  addDays,
  AppError,
  dayOf,
  LIMITS,
  type ActorView,
  type AnswerOpd,
  type AppointMember,
  type AskOpd,
  type FieldProblem,
  type Instant,
  type RemoveMember,
} from '#libs/contracts';
import { commandOf, WorkspaceLog, type NewEvent, type Receipt } from '#libs/database';
import { AccessService, authorityOf, refusalOf, type StreamAccess } from '../access/access.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { lockTask, TaskSetupService, type Task } from '../tasks/task-setup.service.js';
import { WorkTeamService } from '../tasks/work-team.service.js';

interface Moment {
  tx: EntityManager;
  task: Task;
  access: StreamAccess;
  at: Instant;
}

/** Which units take part in a task and who works on it for them, as people settle it. */
@Injectable()
export class TeamsService {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
    private readonly setup: TaskSetupService,
    private readonly team: WorkTeamService,
  ) {}

  /**
   * Names a unit that shall support the task, or asks one again that declined. Once the task is assigned its head is
   * asked at once, before that with the assignment.
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `validation`, `opd.already-in`
   */
  ask(actor: ActorView, wish: AskOpd): Promise<Receipt> {
    const { opdId, role = '' } = wish;
    return this.change(actor, 'opd.ask', wish, async ({ tx, task, access, at }) => {
      if (!access.askOpds) throw refusalOf(access, 'opd.ask', ['KETUA_TIM', 'KEPALA_OPD']);
      const units = await this.organization.opdsOn(dayOf(at));
      if (!units.some(({ id }) => id === opdId)) throw invalid({ field: 'opdId', rule: 'not-one-of' });
      return this.setup.ask(tx, task, opdId, role);
    });
  }

  /**
   * Says whether a unit takes part. A unit that declined may still accept.
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `validation`, `opd.already-in`
   */
  answer(actor: ActorView, wish: AnswerOpd): Promise<Receipt> {
    const { opdId, answer, reason = null } = wish;
    return this.change(actor, 'opd.answer', wish, async ({ tx, task, access, at }) => {
      if (answer === 'DECLINED' && reason === null) throw invalid({ field: 'reason', rule: 'required' });
      if (!access.answerOpds.includes(opdId)) {
        if (access.appoint.includes(opdId)) throw new AppError('opd.already-in', {});
        throw refusalOf(access, 'opd.answer', ['KEPALA_OPD']);
      }
      return this.setup.answered(tx, task.id, { opdId, acceptance: answer, reason }, at);
    });
  }

  /**
   * Takes a person of the own unit into the team, or changes their role or last day. The head answers for the people
   * of the unit: for who volunteers, appointing is the consent.
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `validation`
   */
  appoint(actor: ActorView, wish: AppointMember): Promise<Receipt> {
    const { personId, opdId, teamRole, mode, until } = wish;
    return this.change(actor, 'member.appoint', wish, async ({ tx, task, access, at }) => {
      if (!access.appoint.includes(opdId)) throw refusalOf(access, 'member.appoint', ['KEPALA_OPD']);
      const day = dayOf(at);
      const staff = await this.organization.staffOf(opdId, day, tx);
      if (!staff.some(({ id }) => id === personId)) throw invalid({ field: 'personId', rule: 'not-one-of' });
      if (teamRole === 'KETUA_TIM' && opdId !== task.coordinatingOpdId)
        throw invalid({ field: 'teamRole', rule: 'not-one-of' });
      if (until < day || until > addDays(day, LIMITS.taskDays))
        throw invalid({ field: 'until', rule: 'out-of-range' });
      const elsewhere = await this.team.unitOf(tx, task.id, personId);
      if (elsewhere !== null && elsewhere !== opdId && !access.appoint.includes(elsewhere))
        throw refusalOf(access, 'member.appoint', ['KEPALA_OPD']);
      return this.team.join(tx, task, { personId, opdId, teamRole, mode, until }, at);
    });
  }

  /** Ends a person's place at once. @throws AppError `not-found`, `task.read-only`, `forbidden` */
  remove(actor: ActorView, wish: RemoveMember): Promise<Receipt> {
    return this.change(actor, 'member.remove', wish, async ({ tx, task, access }) => {
      const opdId = await this.team.unitOf(tx, task.id, wish.personId);
      if (opdId === null) throw new AppError('not-found', {});
      if (!access.appoint.includes(opdId)) throw refusalOf(access, 'member.remove', ['KEPALA_OPD']);
      return this.team.leave(tx, task, wish);
    });
  }

  private change(
    actor: ActorView,
    type: string,
    wish: { workspaceId: string; commandId: string },
    work: (moment: Moment) => Promise<NewEvent[]>,
  ): Promise<Receipt> {
    const { workspaceId } = wish;
    return this.log.record(commandOf(actor, type, wish), async (tx, at) => {
      const task = await lockTask(tx, workspaceId);
      const access = await this.access.of(actor.id, workspaceId, tx, dayOf(at));
      const events = await work({ tx, task, access, at });
      return { events, authority: [authorityOf(workspaceId, access)] };
    });
  }
}

function invalid(problem: FieldProblem): AppError {
  return new AppError('validation', { fields: [problem] });
}
