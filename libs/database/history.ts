import type { DataSource, EntityManager } from 'typeorm';
import type { ActorView, StreamEvent, StreamKind } from '#libs/contracts';

export interface StreamHead {
  id: string;
  kind: StreamKind;
  seq: number;
  epoch: string;
  aclVersion: number;
}

interface HeadRow {
  id: string;
  kind: StreamKind;
  seq: string;
  epoch: string;
  acl_version: number;
}

interface EventRow {
  stream_id: string;
  seq: string;
  type: StreamEvent['type'];
  at: Date;
  actor: ActorView;
  command_id: string;
  data: never;
}

type Asker = Pick<EntityManager, 'query'>;

/** Where the given streams stand now. Streams that do not exist are not in the answer. */
export async function readHeads(db: Asker, ids: readonly string[]): Promise<StreamHead[]> {
  if (ids.length === 0) return [];
  const rows = await db.query<HeadRow[]>(
    'SELECT id, kind, seq, epoch, acl_version FROM stream_head WHERE id = ANY($1::uuid[])',
    [ids],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    seq: Number(row.seq),
    epoch: row.epoch,
    aclVersion: row.acl_version,
  }));
}

/** Events numbered `after < seq <= upTo`, in order, at most `limit`. Costs what it returns, not what exists. */
export async function readEvents(
  db: Asker,
  streamId: string,
  after: number,
  upTo: number,
  limit: number,
): Promise<StreamEvent[]> {
  const rows = await db.query<EventRow[]>(
    `SELECT stream_id, seq, type, at, actor, command_id, data FROM stream_event
     WHERE stream_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4`,
    [streamId, after, upTo, limit],
  );
  return rows.map(toEvent);
}

/** Newest first: what happened beside messages, numbered below `before`. */
export async function readHistory(
  db: Asker,
  streamId: string,
  before: number | null,
  limit: number,
): Promise<StreamEvent[]> {
  const rows = await db.query<EventRow[]>(
    `SELECT stream_id, seq, type, at, actor, command_id, data FROM stream_event
     WHERE stream_id = $1 AND type NOT LIKE 'message.%' AND seq < coalesce($2::bigint, 9223372036854775807)
     ORDER BY seq DESC LIMIT $3`,
    [streamId, before, limit],
  );
  return rows.map(toEvent);
}

/** Runs `read` on one frozen view of the database: rows and the stream's head belong to the same moment. */
export function readConsistently<T>(source: DataSource, read: (tx: EntityManager) => Promise<T>): Promise<T> {
  return source.transaction('REPEATABLE READ', async (tx) => {
    await tx.query('SET TRANSACTION READ ONLY');
    return read(tx);
  });
}

export function toEvent(row: EventRow): StreamEvent {
  // The row says which type it is; more types than TypeScript compares one by one.
  return {
    streamId: row.stream_id,
    seq: Number(row.seq),
    type: row.type,
    at: row.at.toISOString(),
    actor: row.actor,
    commandId: row.command_id,
    data: row.data,
  } as StreamEvent;
}
