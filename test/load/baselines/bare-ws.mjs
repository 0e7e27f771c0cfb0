/** `ws` alone: nothing checked, nothing stored, one frame a message to everybody in the room. */
import { WebSocketServer } from 'ws';
import { serve } from './serve.mjs';

const rooms = new Map();
const heads = new Map();

new WebSocketServer({ server: serve(), perMessageDeflate: false }).on('connection', (socket) => {
  const joined = new Set();
  socket.on('message', (data) => {
    const [id, name, wish] = JSON.parse(data);
    if (name === 'join') {
      const room = rooms.get(wish.workspaceId) ?? new Set();
      rooms.set(wish.workspaceId, room.add(socket));
      joined.add(room);
      socket.send(JSON.stringify([id, { ok: true }]));
      return;
    }
    const { workspaceId, ...message } = wish;
    const seq = (heads.get(workspaceId) ?? 0) + 1;
    heads.set(workspaceId, seq);
    const events = [{ seq, data: { message } }];
    const frame = JSON.stringify(['workspace.events', { streamId: workspaceId, events }]);
    for (const member of rooms.get(workspaceId) ?? []) member.send(frame);
    socket.send(JSON.stringify([id, { ok: true, seq }]));
  });
  socket.on('close', () => {
    for (const room of joined) room.delete(socket);
  });
});
