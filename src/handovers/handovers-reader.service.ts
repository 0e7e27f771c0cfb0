import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  AppError,
  LIMITS,
  withoutHandoverWords,
  type HandoverChain,
  type HandoverPage,
  type WorkingTime,
} from '#libs/contracts';
import { readConsistently } from '#libs/database';
import { AccessService } from '../access/access.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { Handover, HandoverHoldRow, HandoverRecords, toHold } from '../tasks/handover-records.service.js';
import { WorkingTimeService } from '../working-time/working-time.service.js';
import { addUp, ageOf, type Held } from './ages.js';

/** Pieces of work and who has had them, a page at a time. */
@Injectable()
export class HandoversReader {
  constructor(
    private readonly source: DataSource,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
    private readonly times: WorkingTimeService,
    private readonly records: HandoverRecords,
  ) {}

  /** @param before the last one of the page before @throws AppError `not-found` */
  page(
    personId: string,
    taskId: string,
    before?: string,
    limit: number = LIMITS.page,
  ): Promise<HandoverPage> {
    return readConsistently(this.source, async (tx) => {
      const { readDecisions } = await this.access.of(personId, taskId, tx);
      const found = await olderThan(tx, taskId, before, limit + 1);
      const views = await this.records.views(tx, found.slice(0, limit));
      return {
        handovers: readDecisions ? views : views.map(withoutHandoverWords),
        more: found.length > limit,
      };
    });
  }

  /** @param before holds with a lower number @throws AppError `not-found` */
  chain(
    personId: string,
    taskId: string,
    handoverId: string,
    before?: number,
    limit: number = LIMITS.page,
  ): Promise<HandoverChain> {
    return readConsistently(this.source, async (tx) => {
      const { readDecisions } = await this.access.of(personId, taskId, tx);
      if (!(await tx.existsBy(Handover, { id: handoverId, taskId }))) throw new AppError('not-found', {});
      const asOf = await now(tx);
      const all = await tx.query<HeldRow[]>(HELD, [handoverId]);
      const timeOf = await this.timesOf(all, tx);
      const { byOpd, total } = addUp(all.map(asHeld), asOf, timeOf);
      const found = await tx
        .createQueryBuilder(HandoverHoldRow, 'hold')
        .where('hold.handoverId = :handoverId AND hold.no < :before', {
          handoverId,
          before: before ?? 2_147_483_647,
        })
        .orderBy('hold.no', 'DESC')
        .limit(limit + 1)
        .getMany();
      const rows = found.slice(0, limit).reverse();
      const names = await this.organization.namesOf(
        rows.map(({ byId }) => byId),
        byOpd.keys(),
        tx,
      );
      return {
        holds: rows.map((row) => ({
          ...toHold(row, names),
          ...(!readDecisions && { note: null }),
          ...ageOf(row, asOf, timeOf),
          until: row.until?.toISOString() ?? null,
        })),
        more: found.length > limit,
        byOpd: [...byOpd].map(([opdId, age]) => ({ opd: names.opd(opdId), ...age })),
        total,
        asOf: asOf.toISOString(),
      };
    });
  }

  private async timesOf(
    holds: readonly HeldRow[],
    tx: EntityManager,
  ): Promise<(opdId: string) => WorkingTime> {
    const times = new Map<string, WorkingTime>();
    for (const { opdId, until } of holds)
      if (until === null) times.set(opdId, await this.times.of(opdId, tx));
    return (opdId) => {
      const time = times.get(opdId);
      if (!time) throw new Error(`the working time of ${opdId} was not asked for`);
      return time;
    };
  }
}

type HeldRow = Omit<Held, 'workedMs'> & { workedMs: string | null };

const HELD = `
SELECT opd_id AS "opdId", at, until, worked_ms AS "workedMs" FROM handover_holds WHERE handover_id = $1 ORDER BY no`;

// The driver reads a bigint as text.
function asHeld({ workedMs, ...hold }: HeldRow): Held {
  return { ...hold, workedMs: workedMs === null ? null : Number(workedMs) };
}

function olderThan(
  tx: EntityManager,
  taskId: string,
  before: string | undefined,
  limit: number,
): Promise<Handover[]> {
  const query = tx
    .createQueryBuilder(Handover, 'h')
    .where('h.taskId = :taskId', { taskId })
    .orderBy('h.movedAt', 'DESC')
    .addOrderBy('h.id', 'DESC')
    .limit(limit);
  if (before !== undefined)
    query.andWhere(
      '(h.moved_at, h.id) < (SELECT b.moved_at, b.id FROM handovers b WHERE b.id = :before AND b.task_id = :taskId)',
      { before },
    );
  return query.getMany();
}

async function now(tx: EntityManager): Promise<Date> {
  const [row] = await tx.query<{ now: Date }[]>(
    `SELECT date_trunc('milliseconds', clock_timestamp()) AS now`,
  );
  if (!row) throw new Error('the database told no time');
  return row.now;
}
