import type { EntityManager } from 'typeorm';
import { AppError, meaningOf, type Instant, type StreamEvent, type StreamKind } from '#libs/contracts';
import { byStream, type Command, type CommittedFrame, type NewEvent } from './command.js';

/** Rights a command was allowed by: the version of the stream's access list that was read with them. */
export interface Authority {
  streamId: string;
  aclVersion: number;
}

/** The access list changed while the command was on its way: authorise again. Never leaves this lib. */
export class StaleRights extends Error {}

/** A stream to be numbered does not exist: asking again changes nothing. */
export class MissingStream extends Error {
  constructor(readonly streamIds: readonly string[]) {
    super(`no such stream: ${streamIds.join(', ')}`);
    this.name = 'MissingStream';
  }
}

interface Row {
  id: string;
  kind: StreamKind;
  epoch: string;
  base: string;
}

/**
 * The last statement before commit. Locks the heads of all streams in id order, checks the authority, takes the
 * next numbers, stores events and the command. The row lock makes seq follow commit order; taking it late keeps the
 * stream's other writers waiting the shortest time.
 *
 * @throws StaleRights when an access list is no longer the one that was read, MissingStream when there is no such stream
 */
export async function number(
  tx: EntityManager,
  command: Command,
  events: NewEvent[],
  authority: Authority[],
  at: Instant,
): Promise<CommittedFrame[]> {
  const perStream = byStream(events);
  const versions = new Map(authority.map((a) => [a.streamId, a.aclVersion]));
  const streams = [...perStream].map(([id, list]) => ({
    id,
    n: list.length,
    bump: list.some((event) => meaningOf(event.type)?.rights) ? 1 : 0,
    // Streams without a named authority (a person's own, a public page) are not fenced.
    acl: versions.get(id) ?? null,
  }));
  const rows: Row[] = await tx.query(NUMBER, [
    JSON.stringify(streams),
    JSON.stringify(
      [...perStream.values()].flatMap((list) =>
        list.map((event, i) => ({ stream_id: event.streamId, k: i + 1, type: event.type, data: event.data })),
      ),
    ),
    command.actor.id,
    JSON.stringify(command.actor),
    command.commandId,
    command.digest,
    events[0]?.streamId,
    at,
  ]);
  if (rows.length !== streams.length)
    throw await whyNot(
      tx,
      streams.map(({ id }) => id),
    );
  const heads = new Map(rows.map((row) => [row.id, row]));
  return [...perStream].map(([streamId, list]) => {
    const head = heads.get(streamId);
    if (!head) throw new AppError('not-found', {});
    return {
      streamId,
      kind: head.kind,
      epoch: head.epoch,
      events: list.map(
        (event, i) =>
          ({
            streamId,
            seq: Number(head.base) + i + 1,
            type: event.type,
            at,
            actor: command.actor,
            commandId: command.commandId,
            data: event.data,
          }) as StreamEvent,
      ),
    };
  });
}

async function whyNot(tx: EntityManager, ids: string[]): Promise<Error> {
  const missing = await tx.query<{ id: string }[]>(
    `SELECT id FROM unnest($1::uuid[]) AS wanted(id)
     WHERE NOT EXISTS (SELECT FROM stream_head h WHERE h.id = wanted.id)`,
    [ids],
  );
  return missing.length > 0 ? new MissingStream(missing.map(({ id }) => id)) : new StaleRights();
}

const NUMBER = `
WITH stream AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS s(id uuid, n int, bump int, acl int)
), locked AS (
  SELECT h.id, h.acl_version FROM stream_head h
  WHERE h.id IN (SELECT id FROM stream) ORDER BY h.id FOR NO KEY UPDATE
), allowed AS (
  SELECT s.* FROM stream s JOIN locked l ON l.id = s.id WHERE s.acl IS NULL OR s.acl = l.acl_version
), headed AS (
  UPDATE stream_head h SET seq = h.seq + a.n, acl_version = h.acl_version + a.bump
  FROM allowed a WHERE h.id = a.id
  RETURNING h.id, h.kind, h.epoch, h.seq - a.n AS base
), stored AS (
  INSERT INTO stream_event (stream_id, seq, type, at, actor, command_id, data)
  SELECT e.stream_id, h.base + e.k, e.type, $8, $4::jsonb, $5, e.data
  FROM jsonb_to_recordset($2::jsonb) AS e(stream_id uuid, k int, type text, data jsonb)
  JOIN headed h ON h.id = e.stream_id
), done AS (
  INSERT INTO command (actor_id, command_id, digest, stream_id, seq, at)
  SELECT $3, $5, $6, h.id, h.base + 1, $8 FROM headed h WHERE h.id = $7
)
SELECT id, kind, epoch, base FROM headed`;
