import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { LIMITS, type JoinAnswer } from '#libs/contracts';
import { DataSource } from 'typeorm';
import { DiscussionService } from '../../src/discussion/discussion.service.js';
import { MetricsListener } from '../../src/metrics/metrics-listener.js';
import { Connections } from '../../src/realtime/connections.js';
import { MOST_LETTERS, MOST_PACKETS } from '../../src/realtime/slow-reader.js';
import { City } from '../support/city.js';
import { LiveApp, Peer, signIn } from '../support/live-app.js';
import { until } from '../support/until.js';

let city: City;
let app: LiveApp;

beforeAll(async () => {
  city = await City.build();
  app = await LiveApp.start(city.url, { SIMPUL_METRICS_PORT: '0' });
}, 60_000);
afterAll(async () => {
  await app.close();
  await city.close();
});

/** A member on a bare WebSocket, inside the workspace, that from then on reads nothing more. */
async function aReaderThatStops(personId: string, workspaceId: string): Promise<WebSocket> {
  const cookie = await signIn(app.get(DataSource), personId);
  const address = `${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(address, { headers: { cookie, origin: app.url } });
  const told: string[] = [];
  socket.on('message', (data: Buffer) => told.push(data.toString()));
  await once(socket, 'open');
  socket.send('40');
  await until(() => told.some((text) => text.startsWith('40')));
  socket.send(`420${JSON.stringify(['workspace.join', { workspaceId }])}`);
  await until(() => told.some((text) => text.startsWith('430')));
  expect(told.find((text) => text.startsWith('430'))).toContain('"ok":true');
  socket.pause();
  return socket;
}

async function figure(name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${app.get(MetricsListener).port}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.split(' ')[1]);
}

interface Inside {
  writeBuffer: { data?: unknown }[];
  transport: { socket: WebSocket };
}

it('a member who stops reading is sent away at a bound, and nobody else notices', async () => {
  const workspaceId = await city.aTask('IN_PROGRESS');
  const threadId = await city.aThread(workspaceId);
  const witness = await app.peer(city.people.lead.id);
  const joined = await witness.ask<JoinAnswer>('workspace.join', { workspaceId });
  if (!joined.ok) throw new Error('not let in');
  const reader = await aReaderThatStops(city.people.member.id, workspaceId);
  const [slow] = [...app.get(Connections).all()].filter(
    ({ data }) => data.person.id === city.people.member.id,
  );
  if (!slow) throw new Error('the reader is not connected');
  const conn = slow.conn as unknown as Inside;
  const wire = conn.transport.socket;
  const gone = once(wire, 'close');
  expect(await figure('simpul_evictions_total')).toBe(0);

  // Three bytes a letter: the kernel's own buffers are full soon.
  const body = '界'.repeat(LIMITS.messageBody);
  const discussion = app.get(DiscussionService);
  let [posted, packets, letters] = [0, 0, 0];
  while (slow.connected && posted < 2_000) {
    const { people } = city;
    const { seq } = await discussion.post(people.lead, {
      workspaceId,
      commandId: randomUUID(),
      threadId,
      body,
    });
    posted++;
    packets = Math.max(packets, conn.writeBuffer.length);
    letters = Math.max(
      letters,
      conn.writeBuffer.reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : 0), 0),
    );
    await witness.got('workspace.events', ({ events }) => events.some((event) => event.seq === seq));
  }
  await gone;
  await until(() => !slow.connected && wire.bufferedAmount === 0 && conn.writeBuffer.length === 0);
  expect(packets).toBeLessThanOrEqual(MOST_PACKETS + 1);
  // One packet past the bound is what is noticed.
  expect(letters).toBeLessThanOrEqual(MOST_LETTERS + 2 * LIMITS.messageBody);
  expect(letters).toBeGreaterThan(MOST_LETTERS / 2);
  expect(await figure('simpul_evictions_total')).toBe(1);
  expect(await figure('simpul_sockets')).toBe(1);

  const { seq } = await city.post('lead', workspaceId, threadId, 'Sesudahnya');
  await witness.got('workspace.events', ({ events }) => events.some((event) => event.seq === seq));
  const seen = witness.all('workspace.events').flatMap(({ events }) => events.map((event) => event.seq));
  expect(seen).toEqual(Array.from({ length: posted + 1 }, (_, i) => joined.head + 1 + i));

  // It comes back as anybody does, by its cursor.
  reader.terminate();
  const again: Peer = await app.peer(city.people.member.id);
  expect(
    await again.ask<JoinAnswer>('workspace.join', {
      workspaceId,
      since: { epoch: joined.epoch, seq: seq - 1 },
    }),
  ).toMatchObject({ kind: 'events', head: seq });
});
