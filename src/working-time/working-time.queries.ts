import type { EntityManager } from 'typeorm';
import type { Day, WorkingTimeRule, WorkingTimeView } from '#libs/contracts';

type Queryable = Pick<EntityManager, 'query'>;

/** The assumed hours with which every database begins; what a city says itself may take their place from any day on. */
export const ASSUMED_FROM: Day = '2000-01-01';

// Changes wait for each other: they are rare, and each looks before it writes.
const WORKING_TIME_LOCK = 20_251_126;

const COLUMNS = `id, opd_id AS "opdId", kind, pattern, valid_from::text AS "validFrom", valid_to::text AS "validTo", zone,
  hours, works_on_holidays AS "worksOnHolidays", works_on_joint_leave AS "worksOnJointLeave"`;

export async function lockWorkingTimes(tx: Queryable): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [WORKING_TIME_LOCK]);
}

/** All rules that were ever there, those of the city first, then by unit and day. */
export function readWorkingTimes(db: Queryable): Promise<WorkingTimeView[]> {
  return db.query<WorkingTimeView[]>(
    `SELECT ${COLUMNS} FROM working_times ORDER BY opd_id NULLS FIRST, kind, valid_from, pattern`,
  );
}

/** Adds a rule, or replaces one that has not begun. */
export async function saveWorkingTime(
  tx: Queryable,
  { id, ...rule }: WorkingTimeRule & { id: string },
  personId: string | null,
): Promise<void> {
  await tx.query(
    `INSERT INTO working_times (id, opd_id, kind, pattern, valid_from, valid_to, zone, hours, works_on_holidays,
       works_on_joint_leave, added_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (id) DO UPDATE SET pattern = $4, valid_to = $6, hours = $8, works_on_holidays = $9,
       works_on_joint_leave = $10, added_by = $11, added_at = now()`,
    [
      id,
      rule.opdId,
      rule.kind,
      rule.pattern,
      rule.validFrom,
      rule.validTo,
      rule.zone,
      rule.hours,
      rule.worksOnHolidays,
      rule.worksOnJointLeave,
      personId,
    ],
  );
}

export async function endWorkingTime(
  tx: Queryable,
  id: string,
  lastDay: Day,
  personId: string,
): Promise<void> {
  await tx.query('UPDATE working_times SET valid_to = $2, ended_by = $3, ended_at = now() WHERE id = $1', [
    id,
    lastDay,
    personId,
  ]);
}

export async function withdrawWorkingTime(tx: Queryable, id: string): Promise<void> {
  await tx.query('DELETE FROM working_times WHERE id = $1', [id]);
}
