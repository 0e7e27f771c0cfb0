import type { EntityManager } from 'typeorm';
import type {
  ActorView,
  Instant,
  PublicQueueItem,
  PublicUpdateStatus,
  PublicUpdateView,
} from '#libs/contracts';

interface UpdateRow {
  id: string;
  task_id: string;
  body: string;
  status: PublicUpdateStatus;
  drafted_by: string;
  drafted_at: Date;
  reviewed_by: string | null;
  reviewed_at: Date | null;
  reason: string | null;
  task_title: string;
  opd_id: string;
  opd: string;
  public_path: string | null;
}

/** Names of people as colleagues see them. */
export type Names = (personIds: string[], db: Asker) => Promise<Map<string, ActorView>>;
type Asker = Pick<EntityManager, 'query' | 'getRepository'>;

const UPDATES = `
SELECT u.id, u.task_id, u.body, u.status, u.drafted_by, u.drafted_at, u.reviewed_by, u.reviewed_at, u.reason,
  t.title AS task_title, o.id AS opd_id, o.abbreviation AS opd,
  CASE WHEN p.published THEN '/pekerjaan/' || (p.page->>'slug') || '-' || p.address END AS public_path
FROM public_updates u
JOIN tasks t ON t.id = u.task_id
JOIN opds o ON o.id = t.coordinating_opd_id
LEFT JOIN public_pages p ON p.task_id = u.task_id`;

/** An update with the unit whose PPID answers for it, locked until the end of the transaction. */
export async function lockUpdate(
  tx: EntityManager,
  id: string,
  names: Names,
): Promise<{ update: PublicUpdateView; coordinatingOpdId: string } | null> {
  const [row] = await tx.query<UpdateRow[]>(`${UPDATES} WHERE u.id = $1 FOR UPDATE OF u`, [id]);
  if (!row) return null;
  const [update] = await toViews([row], tx, names);
  return update ? { update, coordinatingOpdId: row.opd_id } : null;
}

export async function insertUpdate(tx: EntityManager, update: PublicUpdateView): Promise<void> {
  const { id, taskId, body, status, draftedBy, draftedAt, reviewedBy, reviewedAt, reason } = update;
  await tx.query(
    `INSERT INTO public_updates (id, task_id, body, status, drafted_by, drafted_at, reviewed_by, reviewed_at, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, taskId, body, status, draftedBy.id, draftedAt, reviewedBy?.id ?? null, reviewedAt, reason],
  );
}

export async function saveReview(tx: EntityManager, update: PublicUpdateView): Promise<void> {
  await tx.query(
    'UPDATE public_updates SET status = $2, reviewed_by = $3, reviewed_at = $4, reason = $5 WHERE id = $1',
    [update.id, update.status, update.reviewedBy?.id ?? null, update.reviewedAt, update.reason],
  );
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
  db: Asker,
  { status, opdIds, after, limit }: QueueQuery,
  names: Names,
): Promise<PublicQueueItem[]> {
  const rows = await db.query<UpdateRow[]>(
    `${UPDATES} WHERE u.status = $1 AND ($2::uuid[] IS NULL OR t.coordinating_opd_id = ANY($2))
       AND ($3::timestamptz IS NULL OR (u.drafted_at, u.id) > ($3, $4::uuid))
     ORDER BY u.drafted_at, u.id LIMIT $5`,
    [status, opdIds, after?.at ?? null, after?.id ?? null, limit],
  );
  const views = await toViews(rows, db, names);
  return views.map((update, i) => ({
    update,
    taskTitle: rows[i]?.task_title ?? '',
    opd: rows[i]?.opd ?? '',
    publicPath: rows[i]?.public_path ?? null,
  }));
}

async function toViews(rows: UpdateRow[], db: Asker, names: Names): Promise<PublicUpdateView[]> {
  const people = await names(
    rows.flatMap((row) => [row.drafted_by, row.reviewed_by ?? []].flat()),
    db,
  );
  const nameOf = (id: string): ActorView => people.get(id) ?? { id, name: '', opd: '' };
  return rows.map((row) => ({
    id: row.id,
    taskId: row.task_id,
    body: row.body,
    status: row.status,
    draftedBy: nameOf(row.drafted_by),
    draftedAt: row.drafted_at.toISOString(),
    reviewedBy: row.reviewed_by === null ? null : nameOf(row.reviewed_by),
    reviewedAt: row.reviewed_at?.toISOString() ?? null,
    reason: row.reason,
  }));
}
