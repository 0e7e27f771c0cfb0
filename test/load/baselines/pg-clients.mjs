/**
 * PostgreSQL and nothing else: eight connections, each running one statement after the other that takes the
 * workspace's next number and writes message, event and command. WORKSPACES names them, SECONDS says how long;
 * prints `{count, ms}`.
 */
import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';

const workspaces = process.env.WORKSPACES.split(',');
const CONNECTIONS = 8;
const POST = {
  name: 'post',
  text: `WITH headed AS (
    UPDATE head SET seq = seq + 1 WHERE id = $1 RETURNING id, seq
  ), message_row AS (
    INSERT INTO message (id, stream_id, body, at) SELECT $2, id, $3, now() FROM headed
  ), event_row AS (
    INSERT INTO event (stream_id, seq, at, data) SELECT id, seq, now(), $4::jsonb FROM headed
  ), command_row AS (
    INSERT INTO command (actor_id, command_id, digest, stream_id, seq, at) SELECT $5, $2, $6, id, seq, now() FROM headed
  ) SELECT seq FROM headed`,
};
const body = 'x'.repeat(200);
const clients = await Promise.all(
  Array.from({ length: CONNECTIONS }, async () => {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    return client;
  }),
);
let count = 0;
let turn = 0;
const actor = randomUUID();
const begin = performance.now();
const end = begin + Number(process.env.SECONDS) * 1_000;
await Promise.all(
  clients.map(async (client) => {
    while (performance.now() < end) {
      const commandId = randomUUID();
      const digest = createHash('sha256').update(commandId).digest();
      const data = JSON.stringify({ message: { commandId, body } });
      const workspace = workspaces[turn++ % workspaces.length];
      await client.query({ ...POST, values: [workspace, commandId, body, data, actor, digest] });
      count++;
    }
  }),
);
console.log(JSON.stringify({ count, ms: performance.now() - begin }));
await Promise.all(clients.map((client) => client.end()));
