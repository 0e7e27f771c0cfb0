import type { EntityManager } from 'typeorm';
import type {
  FollowLevel,
  InboxCounts,
  InboxRequest,
  InboxState,
  Instant,
  NoticeReason,
  Topic,
} from '#libs/contracts';
import type { StoredRow } from './inbox.rows.js';

type Asker = Pick<EntityManager, 'query'>;

/** Which rows: of one person, or (null) of everybody. */
export interface RowKey {
  taskId: string;
  topic: Topic;
  personId: string | null;
}

interface Row extends Omit<StoredRow, 'firstSeq' | 'since' | 'at' | 'until'> {
  firstSeq: string;
  since: Date;
  at: Date;
  until: Date | null;
}

export type TitledRow = StoredRow & { taskTitle: string };

function toStored<R extends Row>(row: R): R & StoredRow {
  return {
    ...row,
    firstSeq: Number(row.firstSeq),
    since: row.since.toISOString(),
    at: row.at.toISOString(),
    until: row.until?.toISOString() ?? null,
  };
}

const COLUMNS = `
  r.person_id AS "personId", r.task_id AS "taskId", r.topic, r.topic_title AS "topicTitle", r.reason, r.action, r.actor,
  r.count, r.first_seq AS "firstSeq", r.first_no AS "firstNo", r.last_no AS "lastNo",
  r.since, r.at, to_char(r.due, 'YYYY-MM-DD') AS due, r.state, r.until, r.version`;

/** Locked, in the order of their key. */
export async function lockRows(tx: Asker, keys: readonly RowKey[]): Promise<StoredRow[]> {
  if (keys.length === 0) return [];
  const rows = await tx.query<Row[]>(
    `SELECT ${COLUMNS} FROM inbox_rows r
     WHERE EXISTS (
       SELECT 1 FROM jsonb_to_recordset($1::jsonb) AS k("taskId" uuid, topic text, "personId" uuid)
       WHERE k."taskId" = r.task_id AND k.topic = r.topic AND (k."personId" IS NULL OR k."personId" = r.person_id))
       AND r.task_id = ANY($2::uuid[]) AND r.topic = ANY($3::text[])
     ORDER BY r.task_id, r.topic, r.person_id FOR UPDATE`,
    [
      JSON.stringify(keys),
      [...new Set(keys.map(({ taskId }) => taskId))],
      [...new Set(keys.map(({ topic }) => topic))],
    ],
  );
  return rows.map(toStored);
}

export async function storeRows(tx: Asker, rows: readonly StoredRow[]): Promise<void> {
  if (rows.length > 0) await tx.query(STORE, [JSON.stringify(rows)]);
}

const STORE = `
INSERT INTO inbox_rows (person_id, task_id, topic, topic_title, reason, action, actor, count, first_seq,
  first_no, last_no, since, at, due, state, until, version)
SELECT "personId", "taskId", topic, "topicTitle", reason, action, actor, count, "firstSeq",
  "firstNo", "lastNo", since, at, due, state, until, version
FROM jsonb_to_recordset($1::jsonb) AS n("personId" uuid, "taskId" uuid, topic text, "topicTitle" text, reason text,
  action boolean, actor jsonb, count int, "firstSeq" bigint, "firstNo" int, "lastNo" int,
  since timestamptz, at timestamptz, due date, state text, until timestamptz, version int)
ON CONFLICT (task_id, topic, person_id) DO UPDATE SET topic_title = excluded.topic_title, reason = excluded.reason,
  action = excluded.action, actor = excluded.actor, count = excluded.count, first_seq = excluded.first_seq,
  first_no = excluded.first_no, last_no = excluded.last_no, since = excluded.since,
  at = excluded.at, due = excluded.due, state = excluded.state, until = excluded.until, version = excluded.version`;

// What was put off and whose time has come counts as open.
const IN_STATE: Readonly<Record<InboxState, string>> = {
  OPEN: `(r.state = 'OPEN' OR (r.state = 'LATER' AND r.until <= now()))`,
  LATER: `r.state = 'LATER' AND r.until > now()`,
  DONE: `r.state = 'DONE'`,
};

/** One person's rows, newest first. */
export async function findPage(
  db: Asker,
  personId: string,
  { state, before }: InboxRequest,
  limit: number,
): Promise<TitledRow[]> {
  const rows = await db.query<(Row & { taskTitle: string })[]>(
    `SELECT ${COLUMNS}, t.title AS "taskTitle" FROM inbox_rows r JOIN tasks t ON t.id = r.task_id
     WHERE r.person_id = $1 AND ${IN_STATE[state]}
       AND ($2::timestamptz IS NULL OR (r.at, r.task_id, r.topic) < ($2, $3::uuid, $4::text))
     ORDER BY r.at DESC, r.task_id DESC, r.topic DESC LIMIT $5`,
    [personId, before?.at ?? null, before?.taskId ?? null, before?.topic ?? null, limit],
  );
  return rows.map(toStored);
}

