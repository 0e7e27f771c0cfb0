/**
 * The hot door's one statement: known ids are answered, the rest is fenced by the access list, numbered under the
 * locks of the heads (taken in id order) and stored with its rows and its command, all or nothing.
 *
 * A command id that another transaction is writing at this moment is not in the snapshot: its key collides, the whole
 * statement rolls back, and the caller runs it once more with a new snapshot that knows it. So no number is skipped.
 *
 * `chain`: a command whose predecessor travels in the same group is written only if that one is written too, and so on
 * back to one whose predecessor is known. Otherwise the second of three could be sent back and the third be kept.
 */
export const APPEND = `
WITH RECURSIVE input AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS i(
    ord int, stream_id uuid, acl int, actor_id uuid, actor jsonb, command_id uuid, digest text, after uuid,
    id uuid, thread_id uuid, author_opd_id uuid, kind text, body text, reply_to uuid, attachments text[], message jsonb)
), known AS (
  SELECT i.ord, c.digest, c.stream_id, c.seq, c.at, c.refusal
  FROM input i JOIN command c ON c.actor_id = i.actor_id AND c.command_id = i.command_id
), locked AS (
  SELECT id, acl_version FROM stream_head
  WHERE id IN (SELECT stream_id FROM input) ORDER BY id FOR NO KEY UPDATE
), ready AS (
  SELECT i.ord, i.actor_id, i.command_id, i.after,
    l.acl_version = i.acl AS fenced,
    EXISTS (SELECT 1 FROM threads t WHERE t.id = i.thread_id AND t.task_id = i.stream_id) AS placed,
    i.reply_to IS NULL
      OR EXISTS (SELECT 1 FROM messages m WHERE m.id = i.reply_to AND m.thread_id = i.thread_id) AS answers,
    i.after IS NULL
      OR EXISTS (SELECT 1 FROM command c WHERE c.actor_id = i.actor_id AND c.command_id = i.after) AS follows
  FROM input i JOIN locked l ON l.id = i.stream_id
  WHERE i.ord NOT IN (SELECT ord FROM known)
), chain AS (
  SELECT ord, actor_id, command_id FROM ready WHERE fenced AND placed AND answers AND follows
  UNION
  SELECT r.ord, r.actor_id, r.command_id FROM chain c
  JOIN ready r ON r.actor_id = c.actor_id AND r.after = c.command_id AND r.ord > c.ord
  WHERE r.fenced AND r.placed AND r.answers
), fresh AS (
  SELECT i.*,
    row_number() OVER (PARTITION BY i.stream_id ORDER BY i.ord) AS k,
    row_number() OVER (PARTITION BY i.thread_id ORDER BY i.ord) AS tk
  FROM input i JOIN chain USING (ord)
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
  INSERT INTO messages (id, thread_id, no, author_id, author_opd_id, kind, body, reply_to, attachments, posted_at, command_id)
  SELECT id, thread_id, no, actor_id, author_opd_id, kind, body, reply_to, attachments, at, command_id FROM numbered
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
SELECT ord, 'new' AS outcome, seq, no, at, epoch, NULL::bytea AS digest, NULL::uuid AS stream_id, NULL::jsonb AS refusal
FROM numbered
UNION ALL
SELECT ord, 'known', seq, NULL, at, NULL, digest, stream_id, refusal FROM known
UNION ALL
SELECT ord, CASE WHEN NOT placed THEN 'misplaced' WHEN NOT fenced THEN 'stale'
    WHEN NOT answers THEN 'elsewhere' ELSE 'early' END,
  NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM ready WHERE ord NOT IN (SELECT ord FROM chain)`;
