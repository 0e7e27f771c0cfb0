import type { EntityManager } from 'typeorm';
import { LIMITS, type MarkView } from '#libs/contracts';

type Asker = Pick<EntityManager, 'query'>;

/** A mark, and where its thread ends. */
export interface FoundMark extends MarkView {
  messageCount: number;
}

interface Row extends Omit<FoundMark, 'asOf'> {
  asOf: string;
}

/**
 * Marks and what is unread, of one moment: the count belongs to the history's number that stands beside it.
 *
 * @param threadId one thread; otherwise the newest ones of the workspace
 */
export async function findMarks(
  db: Asker,
  personId: string,
  workspaceId: string,
  threadId: string | null = null,
): Promise<FoundMark[]> {
  const rows = await db.query<Row[]>(MARKS, [workspaceId, personId, threadId, LIMITS.threadsInSnapshot]);
  return rows.map((row) => ({ ...row, asOf: Number(row.asOf) }));
}

// Who has no mark yet: a member has read what was said before they came, an overseer is told of nothing unread.
const MARKS = `
SELECT h.id AS "workspaceId", t.id AS "threadId", t.message_count AS "messageCount", h.seq AS "asOf",
  b.up_to AS "upTo", m.unread_from AS "unreadFrom", coalesce(m.version, 0) AS version, u.unread
FROM stream_head h
JOIN LATERAL (
  SELECT id, message_count FROM threads WHERE task_id = h.id AND ($3::uuid IS NULL OR id = $3)
  ORDER BY created_at DESC, id DESC LIMIT $4
) t ON true
LEFT JOIN work_team_members w ON w.task_id = h.id AND w.person_id = $2
LEFT JOIN read_marks m ON m.person_id = $2 AND m.thread_id = t.id
CROSS JOIN LATERAL (
  SELECT CASE
    WHEN m.person_id IS NOT NULL THEN m.up_to
    WHEN w.person_id IS NULL THEN t.message_count
    ELSE coalesce((SELECT max(x.no) FROM messages x WHERE x.thread_id = t.id AND x.posted_at <= w.joined_at), 0)
  END AS up_to
) b
CROSS JOIN LATERAL (
  SELECT count(*)::int AS unread FROM messages x
  WHERE x.thread_id = t.id AND x.no > least(b.up_to, coalesce(m.unread_from - 1, b.up_to)) AND x.author_id <> $2
    AND x.deleted_at IS NULL
) u
WHERE h.id = $1`;

/** Moves a mark up; `clears` takes a "belum dibaca" away that is no newer than the version the reader saw. */
export async function moveMark(
  db: Asker,
  personId: string,
  threadId: string,
  { upTo, unreadFrom, clears }: { upTo: number; unreadFrom: number | null; clears: number | null },
): Promise<void> {
  await db.query(
    `INSERT INTO read_marks AS m (person_id, thread_id, up_to, unread_from, version) VALUES ($1, $2, $3, $4, 1)
     ON CONFLICT (person_id, thread_id) DO UPDATE SET
       up_to = greatest(m.up_to, excluded.up_to),
       unread_from = CASE WHEN m.version <= $5 THEN NULL ELSE coalesce(excluded.unread_from, m.unread_from) END,
       version = m.version + 1`,
    [personId, threadId, upTo, unreadFrom, clears ?? -1],
  );
}
