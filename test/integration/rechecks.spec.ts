import { DataSource } from 'typeorm';
import type { Answer, BoardAnswer, JoinAnswer } from '#libs/contracts';
import { Rechecks } from '../../src/realtime/rechecks.js';
import { City } from '../support/city.js';
import { LiveApp } from '../support/live-app.js';
import { until } from '../support/until.js';

let city: City;
let app: LiveApp;

beforeAll(async () => {
  city = await City.build();
  app = await LiveApp.start(city.url);
}, 60_000);
afterAll(async () => {
  await app.close();
  await city.close();
});

it('a change that concerns every room and board at once leaves half of the pool to others', async () => {
  const tasks = await Promise.all([1, 2, 3, 4, 5, 6].map(() => city.aTask('IN_PROGRESS')));
  const people = [city.people.lead.id, city.people.sekda.id, city.people.head.id];
  const peers = await Promise.all(people.map((id) => app.peer(id)));
  for (const peer of peers)
    for (const workspaceId of tasks)
      expect(await peer.ask<JoinAnswer>('workspace.join', { workspaceId })).toMatchObject({ ok: true });
  const sekda = peers[1]!;
  expect(await sekda.ask<Answer<BoardAnswer>>('board.join', { scope: 'city' })).toMatchObject({ ok: true });

  const { source } = city.here;
  const own = app.get(DataSource);
  const { limit } = app.get(Rechecks);
  const reading = async () => {
    const [row] = await source.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return row?.n ?? 0;
  };
  // As long as nobody can read roles, every look that has begun stays where it is.
  await source.transaction(async (tx) => {
    await tx.query('LOCK TABLE role_grants IN ACCESS EXCLUSIVE MODE');
    await source.query('UPDATE stream_head SET acl_version = acl_version + 1 WHERE id = ANY ($1::uuid[])', [
      [...tasks, ...people],
    ]);
    await until(async () => (await reading()) >= limit);
    expect(await own.query('SELECT 1 AS free')).toEqual([{ free: 1 }]);
    expect(await reading()).toBe(limit);
  });
  for (const peer of peers)
    await Promise.all(
      tasks.map((workspaceId) => peer.got('workspace.rights', (told) => told.workspaceId === workspaceId)),
    );
  for (const peer of peers) {
    expect(peer.all('workspace.closed')).toEqual([]);
    expect(peer.all('board.closed')).toEqual([]);
  }
});
