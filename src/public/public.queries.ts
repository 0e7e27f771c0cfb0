import type { EntityManager } from 'typeorm';
import type { ActorView, Instant, PublicQueueItem, PublicUpdateStatus, PublicUpdateView } from '#libs/contracts';

interface UpdateRow {
  id: string;
  task_id: string;
  body: string;
  status: PublicUpdateStatus;
  drafted_at: Date;
  reviewed_at: Date | null;
  reason: string | null;
  drafter: NameRow;
  reviewer: NameRow | null;
  task_title: string;
  opd_id: string;
  opd: string;
  public_path: string | null;
}

interface NameRow {
  id: string;
  front: string;
  name: string;
  back: string;
  opd: string | null;
}

const person = (alias: string) => `jsonb_build_object('id', ${alias}.id, 'front', ${alias}.front_titles,
  'name', ${alias}.name, 'back', ${alias}.back_titles,
  'opd', (SELECT abbreviation FROM opds WHERE id = ${alias}.opd_id))`;

const UPDATES = `
SELECT u.id, u.task_id, u.body, u.status, u.drafted_at, u.reviewed_at, u.reason,
  ${person('d')} AS drafter, CASE WHEN r.id IS NOT NULL THEN ${person('r')} END AS reviewer,
  t.title AS task_title, o.id AS opd_id, o.abbreviation AS opd,
  CASE WHEN p.published THEN '/pekerjaan/' || (p.page->>'slug') || '-' || p.address END AS public_path
FROM public_updates u
JOIN tasks t ON t.id = u.task_id
JOIN opds o ON o.id = t.coordinating_opd_id
JOIN persons d ON d.id = u.drafted_by
LEFT JOIN persons r ON r.id = u.reviewed_by
LEFT JOIN public_pages p ON p.task_id = u.task_id`;

/** An update with the unit whose PPID answers for it, locked until the end of the transaction. */
export async function lockUpdate(
  tx: EntityManager,
  id: string,
): Promise<{ update: PublicUpdateView; coordinatingOpdId: string } | null> {
  const [row] = await tx.query<UpdateRow[]>(`${UPDATES} WHERE u.id = $1 FOR UPDATE OF u`, [id]);
  return row ? { update: toView(row), coordinatingOpdId: row.opd_id } : null;
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
  db: Pick<EntityManager, 'query'>,
  { status, opdIds, after, limit }: QueueQuery,
): Promise<PublicQueueItem[]> {
  const rows = await db.query<UpdateRow[]>(
    `${UPDATES} WHERE u.status = $1 AND ($2::uuid[] IS NULL OR t.coordinating_opd_id = ANY($2))
       AND ($3::timestamptz IS NULL OR (u.drafted_at, u.id) > ($3, $4::uuid))
     ORDER BY u.drafted_at, u.id LIMIT $5`,
    [status, opdIds, after?.at ?? null, after?.id ?? null, limit],
  );
  return rows.map((row) => ({
    update: toView(row),
    taskTitle: row.task_title,
    opd: row.opd,
    publicPath: row.public_path,
  }));
}

function toView(row: UpdateRow): PublicUpdateView {
  return {
    id: row.id,
    taskId: row.task_id,
    body: row.body,
    status: row.status,
    draftedBy: toActor(row.drafter),
    draftedAt: row.drafted_at.toISOString(),
    reviewedBy: row.reviewer && toActor(row.reviewer),
    reviewedAt: row.reviewed_at?.toISOString() ?? null,
    reason: row.reason,
  };
}

function toActor({ id, front, name, back, opd }: NameRow): ActorView {
  const titled = [front, name].filter(Boolean).join(' ');
  return { id, name: back ? `${titled}, ${back}` : titled, opd: opd ?? '' };
}