export async function findOpenIn(
  db: Asker,
  personId: string,
  taskId: string,
  limit: number,
): Promise<TitledRow[]> {
  const rows = await db.query<(Row & { taskTitle: string })[]>(
    `SELECT ${COLUMNS}, t.title AS "taskTitle" FROM inbox_rows r JOIN tasks t ON t.id = r.task_id
     WHERE r.person_id = $1 AND r.task_id = $2 AND ${IN_STATE.OPEN}
     ORDER BY r.at DESC, r.topic DESC LIMIT $3`,
    [personId, taskId, limit],
  );
  return rows.map(toStored);
}

export async function countOpen(
  db: Asker,
  personId: string,
): Promise<{ counts: InboxCounts; next: Instant | null }> {
  const [found] = await db.query<(InboxCounts & { next: Date | null })[]>(
    `SELECT count(*) FILTER (WHERE r.action AND ${IN_STATE.OPEN})::int AS action,
       count(*) FILTER (WHERE NOT r.action AND ${IN_STATE.OPEN})::int AS info,
       min(r.until) FILTER (WHERE ${IN_STATE.LATER}) AS next
     FROM inbox_rows r WHERE r.person_id = $1 AND r.state IN ('OPEN', 'LATER')`,
    [personId],
  );
  const { action = 0, info = 0, next = null } = found ?? {};
  return { counts: { action, info }, next: next?.toISOString() ?? null };
}

/** One row, or what is only for information and not newer than a moment. */
export type WhichRows = { taskId: string; topic: Topic } | { infoUpTo: Instant; atMost: number };

/** Changes one's own rows; answers those that are different now. */
export async function putRows(
  tx: Asker,
  personId: string,
  which: WhichRows,
  state: InboxState,
  until: Instant | null,
): Promise<TitledRow[]> {
  const [condition, parameters] =
    'infoUpTo' in which
      ? [
          `(r.task_id, r.topic) IN (SELECT task_id, topic FROM inbox_rows o WHERE o.person_id = $1 AND NOT o.action
             AND o.state = 'OPEN' AND o.at <= $5 ORDER BY o.at DESC LIMIT $4)`,
          [which.atMost, which.infoUpTo],
        ]
      : ['r.task_id = $4 AND r.topic = $5', [which.taskId, which.topic]];
  const [rows] = await tx.query<[(Row & { taskTitle: string })[], number]>(
    `UPDATE inbox_rows r SET state = $2, until = $3, version = r.version + 1
     FROM tasks t WHERE r.person_id = $1 AND ${condition} AND t.id = r.task_id
     RETURNING ${COLUMNS}, t.title AS "taskTitle"`,
    [personId, state, until, ...parameters],
  );
  return rows.map(toStored);
}

/** Rows about messages that were read to their end are done. */
export async function doneByReading(
  tx: Asker,
  personId: string,
  thread: { taskId: string; threadId: string; upTo: number },
  reasons: readonly NoticeReason[],
): Promise<TitledRow[]> {
  const [rows] = await tx.query<[(Row & { taskTitle: string })[], number]>(
    `UPDATE inbox_rows r SET state = 'DONE', until = NULL, version = r.version + 1
     FROM tasks t WHERE r.person_id = $1 AND r.task_id = $2 AND r.topic = $3 AND r.state = 'OPEN'
       AND coalesce(r.last_no, 0) <= $4 AND r.reason = ANY($5::text[]) AND t.id = r.task_id
     RETURNING ${COLUMNS}, t.title AS "taskTitle"`,
    [personId, thread.taskId, `thread:${thread.threadId}`, thread.upTo, reasons],
  );
  return rows.map(toStored);
}

/** A task is no longer theirs. @returns whether there was anything */
export async function deleteRows(tx: Asker, personId: string, taskId: string): Promise<boolean> {
  const [, affected] = await tx.query<[unknown[], number]>(
    'DELETE FROM inbox_rows WHERE person_id = $1 AND task_id = $2',
    [personId, taskId],
  );
  return affected > 0;
}

/** How many rows are meant for a person, by task. */
export async function countAddressed(
  db: Asker,
  personId: string,
): Promise<{ taskId: string; count: number; at: Instant }[]> {
  const rows = await db.query<{ taskId: string; count: number; at: Date }[]>(
    `SELECT r.task_id AS "taskId", count(*)::int AS count, max(r.at) AS at FROM inbox_rows r
     WHERE r.person_id = $1 AND ${IN_STATE.OPEN} AND (r.action OR r.reason = 'REPLIED') GROUP BY r.task_id`,
    [personId],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export async function findFollow(db: Asker, personId: string, taskId: string): Promise<FollowLevel | null> {
  const [row] = await db.query<{ level: FollowLevel }[]>(
    'SELECT level FROM follows WHERE task_id = $1 AND person_id = $2',
    [taskId, personId],
  );
  return row?.level ?? null;
}

export async function storeFollow(
  db: Asker,
  personId: string,
  taskId: string,
  level: FollowLevel,
): Promise<void> {
  await db.query(
    `INSERT INTO follows (person_id, task_id, level) VALUES ($1, $2, $3)
     ON CONFLICT (task_id, person_id) DO UPDATE SET level = excluded.level`,
    [personId, taskId, level],
  );
}
