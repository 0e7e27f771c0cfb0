import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  addDays,
  AppError,
  dayOf,
  LIMITS,
  stepsFrom,
  STEPS_WITH_NOTE,
  STEPS_WITH_UNIT,
  type ActorView,
  type FieldProblem,
  type Instant,
  type MoveHandover,
  type OpenHandover,
} from '#libs/contracts';
import { commandOf, event, WorkspaceLog, type NewEvent, type Receipt } from '#libs/database';
import { AccessService, authorityOf, refusalOf, type StreamAccess } from '../access/access.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { Handover, HandoverHoldRow, HandoverRecords } from '../tasks/handover-records.service.js';
import { afterAll, lockTask } from '../tasks/task-setup.service.js';
import { WorkingTimeService } from '../working-time/working-time.service.js';
import { workedBetween } from './ages.js';
import { moved, opened, type Standing } from './moves.js';

interface Moment {
  tx: EntityManager;
  access: StreamAccess;
  at: Instant;
}

const MAY = ['ANGGOTA', 'KETUA_TIM', 'KEPALA_OPD'] as const;

/**
 * Work that goes from unit to unit. At every moment one unit holds it and its clock runs; only the holder takes the
 * next step. All steps in a task wait for each other at the task's row, so of two people of one unit who accept at the
 * same moment the second finds it accepted.
 */
