import type { DataSource } from 'typeorm';
import type { SignInName } from './sign-in-name.js';

export interface AccountRow {
  person_id: string;
  password_hash: string;
  disabled_at: Date | null;
}

export async function findAccount(source: DataSource, name: SignInName): Promise<AccountRow | null> {
  const [column, value] = 'nip' in name ? ['nip', name.nip] : ['email', name.email];
  const [row] = await source.query<AccountRow[]>(
    `SELECT a.person_id, a.password_hash, a.disabled_at
     FROM persons p JOIN accounts a ON a.person_id = p.id
     WHERE p.${column} = $1`,
    [value],
  );
  return row ?? null;
}

export interface SessionRow {
  id: string;
  expires_at: Date;
  person: { id: string; frontTitles: string; name: string; backTitles: string; opdId: string | null };
  /** Where the person's own stream stood at that moment; null when there is none yet. */
  seq: string | null;
}

/** Only a sign-in that still holds, of an account that is open. */
export async function findSession(source: DataSource, tokenHash: Buffer): Promise<SessionRow | null> {
  const [row] = await source.query<SessionRow[]>(
    `SELECT s.id, s.expires_at, h.seq, json_build_object('id', p.id, 'frontTitles', p.front_titles, 'name', p.name,
       'backTitles', p.back_titles, 'opdId', p.opd_id) AS person
     FROM sessions s JOIN accounts a ON a.person_id = s.person_id JOIN persons p ON p.id = s.person_id
     LEFT JOIN stream_head h ON h.id = s.person_id
     WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > now() AND a.disabled_at IS NULL`,
    [tokenHash],
  );
  return row ?? null;
}

/** Ends all sign-ins that still hold, a bounded number at a time; answers how many. */
export async function endAllSessions(source: DataSource, atOnce: number): Promise<number> {
  let sum = 0;
  for (;;) {
    const [, count] = await source.query<[unknown[], number]>(
      `UPDATE sessions SET ended_at = now() WHERE id IN (
         SELECT id FROM sessions WHERE ended_at IS NULL AND expires_at > now() LIMIT $1
       )`,
      [atOnce],
    );
    sum += count;
    if (count < atOnce) return sum;
  }
}

/** Removes sign-ins that are over for a day, at most `limit`; answers how many. */
export async function deleteOldSessions(source: DataSource, limit: number): Promise<number> {
  const [, count] = await source.query<[unknown[], number]>(
    `DELETE FROM sessions WHERE id IN (
       SELECT id FROM sessions WHERE expires_at < now() - interval '1 day'
       ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED
     )`,
    [limit],
  );
  return count;
}
