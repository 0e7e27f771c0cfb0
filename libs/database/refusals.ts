import type { DataSource } from 'typeorm';

/**
 * Forgets refusals given more than 7 days ago, at most `limit`; instances at it at the same time share the work.
 * Accepted commands are never forgotten. @returns how many
 */
export async function forgetRefusals(source: DataSource, limit: number): Promise<number> {
  const [, count] = await source.query<[unknown[], number]>(
    `DELETE FROM command WHERE (actor_id, command_id) IN (
       SELECT actor_id, command_id FROM command
       WHERE refusal IS NOT NULL AND at < now() - interval '7 days'
       ORDER BY at LIMIT $1 FOR UPDATE SKIP LOCKED
     )`,
    [limit],
  );
  return count;
}
