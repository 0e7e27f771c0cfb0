import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The hot door as a function: its plans are kept with the connection, whichever client is at the other end of it, so
 * that it can stand behind PgBouncer. Planning the same work anew each time cost more than doing it.
 */
export class AppendMessages1764000000010 implements MigrationInterface {
  name = 'AppendMessages1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appendMessages('CREATE FUNCTION'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION append_messages');
  }
}

/**
 * @param create how the statement begins: it is made here, and made anew where `messages` got another column
 * @param more that column, filled from the message's field of the same name
 */
export function appendMessages(create: string, more?: string): string {
  const column = more === undefined ? '' : `, ${more}`;
  const value = more === undefined ? '' : `, message -> '${more}'`;
  // The settings: a kept plan must not depend on how small the tables were when it was made.
  return `
-- Stores messages, all or nothing, and answers for each of them what became of it: 'new', 'known' (with the first
-- answer), 'misplaced', 'stale' (the access list changed), 'elsewhere' (answers what is not in its thread) or 'early'.
${create} append_messages(wishes jsonb) RETURNS TABLE (
  ord int, outcome text, seq bigint, no int, at timestamptz, epoch uuid, digest bytea, stream_id uuid, refusal jsonb)
LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $append$
#variable_conflict use_column
DECLARE
  versions jsonb;
  wish record;
  verdict text;
  accepted int[] := '{}';
  written text[] := '{}';
BEGIN
  -- Heads first, in id order: what others commit to these streams is seen by the questions below, or comes after us.
  SELECT jsonb_object_agg(h.id, h.acl_version) INTO versions
  FROM (
    SELECT id, acl_version FROM stream_head
    WHERE id = ANY (ARRAY(SELECT i.stream_id FROM jsonb_to_recordset(wishes) AS i(stream_id uuid)))
    ORDER BY id FOR NO KEY UPDATE
  ) h;

  FOR wish IN
    SELECT i.*, c.command_id AS known, c.digest, c.stream_id AS known_stream, c.seq, c.at, c.refusal,
      EXISTS (SELECT FROM threads t WHERE t.id = i.thread_id AND t.task_id = i.stream_id) AS placed,
      i.reply_to IS NULL
        OR EXISTS (SELECT FROM messages m WHERE m.id = i.reply_to AND m.thread_id = i.thread_id) AS answers,
      i.after IS NULL
        OR EXISTS (SELECT FROM command p WHERE p.actor_id = i.actor_id AND p.command_id = i.after) AS follows
    FROM jsonb_to_recordset(wishes) AS i(
      ord int, stream_id uuid, acl int, actor_id uuid, command_id uuid, after uuid, thread_id uuid, reply_to uuid)
    LEFT JOIN command c ON c.actor_id = i.actor_id AND c.command_id = i.command_id
    ORDER BY i.ord
  LOOP
    verdict := CASE
      WHEN wish.known IS NOT NULL THEN 'known'
      WHEN NOT wish.placed THEN 'misplaced'
      WHEN (versions ->> wish.stream_id::text)::int IS DISTINCT FROM wish.acl THEN 'stale'
      WHEN NOT wish.answers THEN 'elsewhere'
      -- The predecessor may travel in the same group, but then it has to be written too: otherwise the second of
      -- three could be sent back and the third be kept.
      WHEN NOT wish.follows AND NOT (concat(wish.actor_id, wish.after) = ANY (written)) THEN 'early'
    END;
    IF verdict IS NULL THEN
      accepted := accepted || wish.ord;
      written := written || concat(wish.actor_id, wish.command_id);
    ELSIF verdict = 'known' THEN
      RETURN QUERY SELECT wish.ord, verdict, wish.seq, NULL::int, wish.at, NULL::uuid, wish.digest,
        wish.known_stream, wish.refusal;
    ELSE
      RETURN QUERY SELECT wish.ord, verdict, NULL::bigint, NULL::int, NULL::timestamptz, NULL::uuid, NULL::bytea,
        NULL::uuid, NULL::jsonb;
    END IF;
  END LOOP;

  RETURN QUERY
  WITH fresh AS (
    SELECT i.*,
      row_number() OVER (PARTITION BY i.stream_id ORDER BY i.ord) AS k,
      row_number() OVER (PARTITION BY i.thread_id ORDER BY i.ord) AS tk
    FROM jsonb_to_recordset(wishes) AS i(
      ord int, stream_id uuid, actor_id uuid, actor jsonb, command_id uuid, digest text, id uuid, thread_id uuid,
      author_opd_id uuid, reply_to uuid, message jsonb)
    WHERE i.ord = ANY (accepted)
  ), headed AS (
    UPDATE stream_head h SET seq = h.seq + f.n
    FROM (SELECT stream_id, count(*) AS n FROM fresh GROUP BY stream_id) f WHERE h.id = f.stream_id
    RETURNING h.id, h.epoch, h.seq - f.n AS base, date_trunc('milliseconds', clock_timestamp()) AS at
  ), counted AS (
    UPDATE threads t SET message_count = t.message_count + f.n, last_message_at = h.at
    FROM (SELECT thread_id, stream_id, count(*)::int AS n FROM fresh GROUP BY thread_id, stream_id) f
    JOIN headed h ON h.id = f.stream_id
    WHERE t.id = f.thread_id
    RETURNING t.id, t.message_count - f.n AS base
  ), numbered AS (
    SELECT f.*, h.epoch, h.at, h.base + f.k AS seq, (t.base + f.tk)::int AS no
    FROM fresh f JOIN headed h ON h.id = f.stream_id JOIN counted t ON t.id = f.thread_id
  ), message_rows AS (
    INSERT INTO messages (id, thread_id, no, author_id, author_opd_id, kind, body, reply_to, attachments, posted_at, command_id${column})
    SELECT id, thread_id, no, actor_id, author_opd_id, message ->> 'kind', message ->> 'body', reply_to,
      ARRAY(SELECT jsonb_array_elements_text(message -> 'attachments')), at, command_id${value}
    FROM numbered
  ), events AS (
    INSERT INTO stream_event (stream_id, seq, type, at, actor, command_id, data)
    SELECT stream_id, seq, 'message.posted', at, actor, command_id,
      jsonb_build_object('message', message || jsonb_build_object(
        'no', no, 'postedAt', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
    FROM numbered
  ), commands AS (
    INSERT INTO command (actor_id, command_id, digest, stream_id, seq, at)
    SELECT actor_id, command_id, decode(digest, 'hex'), stream_id, seq, at FROM numbered
  )
  SELECT n.ord, 'new', n.seq, n.no, n.at, n.epoch, NULL::bytea, NULL::uuid, NULL::jsonb FROM numbered n;
END $append$`;
}
