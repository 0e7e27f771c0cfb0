import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { AppError } from '#libs/contracts';
import { dataSourceOptions, forgetRefusals } from '#libs/database';
import { RefusalSweeper } from '../../src/database/refusal-sweeper.js';
import { City } from '../support/city.js';
import { freshDatabase } from '../support/postgres.js';

let source: DataSource;
let url: string;

beforeEach(async () => {
  url = await freshDatabase();
  source = await new DataSource(dataSourceOptions(url)).initialize();
});
afterEach(() => source.destroy());

async function commands(count: number, refusal: object | null, age: string): Promise<void> {
  await source.query(
    `INSERT INTO command (actor_id, command_id, digest, refusal, at)
     SELECT gen_random_uuid(), gen_random_uuid(), '\\x00', $2, now() - $3::interval FROM generate_series(1, $1)`,
    [count, refusal && JSON.stringify(refusal), age],
  );
}
async function kept(): Promise<{ refused: number; accepted: number } | undefined> {
  const [row] = await source.query<{ refused: number; accepted: number }[]>(
    `SELECT count(*) FILTER (WHERE refusal IS NOT NULL)::int AS refused,
       count(*) FILTER (WHERE refusal IS NULL)::int AS accepted FROM command`,
  );
  return row;
}
const REFUSAL = { code: 'forbidden', details: {} };

it('forgets what was refused 7 days ago, and never what was accepted', async () => {
  await commands(2_500, REFUSAL, '7 days 1 minute');
  await commands(3, REFUSAL, '6 days 23 hours');
  await commands(5, null, '400 days');
  expect(await new RefusalSweeper(source).sweep()).toBe(2_500);
  expect(await kept()).toEqual({ refused: 3, accepted: 5 });
});

it('takes no more than a bounded number at a time', async () => {
  await commands(50, REFUSAL, '8 days');
  expect(await forgetRefusals(source, 20)).toBe(20);
  expect(await kept()).toEqual({ refused: 30, accepted: 0 });
});

it('passes over what another instance is removing at this moment', async () => {
  await commands(10, REFUSAL, '8 days');
  await source.transaction(async (tx) => {
    const theirs = await tx.query<{ command_id: string }[]>(
      'SELECT command_id FROM command ORDER BY command_id LIMIT 4 FOR UPDATE',
    );
    expect(theirs).toHaveLength(4);
    // On another connection of the pool; a wait for the lock would end in a timeout and take nothing.
    expect(await forgetRefusals(source, 100)).toBe(6);
  });
  expect(await forgetRefusals(source, 100)).toBe(4);
});

it('removes each once with several instances at it', async () => {
  await commands(3_000, REFUSAL, '8 days');
  const others = await Promise.all(
    [1, 2, 3].map(() => new DataSource(dataSourceOptions(url, 2)).initialize()),
  );
  try {
    const swept = await Promise.all([source, ...others].map((each) => new RefusalSweeper(each).sweep()));
    expect(swept.reduce((sum, count) => sum + count, 0)).toBe(3_000);
    expect(await kept()).toEqual({ refused: 0, accepted: 0 });
  } finally {
    await Promise.all(others.map((each) => each.destroy()));
  }
});

it('finds them by their index', async () => {
  await commands(3_000, null, '8 days');
  await commands(10, REFUSAL, '8 days');
  await source.query('ANALYZE command');
  const plan = await source.query<{ 'QUERY PLAN': string }[]>(
    `EXPLAIN SELECT 1 FROM command WHERE refusal IS NOT NULL AND at < now() - interval '7 days' ORDER BY at LIMIT 1000`,
  );
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('command_refused');
});

it('the same id is answered as refused before, and decided anew after', async () => {
  const city = await City.build(url);
  try {
    const workspaceId = await city.aTask('IN_PROGRESS');
    const wish = { commandId: randomUUID(), workspaceId, to: 'COMPLETED', note: 'Selesai' } as const;
    const ask = () => city.here.tasks.changeStatus(city.people.lead, wish);
    await expect(ask()).rejects.toBeInstanceOf(AppError);
    const row = 'SELECT refusal FROM command WHERE command_id = $1';
    expect(await source.query(row, [wish.commandId])).toHaveLength(1);
    await source.query(`UPDATE command SET at = now() - interval '8 days' WHERE command_id = $1`, [
      wish.commandId,
    ]);
    await new RefusalSweeper(source).sweep();
    expect(await source.query(row, [wish.commandId])).toEqual([]);
    await expect(ask()).rejects.toBeInstanceOf(AppError);
    expect(await source.query(row, [wish.commandId])).toHaveLength(1);
  } finally {
    await city.close();
  }
});
