/**
 * Socket.IO as most people would begin. With DATABASE_URL each message is one transaction (counter row, message,
 * event) before it is sent; with REDIS_URL several of these share rooms through the Redis adapter.
 */
import { createAdapter } from '@socket.io/redis-adapter';
import pg from 'pg';
import { createClient } from 'redis';
import { Server } from 'socket.io';
import { serve } from './serve.mjs';

const { DATABASE_URL, REDIS_URL } = process.env;
const io = new Server({ transports: ['websocket'], perMessageDeflate: false, serveClient: false });
const pool = DATABASE_URL && new pg.Pool({ connectionString: DATABASE_URL, max: 8 });
const heads = new Map();

if (REDIS_URL) {
  const [publisher, subscriber] = [createClient({ url: REDIS_URL }), createClient({ url: REDIS_URL })];
  await Promise.all([publisher.connect(), subscriber.connect()]);
  io.adapter(createAdapter(publisher, subscriber));
}
io.on('connection', (socket) => {
  socket.on('join', async ({ workspaceId }, ack) => {
    await socket.join(workspaceId);
    ack({ ok: true });
  });
  socket.on('message.post', async ({ workspaceId, ...message }, ack) => {
    const seq = await (pool ? stored(workspaceId, message) : counted(workspaceId));
    const events = [{ seq, data: { message } }];
    io.to(workspaceId).emit('workspace.events', { streamId: workspaceId, events });
    ack({ ok: true, seq });
  });
});
io.attach(serve());

function counted(workspaceId) {
  const seq = (heads.get(workspaceId) ?? 0) + 1;
  heads.set(workspaceId, seq);
  return seq;
}

async function stored(workspaceId, message) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query('UPDATE head SET seq = seq + 1 WHERE id = $1 RETURNING seq', [
      workspaceId,
    ]);
    const seq = Number(rows[0].seq);
    await client.query('INSERT INTO message (id, stream_id, body, at) VALUES ($1, $2, $3, now())', [
      message.commandId,
      workspaceId,
      message.body,
    ]);
    await client.query('INSERT INTO event (stream_id, seq, at, data) VALUES ($1, $2, now(), $3)', [
      workspaceId,
      seq,
      JSON.stringify({ message }),
    ]);
    await client.query('COMMIT');
    return seq;
  } finally {
    client.release();
  }
}
