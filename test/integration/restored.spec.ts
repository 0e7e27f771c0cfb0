import { fileURLToPath } from 'node:url';
import { randomUUID } from 'node:crypto';
import type { Answer, BoardAnswer, BoardScope, JoinAnswer } from '#libs/contracts';
import { HistoryConsumer } from '#libs/database';
import { City } from '../support/city.js';
import { LiveApp, Peer, signIn } from '../support/live-app.js';
import { ServerProcess } from '../support/server-process.js';
import { until } from '../support/until.js';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const CITY: BoardScope = 'city';

let city: City;
let app: LiveApp;

beforeEach(async () => {
  city = await City.build();
  app = await LiveApp.start(city.url);
}, 60_000);
afterEach(async () => {
  await app.close();
  await city.close();
});

const enter = (peer: Peer, workspaceId: string, since?: { epoch: string; seq: number }) =>
  peer.ask<JoinAnswer>('workspace.join', { workspaceId, ...(since && { since }) });
const board = (peer: Peer, since?: number) =>
  peer.ask<Answer<BoardAnswer>>('board.join', { scope: CITY, ...(since !== undefined && { since }) });

async function restored(...args: string[]): Promise<[number | null, string]> {
  const command = ['--import', path('../support/typescript.mjs'), path('../../src/restored.ts'), ...args];
  const { NODE_OPTIONS: _, REDIS_URL: __, ...env } = process.env;
  const child = ServerProcess.spawn(process.execPath, command, { ...env, DATABASE_URL: city.url });
  const { code } = await child.exited;
  return [code, child.logs];
}

async function shows(peer: Peer, taskId: string): Promise<BoardAnswer> {
  let last: Answer<BoardAnswer> | undefined;
  await until(async () => {
    last = await board(peer);
    return last.ok && last.rows.some((row) => row.taskId === taskId);
  });
  if (!last?.ok) throw new Error('the board was not opened');
  return last;
}

const figure = (said: string, name: string) => Number(new RegExp(`${name}: (\\d+)`).exec(said)?.[1]);

test('whoever comes back with something from before a restored dump starts anew', async () => {
  const workspaceId = await city.aTask('IN_PROGRESS');
  const before = await app.peer(city.people.sekda.id);
  const joined = await enter(before, workspaceId);
  if (!joined.ok) throw new Error('not let in');
  const cursor = { epoch: joined.epoch, seq: joined.head };
  const { version } = await shows(before, workspaceId);
  const cookie = await signIn(city.here.source, city.people.sekda.id);
  await app.close();

  // As after a dump into a new cluster: what was written bears ids that this one will not reach for long.
  const shift = `(xid::text::numeric + 1000000000000)::text::xid8`;
  await city.here.source.query(`UPDATE stream_event SET xid = ${shift}`);
  await city.here.source.query(`UPDATE consumer_cursor SET xid = ${shift}`);
  const [code, said] = await restored();
  expect(said).toContain('accounts closed');
  expect(code).toBe(0);
  const [heads] = await city.here.source.query<{ n: number }[]>('SELECT count(*)::int AS n FROM stream_head');
  const [events] = await city.here.source.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM stream_event',
  );
  expect(figure(said, 'histories started anew')).toBe(heads?.n);
  expect(figure(said, 'events of another server')).toBe(events?.n);
  expect(figure(said, 'sign-ins ended')).toBe(2);

  app = await LiveApp.start(city.url);
  await expect(Peer.open(app.url, cookie)).rejects.toMatchObject({ message: 'unauthenticated' });
  const after = await app.peer(city.people.sekda.id);
  const again = await enter(after, workspaceId, cursor);
  expect(again).toMatchObject({ kind: 'reset', head: cursor.seq });
  expect(again.ok && again.epoch).not.toBe(cursor.epoch);
  const whole = await board(after, version);
  expect(whole).toMatchObject({ ok: true, full: true });
  // Consumers go on: what happens now reaches the board, and from its new version on only what changed.
  const next = await city.aTask('ASSIGNED');
  const shown = await shows(after, next);
  expect(shown.version).toBeGreaterThan(version + 1_000_000);
  expect(await board(after, shown.version)).toMatchObject({ ok: true, full: false });
}, 240_000);

test('done twice, and beside a running app, it sends everybody to sign in again', async () => {
  const peers = await Promise.all([app.peer(city.people.lead.id), app.peer(city.people.sekda.id)]);
  expect((await restored())[0]).toBe(0);
  const [code, said] = await restored();
  expect(code).toBe(0);
  expect(figure(said, 'histories started anew')).toBe(2);
  expect(figure(said, 'events of another server')).toBe(0);
  expect(figure(said, 'sign-ins ended')).toBe(0);
  for (const peer of peers) {
    expect(await peer.got('signed-out')).toEqual({ reason: 'ended' });
    await peer.until(() => !peer.socket.connected);
  }
}, 240_000);

test('it takes no words', async () => {
  expect(await restored('now')).toEqual([2, expect.stringContaining('npm run restored')]);
}, 240_000);

test('a consumer whose cursor lies ahead of the cluster says so', async () => {
  await city.here.source.query(
    `INSERT INTO consumer_cursor (name, xid, stream_id, seq) VALUES ('ahead', '1000000000000', $1, 0)`,
    [randomUUID()],
  );
  const failures: unknown[] = [];
  const consumer = new HistoryConsumer(
    city.here.source,
    'ahead',
    { types: ['session.ended'] },
    async () => undefined,
    (error) => failures.push(error),
  );
  await consumer.start();
  await consumer.stop();
  expect(failures).toEqual([
    expect.objectContaining({ message: expect.stringContaining('npm run restored') }),
  ]);
});
