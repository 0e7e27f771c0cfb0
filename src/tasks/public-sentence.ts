import type { EntityManager } from 'typeorm';
import { LIMITS, type PublicUpdateView } from '#libs/contracts';
import type { Names } from '../organization/organization.service.js';

/** A row of `public_updates`: what citizens are told of a task, or shall be. */
export interface PublicSentence {
  id: string;
  task_id: string;
  body: string;
  status: PublicUpdateView['status'];
  drafted_by: string;
  drafted_at: Date;
  reviewed_by: string | null;
  reviewed_at: Date | null;
  reason: string | null;
}

export function toPublicUpdateView(row: PublicSentence, names: Names): PublicUpdateView {
  return {
    id: row.id,
    taskId: row.task_id,
    body: row.body,
    status: row.status,
    draftedBy: names.person(row.drafted_by),
    draftedAt: row.drafted_at.toISOString(),
    reviewedBy: row.reviewed_by === null ? null : names.person(row.reviewed_by),
    reviewedAt: row.reviewed_at?.toISOString() ?? null,
    reason: row.reason,
  };
}

/** The newest ones, in the order of time. */
export async function readSentences(tx: EntityManager, taskId: string): Promise<PublicSentence[]> {
  const rows = await tx.query<PublicSentence[]>(
    `SELECT id, task_id, body, status, drafted_by, drafted_at, reviewed_by, reviewed_at, reason
     FROM public_updates WHERE task_id = $1 ORDER BY drafted_at DESC, id DESC LIMIT $2`,
    [taskId, LIMITS.publicUpdatesInSnapshot],
  );
  return rows.reverse();
}

/** Waits for the PPID from now on. */
export async function insertPending(
  tx: EntityManager,
  { id, taskId, body, draftedBy, draftedAt }: PublicUpdateView,
): Promise<void> {
  await tx.query(
    `INSERT INTO public_updates (id, task_id, body, status, drafted_by, drafted_at)
     VALUES ($1, $2, $3, 'PENDING', $4, $5)`,
    [id, taskId, body, draftedBy.id, draftedAt],
  );
}
