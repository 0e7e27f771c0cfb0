import type { DataSource, EntityManager } from 'typeorm';
import type { WireError } from '#libs/contracts';
import type { FileRow } from './file.rows.js';

type Db = Pick<EntityManager, 'query'>;

const COLUMNS = `id, task_id, state, name, storage_key, declared_size, received, size, media_type, kind, replaces,
  version, added_by, added_opd_id, added_at, removed_by, removed_at, refusal, tries`;

/** An upload without a sign of life is given up after this. */
const ABANDONED = `interval '1 day'`;
/** How long it stays known why something never became a file. */
const REMEMBERED = `interval '7 days'`;
/** Who took a piece of work and was killed leaves it to others after this. */
const LEASE = `interval '10 minutes'`;

export async function findFile(db: Db, id: string): Promise<FileRow | null> {
  const [row] = await db.query<FileRow[]>(`SELECT ${COLUMNS} FROM files WHERE id = $1`, [id]);
  return row ?? null;
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockFile(tx: Db, id: string): Promise<FileRow | null> {
  const [row] = await tx.query<FileRow[]>(`SELECT ${COLUMNS} FROM files WHERE id = $1 FOR UPDATE`, [id]);
  return row ?? null;
}

/** The newest versions that were ever shown, in the order of time. */
export async function newestFiles(db: Db, taskId: string, limit: number): Promise<FileRow[]> {
  const rows = await db.query<FileRow[]>(
    `SELECT ${COLUMNS} FROM files WHERE task_id = $1 AND added_at IS NOT NULL
     ORDER BY added_at DESC, id DESC LIMIT $2`,
    [taskId, limit],
  );
  return rows.reverse();
}

/** What one person has under way in a workspace, oldest first. */
export async function openUploads(db: Db, taskId: string, personId: string): Promise<FileRow[]> {
  return db.query<FileRow[]>(
    `SELECT ${COLUMNS} FROM files
     WHERE task_id = $1 AND added_by = $2 AND state IN ('RECEIVING', 'SCANNING') ORDER BY due_at, id`,
    [taskId, personId],
  );
}

/** One at a time for a workspace: what is counted stays so until the transaction ends. */
export async function lockQuota(tx: Db, taskId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1764000000009))', [taskId]);
}

/** Bytes that a workspace's files take, and those that are promised to uploads under way. */
export async function bytesTaken(tx: Db, taskId: string): Promise<number> {
  const [row] = await tx.query<{ bytes: string }[]>(
    `SELECT coalesce(sum(coalesce(size, declared_size)), 0) AS bytes FROM files
     WHERE task_id = $1 AND state <> 'REMOVED'`,
    [taskId],
  );
  return Number(row?.bytes);
}

/** Whether a version is the newest of its file and still there. */
export async function isReplaceable(tx: Db, taskId: string, id: string): Promise<boolean> {
  const [row] = await tx.query<{ state: string; task_id: string; replaced: boolean }[]>(
    `SELECT state, task_id, EXISTS (SELECT 1 FROM files n WHERE n.replaces = f.id AND n.state = 'READY') AS replaced
     FROM files f WHERE id = $1`,
    [id],
  );
  return row?.state === 'READY' && row.task_id === taskId && !row.replaced;
}

export async function insertUpload(
  tx: Db,
  upload: {
    id: string;
    taskId: string;
    name: string;
    key: string;
    size: number;
    by: string;
    replaces: string | null;
  },
): Promise<void> {
  const { id, taskId, name, key, size, by, replaces } = upload;
  await tx.query(
    `INSERT INTO files (id, task_id, state, name, storage_key, declared_size, added_by, replaces, due_at)
     VALUES ($1, $2, 'RECEIVING', $3, $4, $5, $6, $7, now() + ${ABANDONED})`,
    [id, taskId, name, key, size, by, replaces],
  );
}

export async function saveReceived(tx: Db, id: string, received: number): Promise<void> {
  await tx.query(`UPDATE files SET received = $2, due_at = now() + ${ABANDONED} WHERE id = $1`, [
    id,
    received,
  ]);
}

/** All is here and looked at. False: somebody else said so before, or it was given up meanwhile. */
export async function saveInspected(
  db: Db,
  id: string,
  { mediaType, kind, size }: { mediaType: string; kind: string; size: number },
): Promise<boolean> {
  const [, changed] = await db.query<[unknown, number]>(
    `UPDATE files SET state = 'SCANNING', media_type = $2, kind = $3, size = $4, due_at = now() + ${LEASE}
     WHERE id = $1 AND state = 'RECEIVING'`,
    [id, mediaType, kind, size],
  );
  return changed === 1;
}

/** It is a file of the workspace from `at` on. */
export async function saveReady(
  tx: Db,
  id: string,
  { version, opdId, at }: { version: number; opdId: string | null; at: string },
): Promise<void> {
  await tx.query(
    `UPDATE files SET state = 'READY', version = $2, added_opd_id = $3, added_at = $4, due_at = NULL WHERE id = $1`,
    [id, version, opdId, at],
  );
}

/** Its bytes may go from now on. `by` null: nobody took it away, it never became a file. */
export async function saveRemoved(
  tx: Db,
  id: string,
  { by, at, refusal }: { by: string | null; at?: string; refusal?: WireError },
): Promise<void> {
  await tx.query(
    `UPDATE files SET state = 'REMOVED', removed_by = $2, removed_at = coalesce($3, now()), refusal = $4,
       due_at = now() + ${LEASE}
     WHERE id = $1 AND state <> 'REMOVED'`,
    [id, by, at ?? null, refusal ? JSON.stringify(refusal) : null],
  );
}

/** Takes what is due in a state: others find it again only after the lease. */
export async function takeDue(
  source: DataSource,
  state: 'RECEIVING' | 'SCANNING' | 'REMOVED',
  limit: number,
): Promise<FileRow[]> {
  const [rows] = await source.query<[FileRow[], number]>(
    `UPDATE files SET due_at = now() + ${LEASE}, tries = tries + 1 WHERE id IN (
       SELECT id FROM files WHERE state = $1 AND due_at <= now() ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ) RETURNING ${COLUMNS}`,
    [state, limit],
  );
  return rows;
}

/** The scanner could not say: again after a while, which grows with the tries from 5 seconds to 5 minutes. */
export async function scanAgain(db: Db, id: string): Promise<void> {
  await db.query(
    `UPDATE files SET due_at = now() + least(interval '5 minutes', interval '5 seconds' * power(2, least(tries, 10)))
     WHERE id = $1 AND state = 'SCANNING'`,
    [id],
  );
}

/** Its bytes are gone for certain. */
export async function saveSwept(db: Db, id: string): Promise<void> {
  await db.query(`UPDATE files SET due_at = NULL WHERE id = $1 AND state = 'REMOVED'`, [id]);
}

/** Rows of what never became a file, long after its bytes went; at most `limit`. */
export async function deleteForgotten(db: Db, limit: number): Promise<void> {
  await db.query(
    `DELETE FROM files WHERE id IN (
       SELECT id FROM files WHERE state = 'REMOVED' AND added_at IS NULL AND due_at IS NULL
         AND removed_at < now() - ${REMEMBERED}
       LIMIT $1 FOR UPDATE SKIP LOCKED
     )`,
    [limit],
  );
}
