import type { EntityManager } from 'typeorm';
import {
  CATCH_UP_EVENTS,
  type CatchUpChange,
  type CatchUpTask,
  type Instant,
  type WorkspaceEvent,
} from '#libs/contracts';

type Asker = Pick<EntityManager, 'query'>;

/** How far a person has seen a task's history. */
export interface Visit {
  /** They were never there; then everything since they came to the team counts as new. */
  first: boolean;
  seq: number;
  seen: number[];
  at: Instant | null;
}

interface VisitRow {
  seq: string | null;
  seen: string[] | null;
  at: Date | null;
  joined: string | null;
}

/** Who is no member and was never there has missed nothing that was theirs to see. */
export async function findVisit(db: Asker, personId: string, taskId: string, head: number): Promise<Visit> {
  const [row] = await db.query<VisitRow[]>(VISIT, [personId, taskId]);
  if (row && row.seq !== null)
    return {
      first: false,
      seq: Number(row.seq),
      seen: (row.seen ?? []).map(Number),
      at: row.at?.toISOString() ?? null,
    };
  return {
    first: row?.joined !== null,
    seq: row?.joined == null ? head : Number(row.joined),
    seen: [],
    at: null,
  };
}

const VISIT = `
SELECT v.seq, v.seen, v.at, CASE WHEN w.person_id IS NULL THEN NULL ELSE coalesce((
    SELECT max(e.seq) FROM stream_event e
    WHERE e.stream_id = $2 AND e.type NOT LIKE 'message.%' AND e.type = 'member.added'
      AND e.data->'member'->'person'->>'id' = $1::text), 0) END AS joined
FROM (SELECT 1) AS one
LEFT JOIN visits v ON v.person_id = $1::uuid AND v.task_id = $2
LEFT JOIN work_team_members w ON w.person_id = $1::uuid AND w.task_id = $2`;

/** What others did beside talking, above `visit`, newest first. */
export async function findMissed(
  db: Asker,
  personId: string,
  taskId: string,
  { seq, seen }: Visit,
  limit: number,
): Promise<WorkspaceEvent[]> {
  const rows = await db.query<(Omit<WorkspaceEvent, 'seq' | 'at'> & { seq: string; at: Date })[]>(
    `SELECT stream_id AS "streamId", seq, type, at, actor, command_id AS "commandId", data FROM stream_event
     WHERE stream_id = $1 AND type NOT LIKE 'message.%' AND seq > $2 AND seq <> ALL ($3::bigint[])
       AND actor->>'id' <> $4
     ORDER BY seq DESC LIMIT $5`,
    [taskId, seq, seen, personId, limit],
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq), at: row.at.toISOString() }) as WorkspaceEvent);
}

/** Single numbers that are remembered above the one up to which all was seen; of more the newest. */
const SEEN_SINGLY = 2_000;

/** Everything up to a number, or single ones above it; never less than before. */
export async function storeVisit(
  tx: Asker,
  personId: string,
  taskId: string,
  { seq, seen, at }: { seq: number; seen: readonly number[]; at: Instant },
): Promise<void> {
  await tx.query(
    `INSERT INTO visits (person_id, task_id, seq, seen, at) VALUES ($1, $2, $3, $4::bigint[], $5)
     ON CONFLICT (person_id, task_id) DO UPDATE SET seq = greatest(visits.seq, excluded.seq),
       seen = ARRAY(SELECT DISTINCT s FROM unnest(visits.seen || excluded.seen) s
                    WHERE s > greatest(visits.seq, excluded.seq) ORDER BY s DESC LIMIT $6),
       at = CASE WHEN excluded.seq > visits.seq THEN excluded.at ELSE visits.at END`,
    [personId, taskId, seq, seen, at, SEEN_SINGLY],
  );
}

/** Events that are counted in one task; of more the newest. */
const COUNTED = 200;

/** What waits for a person in one task, and since when. */
export interface Addressed {
  taskId: string;
  count: number;
  at: Instant;
}

