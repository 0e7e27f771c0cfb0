import { chmod, cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../support/free-port.js';
import { ServerProcess } from '../../support/server-process.js';
import type { Figure, Measured } from '../figure.js';
import { median } from '../histogram.js';

/** All that `npm start` builds from. */
const SOURCES = [
  'package.json',
  'package-lock.json',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'src',
  'libs',
];

/** Milliseconds from `npm start` in this folder until it is ready. */
async function start(folder: string): Promise<number> {
  const port = await freePort();
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, PORT: String(port), SIMPUL_DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn' };
  const begin = performance.now();
  const server = ServerProcess.spawn(process.execPath, [join(folder, 'src/start.mjs')], env);
  try {
    const isReady = async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok;
    await server.ready(isReady, 240_000);
    return performance.now() - begin;
  } finally {
    await server.stop(30_000);
  }
}

/** A copy as after `npm ci`: nothing built, no database. */
const whole: Figure = {
  ids: ['start-cold', 'start-warm'],
  limit: 420,
  async run(_world, pace): Promise<Measured[]> {
    const folder = await mkdtemp(join(tmpdir(), 'simpul-start-'));
    try {
      // PostgreSQL's user has to come in.
      await chmod(folder, 0o755);
      for (const name of SOURCES) await cp(name, join(folder, name), { recursive: true });
      await symlink(resolve('node_modules'), join(folder, 'node_modules'));
      const cold = (await start(folder)) / 1_000;
      const warm: number[] = [];
      for (let round = 0; round < pace.rounds; round++) warm.push((await start(folder)) / 1_000);
      pace.say(`    first ${cold.toFixed(1)} s, again ${warm.map((one) => one.toFixed(1)).join(', ')} s`);
      return [
        { id: 'start-cold', unit: 's', value: cold, budget: { of: 'value', most: 90 }, runs: [{ cold }] },
        {
          id: 'start-warm',
          unit: 's',
          value: median(warm),
          budget: { of: 'value', most: 8 },
          runs: [{ warm }],
        },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    }
  },
};

/** The app alone, on a database that is there. */
const app: Figure = {
  ids: ['start-app'],
  limit: 120,
  async run(world, pace): Promise<Measured[]> {
    const seconds: number[] = [];
    for (let round = 0; round < pace.rounds; round++) {
      const begin = performance.now();
      const { stop } = await world.simpul();
      seconds.push((performance.now() - begin) / 1_000);
      await stop();
    }
    pace.say(`    ${seconds.map((one) => one.toFixed(1)).join(', ')} s`);
    return [
      {
        id: 'start-app',
        unit: 's',
        value: median(seconds),
        budget: { of: 'value', most: 2 },
        runs: [{ seconds }],
      },
    ];
  },
};

export const STARTING: Figure[] = [app, whole];
