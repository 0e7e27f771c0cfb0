import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { ActorView, Instant, StreamEvent } from '#libs/contracts';
import { byStream, type CommittedFrame, type NewEvent } from './command.js';

interface Row {
  id: string;
  epoch: string;
  base: string;
}

/**
 * Numbers events of persons' own streams, as the last statement before commit. For what is idempotent by itself (a
 * mark only grows, a row is put away once more) and therefore needs no remembered command id; a stream that is not
 * there yet is opened.
 *
 * @returns what was written, to be announced after the commit
 */
export async function numberNotes(
  tx: EntityManager,
  actor: ActorView,
  events: readonly NewEvent[],
  at: Instant,
): Promise<CommittedFrame[]> {
  if (events.length === 0) return [];
  const perPerson = byStream(events);
  const commandId = randomUUID();
  await tx.query(OPEN, [[...perPerson.keys()]]);
  const rows: Row[] = await tx.query(NUMBER_NOTES, [
    JSON.stringify(
      [...perPerson.values()].flatMap((list) =>
        list.map(({ streamId, type, data }, i) => ({ stream_id: streamId, k: i + 1, type, data })),
      ),
    ),
    at,
    JSON.stringify(actor),
    commandId,
  ]);
  return rows.map(({ id, epoch, base }) => ({
    streamId: id,
    kind: 'person',
    epoch,
    events: (perPerson.get(id) ?? []).map(
      ({ type, data }, i) =>
        ({ streamId: id, seq: Number(base) + i + 1, type, at, actor, commandId, data }) as StreamEvent,
    ),
  }));
}

const OPEN = `
INSERT INTO stream_head (id, kind) SELECT unnest($1::uuid[]), 'person' ON CONFLICT (id) DO NOTHING`;

const NUMBER_NOTES = `
WITH wanted AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS w(stream_id uuid, k int, type text, data jsonb)
), locked AS (
  SELECT h.id FROM stream_head h
  WHERE h.kind = 'person' AND h.id IN (SELECT stream_id FROM wanted) ORDER BY h.id FOR NO KEY UPDATE
), headed AS (
  UPDATE stream_head h SET seq = h.seq + n.n
  FROM (SELECT stream_id, count(*) AS n FROM wanted GROUP BY stream_id) n JOIN locked l ON l.id = n.stream_id
  WHERE h.id = n.stream_id
  RETURNING h.id, h.epoch, h.seq - n.n AS base
), stored AS (
  INSERT INTO stream_event (stream_id, seq, type, at, actor, command_id, data)
  SELECT w.stream_id, h.base + w.k, w.type, $2, $3::jsonb, $4, w.data
  FROM wanted w JOIN headed h ON h.id = w.stream_id
)
SELECT id, epoch, base FROM headed`;
