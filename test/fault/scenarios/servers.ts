import { setTimeout as pause } from 'node:timers/promises';
import { between, pick, shuffled } from '../random.js';
import type { Scenario, Scene } from '../scenario.js';
import { LONG } from '../size.js';
import { KILL_POINTS, type KillPoint } from '../world.js';

const ms = (short: number, long: number): number => (LONG ? long : short);

export const SERVERS: Scenario[] = [
  { fault: 'nothing breaks', act: () => pause(ms(100, 5_000)) },
  ...(LONG ? [6_000, 60_000] : [2_000]).map((down) => ({
    fault: `Redis is killed for ${down / 1_000} s and comes back empty`,
    async act({ world: { cluster } }: Scene) {
      await cluster.redis.kill();
      await pause(down);
      await cluster.redis.restartEmpty();
    },
  })),
  {
    fault: 'Redis is a black hole',
    async act({ world: { cluster } }) {
      cluster.redis.pause();
      await pause(ms(3_500, 20_000));
      cluster.redis.resume();
    },
  },
  ...KILL_POINTS.map((point) => ({
    fault: `an instance is killed ${point}`,
    act: (scene: Scene) => repeat(ms(1, 4), () => killAt(scene, point)),
  })),
  {
    fault: 'an instance stands still',
    async act({ world, random }) {
      const app = pick(random, world.cluster.apps);
      app.pause();
      await pause(ms(2_000, 12_000));
      app.resume();
    },
  },
  {
    fault: 'all instances restart one after the other',
    act: ({ world }) =>
      repeat(ms(1, 3), async () => {
        for (const i of world.cluster.apps.keys()) {
          await world.app(i).stop();
          await world.restartApp(i);
        }
      }),
  },
  {
    fault: 'PostgreSQL crashes and recovers',
    act: ({ world: { postgres }, random }) =>
      repeat(ms(1, 3), async () => {
        await postgres.crash();
        await pause(between(random, 200, 1_500));
        await postgres.restart();
        await pause(ms(0, 5_000));
      }),
  },
  {
    fault: 'PostgreSQL stands still',
    async act({ world: { postgres } }) {
      postgres.pause();
      await pause(ms(2_500, 12_000));
      postgres.resume();
    },
  },
  {
    fault: 'every connection to PostgreSQL is cut',
    act: ({ world, random }) =>
      repeat(ms(4, 20), async () => {
        await world.source.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        );
        await pause(between(random, 100, 600));
      }),
  },
  {
    fault: 'hints are lost, doubled and disordered',
    async act({ world }) {
      const { cluster } = world;
      const hints = { drop: 0.2, twice: 0.2, late: 0.3 };
      for (const i of cluster.apps.keys()) await world.sabotage(i, { hints });
      await pause(ms(2_000, 20_000));
      for (const i of cluster.apps.keys()) await world.sabotage(i, {});
    },
  },
  {
    fault: 'the history gets another epoch',
    act: ({ world, task, random }) =>
      repeat(ms(1, 3), async () => {
        await world.source.query('UPDATE stream_head SET epoch = gen_random_uuid() WHERE id = $1', [task]);
        await pause(between(random, 1_500, 2_500));
      }),
  },
];

/** One of those that somebody writes through: after a restart nobody may be left on an instance. */
async function killAt({ world, random }: Scene, point: KillPoint): Promise<void> {
  for (const i of shuffled(random, [...world.cluster.apps.keys()])) {
    const app = world.app(i);
    await world.sabotage(i, { kill: { point, after: Math.ceil(between(random, 1, 12)) } });
    await Promise.race([app.exited, pause(8_000)]);
    if (app.isRunning) await world.sabotage(i, {}).catch(() => app.exited);
    if (app.isRunning) continue;
    await pause(between(random, 100, 1_000));
    return world.restartApp(i);
  }
  throw new Error(`no instance came to "${point}"`);
}

async function repeat(times: number, work: () => Promise<void>): Promise<void> {
  for (let i = 0; i < times; i++) await work();
}
