import type { EntityManager } from 'typeorm';
import type { Instant, PublicQueueItem, PublicUpdateStatus, PublicUpdateView } from '#libs/contracts';
import type { PublicUpdateRow, PublicUpdates } from './public-updates.service.js';

interface QueueRow extends PublicUpdateRow {
  task_title: string;
  opd_id: string;
  opd: string;
  public_path: string | null;
}

/** Where citizens find the page `p`; null while there is none for them. */
const PUBLIC_PATH = `CASE WHEN p.published THEN '/pekerjaan/' || (p.page->>'slug') || '-' || p.address END`;

const UPDATES = `
SELECT u.id, u.task_id, u.body, u.status, u.drafted_by, u.drafted_at, u.reviewed_by, u.reviewed_at, u.reason,
  t.title AS task_title, o.id AS opd_id, o.abbreviation AS opd,
  ${PUBLIC_PATH} AS public_path
FROM public_updates u
JOIN tasks t ON t.id = u.task_id
JOIN opds o ON o.id = t.coordinating_opd_id
LEFT JOIN public_pages p ON p.task_id = u.task_id`;

/** An update with the unit whose PPID answers for it, locked until the end of the transaction. */
export async function lockUpdate(
  tx: EntityManager,
  id: string,
  updates: PublicUpdates,
): Promise<{ update: PublicUpdateView; coordinatingOpdId: string } | null> {
  const [row] = await tx.query<QueueRow[]>(`${UPDATES} WHERE u.id = $1 FOR UPDATE OF u`, [id]);
  if (!row) return null;
  const [update] = await updates.toViews([row], tx);
  return update ? { update, coordinatingOpdId: row.opd_id } : null;
}

/** The address of a task's page for citizens; null while there is none. */
export async function readPublicPath(db: EntityManager, taskId: string): Promise<string | null> {
  const [row] = await db.query<{ public_path: string | null }[]>(
    `SELECT ${PUBLIC_PATH} AS public_path FROM public_pages p WHERE p.task_id = $1`,
    [taskId],
  );
  return row?.public_path ?? null;
}

export interface QueueQuery {
  status: PublicUpdateStatus;
  /** Units whose tasks count; null: all. */
  opdIds: string[] | null;
  after: { at: Instant; id: string } | null;
  limit: number;
}

/** Updates in one state, the one that waits longest first. */
export async function readQueue(
  db: EntityManager,
  { status, opdIds, after, limit }: QueueQuery,
  updates: PublicUpdates,
): Promise<PublicQueueItem[]> {
  const rows = await db.query<QueueRow[]>(
    `${UPDATES} WHERE u.status = $1 AND ($2::uuid[] IS NULL OR t.coordinating_opd_id = ANY($2))
       AND ($3::timestamptz IS NULL OR (u.drafted_at, u.id) > ($3, $4::uuid))
     ORDER BY u.drafted_at, u.id LIMIT $5`,
    [status, opdIds, after?.at ?? null, after?.id ?? null, limit],
  );
  const views = await updates.toViews(rows, db);
  return views.map((update, i) => ({
    update,
    taskTitle: rows[i]?.task_title ?? '',
    opd: rows[i]?.opd ?? '',
    publicPath: rows[i]?.public_path ?? null,
  }));
}
