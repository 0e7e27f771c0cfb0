import type { EntityManager } from 'typeorm';
import type { CatchUpOverview, Instant, WorkspaceEvent } from '#libs/contracts';

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

const COUNTED = 100;

/** How much is new in each of a person's tasks; those with nothing are left out. */
export async function findOverview(
  db: Asker,
  personId: string,
  limit: number,
): Promise<CatchUpOverview['tasks']> {
  return db.query<CatchUpOverview['tasks']>(OVERVIEW, [personId, limit, COUNTED]);
}

const OVERVIEW = `
SELECT t.id AS "taskId", t.title, c.changes, u.unread
FROM work_team_members w
JOIN tasks t ON t.id = w.task_id
JOIN task_opds x ON x.task_id = w.task_id AND x.opd_id = w.opd_id AND (x.coordinating OR x.acceptance = 'ACCEPTED')
LEFT JOIN visits v ON v.person_id = w.person_id AND v.task_id = w.task_id
CROSS JOIN LATERAL (
  SELECT count(*)::int AS changes, max(e.at) AS at FROM (
    SELECT at FROM stream_event e
    WHERE e.stream_id = w.task_id AND e.type NOT LIKE 'message.%'
      AND (CASE WHEN v.seq IS NULL THEN e.at > w.joined_at ELSE e.seq > v.seq AND e.seq <> ALL (v.seen) END)
      AND e.actor->>'id' <> w.person_id::text
    ORDER BY e.seq DESC LIMIT $3
  ) e
) c
CROSS JOIN LATERAL (
  SELECT coalesce(sum(n), 0)::int AS unread, max(h.last_message_at) AS at FROM threads h
  LEFT JOIN read_marks m ON m.thread_id = h.id AND m.person_id = w.person_id
  CROSS JOIN LATERAL (
    SELECT count(*) AS n FROM messages g
    WHERE g.thread_id = h.id AND g.author_id <> w.person_id AND g.deleted_at IS NULL
      AND CASE WHEN m.person_id IS NULL THEN g.posted_at > w.joined_at
               ELSE g.no > least(m.up_to, coalesce(m.unread_from - 1, m.up_to)) END
  ) k
  WHERE h.task_id = w.task_id
) u
WHERE w.person_id = $1 AND (c.changes > 0 OR u.unread > 0)
ORDER BY greatest(c.at, u.at) DESC NULLS LAST, t.id LIMIT $2`;
