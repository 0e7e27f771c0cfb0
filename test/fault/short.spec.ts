import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { dataSourceOptions, readEvents, readHeads } from '#libs/database';
import { startCluster, type Cluster } from '../support/cluster.js';
import { official, opened, seen, type Official } from '../support/official.js';
import { freshDatabase } from '../support/postgres.js';
import { check, historyOf } from './history.js';

const PASSWORD = 'uji-gangguan';
const PEOPLE = ['irwan.nasution@jambikota.example', 'yudi.simanjuntak@jambikota.example'];
const EACH = 120;

let cluster: Cluster;
let source: DataSource;

beforeAll(async () => {
  cluster = await startCluster({
    databaseUrl: await freshDatabase(),
    env: { SIMPUL_DEMO: '1', SIMPUL_DEMO_PASSWORD: PASSWORD },
  });
  source = await new DataSource(dataSourceOptions(cluster.databaseUrl, 2)).initialize();
}, 200_000);

afterAll(async () => {
  await source?.destroy();
  await cluster?.stop();
}, 60_000);

/** Members of the drainage task write without a pause while something breaks; then everything heals and is judged. */
async function run(fault: () => Promise<void>): Promise<void> {
  const people: Official[] = await Promise.all(
    [...PEOPLE, ...PEOPLE].map((email) => official(cluster.url, email, PASSWORD)),
  );
  const [row] = await source.query<{ id: string }[]>(`SELECT id FROM tasks WHERE code = 'TGS-2026-0001'`);
  const task = row?.id ?? '';
  const clients = [];
  for (const [i, person] of people.entries()) {
    const room = await opened(person, task);
    const record = historyOf(`client ${i + 1}`, room.view.get().state?.seq ?? 0);
    room.journal.subscribe(record.note);
    clients.push({ room, ...record });
  }
  const writing = Promise.all(
    clients.map(async ({ room, sent, history }) => {
      const thread = room.view.get().state?.threads.at(-1)?.id ?? '';
      for (let n = 1; n <= EACH; n++) {
        sent(room.send('message.post', { threadId: thread, body: `${history.name}: ${n}` }));
        await pause(20 + Math.random() * 20);
      }
    }),
  );
  await pause(500);
  await fault();
  await writing;

  for (const { room } of clients) await seen(room.view, (view) => view.pending.length === 0, 40_000);
  const [head] = await readHeads(source.manager, [task]);
  const last = head?.seq ?? 0;
  for (const { room } of clients) await seen(room.view, (view) => view.state?.seq === last, 20_000);
  const log = await readEvents(source.manager, task, 0, last, 1_000_000);
  const verdict = check(
    log,
    clients.map(({ history }) => history),
  );
  for (const { client } of people) client.close();
  // An ack that got lost is made good by the event: fewer acks than sent is no fault, an unwritten command is.
  expect(verdict).toMatchObject({ lost: [], doubled: [], holes: [], reordered: [], phantom: [] });
  expect(verdict.acked).toBeGreaterThan(clients.length);
}

it('nothing goes wrong while nothing breaks', () => run(() => Promise.resolve()), 120_000);

it('Redis is killed and comes back empty', async () => {
  await run(async () => {
    await cluster.redis.kill();
    await pause(2_000);
    await cluster.redis.restartEmpty();
  });
}, 120_000);

it('Redis hangs and goes on', async () => {
  await run(async () => {
    cluster.redis.pause();
    await pause(2_500);
    cluster.redis.resume();
  });
}, 120_000);

it('an instance is killed and comes back', async () => {
  await run(async () => {
    const [first] = cluster.apps;
    await first?.kill();
    if (first) cluster.apps[0] = await first.restart();
  });
}, 120_000);

it('an instance stops politely and comes back', async () => {
  await run(async () => {
    const second = cluster.apps[1];
    await second?.stop();
    if (second) cluster.apps[1] = await second.restart();
  });
}, 120_000);

it('an instance stands still and goes on', async () => {
  await run(async () => {
    cluster.apps[0]?.pause();
    await pause(3_000);
    cluster.apps[0]?.resume();
  });
}, 120_000);

it('every connection of the database is cut', async () => {
  await run(async () => {
    for (let i = 0; i < 5; i++) {
      await source.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      await pause(300);
    }
  });
}, 120_000);
