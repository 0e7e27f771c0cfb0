import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { createApplication } from '../../../src/application.js';
import { Environment } from '../../../src/config/environment.js';
import { MetricsListener, problemOf } from '../../../src/metrics/metrics-listener.js';
import { Metrics } from '../../../src/metrics/metrics.service.js';
import { startProblem } from '../../../src/start-problems.js';
import { City } from '../../support/city.js';
import { filesAndNames } from '../../support/figures.js';
import { AuthApp } from '../auth/app.js';

const PASSWORD = 'rahasia kota';

let city: City;
let app: AuthApp;
let address: string;
let cookie: string | undefined;
let socket: Socket;
let taskId: string;
let threadId: string;

beforeAll(async () => {
  city = await City.build();
  taskId = await city.aTask();
  threadId = await city.aThread(taskId);
  app = await AuthApp.start(city.url, { SIMPUL_METRICS_PORT: '0' });
  address = `http://127.0.0.1:${app.app.get(MetricsListener).port}`;
  const { lead } = city.people;
  await app.source.query('UPDATE persons SET email = $2 WHERE id = $1', [lead.id, 'lead@contoh.go.id']);
  await app.auth.createAccount(lead.id, PASSWORD);
  ({ cookie } = await app.signIn('lead@contoh.go.id', PASSWORD));
  socket = io(app.url, {
    transports: ['websocket'],
    extraHeaders: { Cookie: cookie ?? '', Origin: app.url },
  });
  await once(socket as unknown as NodeJS.EventEmitter, 'connect');
}, 60_000);

afterAll(async () => {
  socket?.close();
  await app?.app.close();
  await city?.close();
});

