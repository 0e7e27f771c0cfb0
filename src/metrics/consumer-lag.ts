import type { DataSource } from 'typeorm';

const WAIT_MS = 2_000;

export interface ConsumerLag {
  name: string;
  events: number;
}

/** How much history lies before each consumer; null when the database does not answer. Costs what it counts. */
export async function readConsumerLag(source: DataSource): Promise<ConsumerLag[] | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), WAIT_MS);
  });
  // The reason is in the log of whoever needs the database.
  const answer = source.query<ConsumerLag[]>(LAG).catch(() => null);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

const LAG = `
SELECT c.name, (SELECT count(*)::int FROM (
  SELECT 1 FROM stream_event e
  WHERE e.xid >= c.xid AND (e.xid, e.stream_id, e.seq) > (c.xid, c.stream_id, c.seq) LIMIT 10000) AS ahead) AS events
FROM consumer_cursor c ORDER BY c.name`;