@Injectable()
export class HandoversService {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
    private readonly times: WorkingTimeService,
    private readonly records: HandoverRecords,
  ) {}

  /**
   * Gives a new piece of work to another unit that takes part.
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `validation`, `organization.duplicate` for a known id
   */
  open(actor: ActorView, wish: OpenHandover): Promise<Receipt> {
    const { workspaceId: taskId, handoverId: id, title, what, dueDate, fromOpdId, toOpdId } = wish;
    return this.change(actor, 'handover.open', wish, async ({ tx, access, at }) => {
      if (!access.handOver.includes(fromOpdId)) throw refusalOf(access, 'handover.open', [...MAY]);
      if (await tx.existsBy(Handover, { id }))
        throw new AppError('organization.duplicate', { field: 'handoverId' });
      const day = dayOf(at);
      if (dueDate < day || dueDate > addDays(day, LIMITS.taskDays)) throw invalid('dueDate', 'out-of-range');
      await this.assertTakesPart(tx, taskId, toOpdId, fromOpdId);
      const since = new Date(at);
      const row = tx.create(Handover, {
        ...{ id, taskId, title, what, dueDate, ...opened(fromOpdId, toOpdId) },
        ...{ openedBy: actor.id, openedAt: since, heldSince: since },
        ...{ no: 1, step: 'OFFERED', movedBy: actor.id, movedAt: since, note: null },
      });
      await tx.insert(Handover, row);
      await tx.insert(HandoverHoldRow, holdOf(row));
      return this.told(tx, row);
    });
  }

  /**
   * The holder's next step.
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `validation`, `handover.moved-on`
   */
  move(actor: ActorView, wish: MoveHandover): Promise<Receipt> {
    const { workspaceId: taskId, handoverId: id, step, note = null, toOpdId = null } = wish;
    return this.change(actor, 'handover.move', wish, async ({ tx, access, at }) => {
      const row = await tx.findOneBy(Handover, { id, taskId });
      if (!row) throw new AppError('not-found', {});
      if (!actsFor(row, access)) {
        const isOneOfThem = [row.giverOpdId, row.receiverOpdId].some((opdId) =>
          access.handOver.includes(opdId),
        );
        if (isOneOfThem) throw await this.movedOn(tx, row);
        throw refusalOf(access, 'handover.move', row.status === 'WITH_SEKDA' ? ['SEKDA'] : [...MAY]);
      }
      if (!stepsFrom(row.status).includes(step)) throw await this.movedOn(tx, row);
      if (STEPS_WITH_NOTE.has(step) && note === null) throw invalid('note', 'required');
      if (step === 'ACCEPTED' && note !== null) throw invalid('note', 'unknown-field');
      if (STEPS_WITH_UNIT.has(step) !== (toOpdId !== null))
        throw invalid('toOpdId', toOpdId === null ? 'required' : 'unknown-field');
      if (toOpdId !== null) await this.assertTakesPart(tx, taskId, toOpdId, row.holderOpdId);
      const next = moved(row, step, toOpdId, step === 'RETURNED' ? await this.sekdaUnit() : null);
      await this.take(tx, row, next, { step, note, by: actor.id, at });
      return this.told(tx, row);
    });
  }

  /** Ends the present hold at the moment at which the next one begins. */
  private async take(
    tx: EntityManager,
    row: Handover,
    next: Standing,
    { step, note, by, at }: Pick<MoveHandover, 'step'> & { note: string | null; by: string; at: Instant },
  ): Promise<void> {
    const since = afterAll(at, row.movedAt);
    const time = await this.times.of(row.holderOpdId, tx);
    await tx.update(
      HandoverHoldRow,
      { handoverId: row.id, no: row.no },
      { until: since, workedMs: workedBetween(row.movedAt, since, time) },
    );
    const heldSince = next.holderOpdId === row.holderOpdId ? row.heldSince : since;
    Object.assign(row, next, { heldSince, no: row.no + 1, step, note, movedBy: by, movedAt: since });
    await tx.save(Handover, row);
    await tx.insert(HandoverHoldRow, holdOf(row));
  }

  private async told(tx: EntityManager, row: Handover): Promise<NewEvent> {
    const [handover] = await this.records.views(tx, [row]);
    if (!handover) throw new Error('it is not shown');
    return event('handover.moved', row.taskId, { handover });
  }

  private async movedOn(
    tx: EntityManager,
    { status, holderOpdId, movedBy }: Handover,
  ): Promise<AppError<'handover.moved-on'>> {
    const names = await this.organization.namesOf([movedBy], [holderOpdId], tx);
    const [holder, by] = [names.opd(holderOpdId).abbreviation, names.person(movedBy).name];
    return new AppError('handover.moved-on', { status, holder, by });
  }

  private async assertTakesPart(
    tx: EntityManager,
    taskId: string,
    opdId: string,
    fromOpdId: string,
  ): Promise<void> {
    if (opdId === fromOpdId || !(await this.records.takesPart(tx, taskId, opdId)))
      throw invalid('toOpdId', 'not-one-of');
  }

  private async sekdaUnit(): Promise<string | null> {
    const units = await this.organization.opds();
    return units.find(({ kind, validTo }) => kind === 'sekretariat_daerah' && validTo === null)?.id ?? null;
  }

  private change(
    actor: ActorView,
    type: string,
    wish: { workspaceId: string; commandId: string },
    work: (moment: Moment) => Promise<NewEvent>,
  ): Promise<Receipt> {
    const { workspaceId } = wish;
    return this.log.record(commandOf(actor, type, wish), async (tx, at) => {
      await lockTask(tx, workspaceId);
      const access = await this.access.of(actor.id, workspaceId, tx, dayOf(at));
      const told = await work({ tx, access, at });
      return { events: [told], authority: [authorityOf(workspaceId, access)] };
    });
  }
}

/** A unit by its own people; what waits for the Sekda by whoever holds that post. */
function actsFor({ status, holderOpdId }: Handover, { handOver, decideAs }: StreamAccess): boolean {
  if (status === 'WITH_SEKDA') return decideAs.some(({ role }) => role === 'SEKDA');
  return handOver.includes(holderOpdId);
}

/** What is done is held by nobody from the moment on at which it was. */
function holdOf(row: Handover): Omit<HandoverHoldRow, 'constructor'> {
  const isDone = row.status === 'DONE';
  return {
    handoverId: row.id,
    no: row.no,
    step: row.step,
    opdId: row.holderOpdId,
    byId: row.movedBy,
    at: row.movedAt,
    until: isDone ? row.movedAt : null,
    workedMs: isDone ? 0 : null,
    note: row.note,
  };
}

function invalid(field: string, rule: FieldProblem['rule']): AppError {
  return new AppError('validation', { fields: [{ field, rule }] });
}