/** The value of one line, such as `simpul_commands_total{type="message.post",outcome="accepted"}`. */
async function figure(line: string): Promise<number | undefined> {
  const text = await (await fetch(`${address}/metrics`)).text();
  const found = text.split('\n').find((each) => each.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
}

/** The figure once it is as expected; after ten seconds as it is. */
async function settled(line: string, expected: number): Promise<number | undefined> {
  const until = performance.now() + 10_000;
  let now = await figure(line);
  while (now !== expected && performance.now() < until) now = await figure(line);
  return now;
}

function send(name: string, wish: object): Promise<{ ok: boolean }> {
  return socket.timeout(5_000).emitWithAck(name, wish) as Promise<{ ok: boolean }>;
}

const post = (commandId: string, thread = threadId) =>
  send('message.post', { workspaceId: taskId, commandId, threadId: thread, body: 'Pompa sudah menyala' });

describe('the figures', () => {
  it('tell commands by type and outcome, what was delivered and how late it was', async () => {
    expect(await send('workspace.join', { workspaceId: taskId })).toMatchObject({ ok: true, kind: 'reset' });
    const commandId = randomUUID();
    expect(await post(commandId)).toMatchObject({ ok: true });
    expect(await post(commandId)).toMatchObject({ ok: true, dup: true });
    expect(await post(randomUUID(), randomUUID())).toMatchObject({ ok: false });
    expect(await send('message.erase', {})).toMatchObject({ ok: false });

    const outcome = (type: string, name: string) =>
      figure(`simpul_commands_total{type="${type}",outcome="${name}"}`);
    expect(await outcome('message.post', 'accepted')).toBe(1);
    expect(await outcome('message.post', 'duplicate')).toBe(1);
    expect(await outcome('message.post', 'not-found')).toBe(1);
    expect(await outcome('unknown', 'unknown-event')).toBe(1);
    expect(await figure('simpul_command_answer_seconds_count{type="message.post"}')).toBe(3);
    expect(await figure('simpul_frames_total')).toBe(1);
    expect(await figure('simpul_deliveries_total')).toBe(1);
    expect(await figure('simpul_event_delay_seconds_count{way="own"}')).toBeGreaterThanOrEqual(1);
    expect(await figure('simpul_joins_total{kind="reset"}')).toBe(1);
  });

  it('tell how the instance stands', async () => {
    expect(await figure('simpul_sockets')).toBe(1);
    expect(await send('board.join', { scope: `person:${city.people.lead.id}` })).toMatchObject({ ok: true });
    expect(await figure('simpul_rooms{kind="workspace"}')).toBe(1);
    expect(await figure('simpul_rooms{kind="board"}')).toBe(1);
    // The workspace, the person's own stream and the board.
    expect(await figure('simpul_channels')).toBe(3);
    expect(await figure('simpul_head_lag_events')).toBe(0);
    expect(await figure('simpul_database_up')).toBe(1);
    expect(await figure('simpul_database_connections{state="waiting"}')).toBe(0);
    expect(await figure('simpul_database_connections{state="total"}')).toBeGreaterThanOrEqual(1);
    expect(await figure('simpul_evictions_total')).toBe(0);
    // One instance: there is no Redis to be up or down.
    expect(await figure('simpul_redis_up')).toBeUndefined();
    for (const consumer of ['board', 'public']) {
      expect(await settled(`simpul_consumer_lag_events{consumer="${consumer}"}`, 0)).toBe(0);
    }
  });

  it('name routes by their template, never a path or an id', async () => {
    for (const path of ['/pekerjaan/rahasia-warga-0001', '/tidak/ada/198609262015051001']) {
      expect((await fetch(app.url + path)).status).toBe(404);
    }
    const line = 'simpul_http_requests_total{method="GET",route="/pekerjaan/:name",status="404"}';
    expect(await figure(line)).toBe(1);
    const text = await (await fetch(`${address}/metrics`)).text();
    expect(text).not.toMatch(/rahasia|tidak|1986/);
    for (const secret of [taskId, threadId, city.people.lead.id, 'contoh.go.id', 'Pompa']) {
      expect(text).not.toContain(secret);
    }
  });

  it('are not at the port of the app, and nothing else is at theirs', async () => {
    const headers = { Cookie: cookie ?? '' };
    expect((await fetch(`${app.url}/metrics`, { headers })).status).toBe(404);
    expect((await fetch(`${address}/metrics`)).status).toBe(200);
    expect((await fetch(`${address}/api/session`)).status).toBe(404);
    expect((await fetch(`${address}/metrics`, { method: 'POST' })).status).toBe(404);
  });

  it('are all there that the dashboard and the alerts ask for', () => {
    const known = app.app.get(Metrics).registry.getMetricsAsArray();
    const names = new Set(
      known.flatMap(({ name, type }) =>
        String(type) === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ),
    );
    for (const { file, used } of filesAndNames()) {
      expect(used.length).toBeGreaterThan(5);
      expect({ file, unknown: used.filter((name) => !names.has(name)) }).toEqual({ file, unknown: [] });
    }
  });
});

it.each([
  ['EADDRINUSE', 'SIMPUL_METRICS_PORT'],
  ['EACCES', 'SIMPUL_METRICS_PORT'],
  ['EADDRNOTAVAIL', 'SIMPUL_METRICS_HOST'],
  ['ENOTFOUND', 'SIMPUL_METRICS_HOST'],
])('a listener that fails with %s blames %s', (code, variable) => {
  const { message } = problemOf(Object.assign(new Error('no'), { code }), 9_464);
  expect(message).toMatch(new RegExp(`^${variable}: [^\\n]+$`));
});

it('a taken port stops the start with one line that names the variable', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const environment = Environment.read({
    DATABASE_URL: city.url,
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent',
    SIMPUL_METRICS_PORT: String(port),
  });
  const second = await createApplication(environment);
  try {
    const problem: unknown = await second.init().then(
      () => null,
      (error: unknown) => error,
    );
    expect(startProblem(problem)).toMatch(new RegExp(`^SIMPUL_METRICS_PORT: port ${port} .*taken[^\\n]*$`));
  } finally {
    await second.close();
    other.close();
    await once(other, 'close');
  }
});