interface TaskRow extends Omit<CatchUpTask, 'changes'> {
  changes: Partial<Record<CatchUpChange, number>> | null;
}

/** How much is new in each of a person's tasks; those with nothing are left out. */
export async function findOverview(
  db: Asker,
  personId: string,
  addressed: readonly Addressed[],
  limit: number,
): Promise<CatchUpTask[]> {
  const rows = await db.query<TaskRow[]>(OVERVIEW, [
    personId,
    limit,
    COUNTED,
    JSON.stringify(CATCH_UP_EVENTS),
    JSON.stringify(addressed),
  ]);
  return rows.map((row) => ({
    ...row,
    changes: { DECISIONS: 0, STATUS: 0, DATES: 0, FILES: 0, ...row.changes },
  }));
}

// One thing is one subject, as `placeInCatchUp` says; a status has none of its own.
const OVERVIEW = `
SELECT t.id AS "taskId", t.title, c.changes, coalesce(c.more, false) AS "moreChanges",
  coalesce(a.count, 0) AS mine, u.unread
FROM work_team_members w
JOIN tasks t ON t.id = w.task_id
JOIN task_opds x ON x.task_id = w.task_id AND x.opd_id = w.opd_id AND (x.coordinating OR x.acceptance = 'ACCEPTED')
LEFT JOIN visits v ON v.person_id = w.person_id AND v.task_id = w.task_id
LEFT JOIN jsonb_to_recordset($5::jsonb) AS a("taskId" uuid, count int, at timestamptz) ON a."taskId" = w.task_id
CROSS JOIN LATERAL (
  SELECT coalesce(v.seq, (
    SELECT max(e.seq) FROM stream_event e
    WHERE e.stream_id = w.task_id AND e.type NOT LIKE 'message.%' AND e.type = 'member.added'
      AND e.data->'member'->'person'->>'id' = w.person_id::text), 0) AS seq
) s
CROSS JOIN LATERAL (
  SELECT jsonb_object_agg(g.section, g.things) AS changes, max(g.at) AS at, sum(g.events) >= $3 AS more FROM (
    SELECT k.section, count(DISTINCT k.subject)::int AS things, count(*) AS events, max(k.at) AS at FROM (
      SELECT e.at, $4::jsonb->>e.type AS section, coalesce(
        e.data#>>'{decision,id}', e.data#>>'{opd,opd,id}', e.data#>>'{member,person,id}', e.data->>'personId',
        e.data->>'threadId', e.data#>>'{update,id}', e.data#>>'{milestone,id}', e.data#>>'{file,id}',
        e.data->>'fileId', e.type) AS subject
      FROM stream_event e
      WHERE e.stream_id = w.task_id AND e.type NOT LIKE 'message.%' AND $4::jsonb ? e.type
        AND e.seq > s.seq AND (v.seen IS NULL OR e.seq <> ALL (v.seen)) AND e.actor->>'id' <> w.person_id::text
      ORDER BY e.seq DESC LIMIT $3
    ) k GROUP BY k.section
  ) g
) c
CROSS JOIN LATERAL (
  SELECT coalesce(sum(n), 0)::int AS unread, max(h.last_message_at) FILTER (WHERE n > 0) AS at FROM threads h
  LEFT JOIN read_marks m ON m.thread_id = h.id AND m.person_id = w.person_id
  CROSS JOIN LATERAL (
    SELECT count(*) AS n FROM messages g
    WHERE g.thread_id = h.id AND g.author_id <> w.person_id AND g.deleted_at IS NULL
      AND CASE WHEN m.person_id IS NULL THEN g.posted_at > w.joined_at
               ELSE g.no > least(m.up_to, coalesce(m.unread_from - 1, m.up_to)) END
  ) k
  WHERE h.task_id = w.task_id
) u
WHERE w.person_id = $1 AND (c.changes IS NOT NULL OR a.count > 0 OR u.unread > 0)
ORDER BY greatest(c.at, u.at, a.at) DESC NULLS LAST, t.id LIMIT $2`;
