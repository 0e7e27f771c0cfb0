import type { DataSource } from 'typeorm';

/** What `startHistoriesAnew` did. */
export interface StartedAnew {
  /** Histories that were given a new epoch: all there are. */
  histories: number;
  /** Events that bore a transaction id which this PostgreSQL has not reached. */
  foreignEvents: number;
}

const HEADS = 1_000;
const EVENTS = 2_000;

/**
 * For a database that came back from a backup, before the app starts on it. Every history gets a new epoch, so that a
 * cursor from before is worth nothing; consumers read all histories again from the beginning (what they had derived
 * stays as it is), because what they had read may not be what is there now.
 *
 * Transaction ids mean nothing in another cluster: events from its future would never be read, and those written here
 * would lie behind them. They get ids of this cluster, in their old order.
 *
 * In small transactions. Broken off, it is done again from the start; done twice, it does no harm.
 */
export async function startHistoriesAnew(source: DataSource): Promise<StartedAnew> {
  const foreignEvents = await renameEvents(source);
  await source.query(
    `UPDATE consumer_cursor SET xid = '0', stream_id = '00000000-0000-0000-0000-000000000000', seq = 0`,
  );
  return { histories: await renewEpochs(source), foreignEvents };
}

async function renameEvents(source: DataSource): Promise<number> {
  let sum = 0;
  for (;;) {
    const [row] = await source.query<{ n: number }[]>(RENAME_EVENTS, [EVENTS]);
    sum += row?.n ?? 0;
    if (!row || row.n < EVENTS) return sum;
  }
}

async function renewEpochs(source: DataSource): Promise<number> {
  let sum = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const [row] = await source.query<{ n: number; last: string | null }[]>(RENEW_EPOCHS, [after, HEADS]);
    sum += row?.n ?? 0;
    if (!row?.last || row.n < HEADS) return sum;
    after = row.last;
  }
}

// Each part is a transaction, and so has an id of its own: consumers sort the events of one id at every look.
const RENAME_EVENTS = `
WITH part AS MATERIALIZED (
  SELECT stream_id, seq FROM stream_event WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())
  ORDER BY xid, stream_id, seq LIMIT $1
), renamed AS (
  UPDATE stream_event e SET xid = pg_current_xact_id() FROM part p
  WHERE e.stream_id = p.stream_id AND e.seq = p.seq RETURNING 1
)
SELECT count(*)::int AS n FROM renamed`;

const RENEW_EPOCHS = `
WITH part AS MATERIALIZED (
  SELECT id FROM stream_head WHERE id > $1 ORDER BY id LIMIT $2 FOR NO KEY UPDATE
), renewed AS (
  UPDATE stream_head h SET epoch = gen_random_uuid() FROM part WHERE h.id = part.id RETURNING h.id
)
SELECT count(*)::int AS n, (SELECT id FROM part ORDER BY id DESC LIMIT 1) AS last FROM renewed`;
