import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AppError, LIMITS, withoutHandoverWords, withoutWords, type WorkspaceState } from '#libs/contracts';
import { readConsistently, readHeads } from '#libs/database';
import { AccessService, type StreamAccess } from '../access/access.service.js';
import { TalkService } from '../discussion/talk.service.js';
import { FilesReader } from '../files/files-reader.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { PublicUpdates } from '../public/public-updates.service.js';
import { Handover, namedIn, toHandoverView } from './handover.entity.js';
import { DecisionRequest, peopleIn, toDecisionView, unitsIn } from './decision-request.entity.js';
import { Milestone, toMilestoneView } from './milestone.entity.js';
import { SummaryService } from './summary.service.js';
import { StatusChange, toStatusChangeView } from './status-change.entity.js';
import { TaskOpd, toTaskOpdView } from './task-opd.entity.js';
import { Task, toTaskView } from './task.entity.js';
import { toMemberView, WorkTeamMember } from './work-team-member.entity.js';

/** A workspace at one moment of its history, as one person sees it. */
export interface Snapshot {
  epoch: string;
  seq: number;
  access: StreamAccess;
  state: WorkspaceState;
}

/** The first view of a workspace. Bounded: it costs what is shown, not what was ever written. */
@Injectable()
export class WorkspaceReader {
  constructor(
    private readonly source: DataSource,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
    private readonly talk: TalkService,
    private readonly updates: PublicUpdates,
    private readonly files: FilesReader,
    private readonly summaries: SummaryService,
  ) {}

  /** Rights, rows and the head of one frozen view. @throws AppError `not-found` */
  snapshot(personId: string, workspaceId: string): Promise<Snapshot> {
    return readConsistently(this.source, async (tx) => {
      const access = await this.access.of(personId, workspaceId, tx);
      const [head] = await readHeads(tx, [workspaceId]);
      if (!head) throw new AppError('not-found', {});
      const state = await this.state(tx, workspaceId, access);
      return { epoch: head.epoch, seq: head.seq, access, state };
    });
  }

  /**
   * The state itself; `tx` must be a frozen view, or rows and `seq` are of different moments. Who may not read
   * messages gets no threads and no files; who may not read decisions gets them without their words.
   */
  async state(
    tx: EntityManager,
    workspaceId: string,
    access: Pick<StreamAccess, 'readMessages' | 'readDecisions'>,
  ): Promise<WorkspaceState> {
    const [head] = await readHeads(tx, [workspaceId]);
    const task = await tx.findOneBy(Task, { id: workspaceId });
    if (!head || !task) throw new AppError('not-found', {});
    const of = { taskId: workspaceId };
    const opds = await tx.find(TaskOpd, { where: of, order: { position: 'ASC' } });
    const members = await tx.find(WorkTeamMember, { where: of, order: { joinedAt: 'ASC', personId: 'ASC' } });
    const milestones = await tx.find(Milestone, { where: of, order: { position: 'ASC' } });
    const decisions = await tx.find(DecisionRequest, { where: of, order: { requestedAt: 'ASC', id: 'ASC' } });
    const handovers = await tx.find(Handover, {
      where: of,
      order: { movedAt: 'DESC', id: 'DESC' },
      take: LIMITS.handoversInSnapshot,
    });
    const changes = await tx.find(StatusChange, {
      where: of,
      order: { at: 'DESC', id: 'DESC' },
      take: LIMITS.statusChangesInSnapshot,
    });
    const { threads, windows } = access.readMessages
      ? await this.talk.read(tx, workspaceId)
      : { threads: [], windows: {} };
    const names = await this.organization.namesOf(
      [
        task.steeringId,
        task.teamLeadId,
        ...members.map((row) => row.personId),
        ...decisions.flatMap(peopleIn),
        ...handovers.flatMap((row) => namedIn(row).people),
        ...changes.map((row) => row.byId),
      ],
      [
        task.coordinatingOpdId,
        ...opds.map((row) => row.opdId),
        ...milestones.map((row) => row.opdId),
        ...handovers.flatMap((row) => namedIn(row).opds),
        ...decisions.flatMap(unitsIn),
      ],
      tx,
    );
    return {
      seq: head.seq,
      task: toTaskView(task, names),
      summary: await this.summaries.newest(tx, workspaceId, access.readDecisions),
      opds: opds.map((row) => toTaskOpdView(row, names)),
      members: members.map((row) => toMemberView(row, names)),
      milestones: milestones.map((row) => toMilestoneView(row, names)),
      decisions: decisions.map((row) => {
        const view = toDecisionView(row, names);
        return access.readDecisions ? view : withoutWords(view);
      }),
      handovers: handovers.reverse().map((row) => {
        const view = toHandoverView(row, names);
        return access.readDecisions ? view : withoutHandoverWords(view);
      }),
      statusChanges: changes.reverse().map((row) => toStatusChangeView(row, names.person(row.byId))),
      threads,
      windows,
      publicUpdates: await this.updates.newest(tx, workspaceId),
      files: access.readMessages ? await this.files.newest(tx, workspaceId) : [],
    };
  }
}
