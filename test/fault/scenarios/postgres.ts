import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { SmallDisk } from '../../support/small-disk.js';
import { Probe } from '../probe.js';
import { until, type Scenario, type Scene } from '../scenario.js';
import { LONG } from '../size.js';

const ms = (short: number, long: number): number => (LONG ? long : short);

/** What PostgreSQL can do to an instance that lives on: clear answers, nothing lost, recovery by itself. */
export const POSTGRES: Scenario[] = [
  {
    fault: 'long transactions hold every connection',
    act: (scene) =>
      probed(scene, async (probes) => {
        const opened = held(scene, probes, () => Promise.all(probes.map((probe) => probe.openThreads(20))));
        await opened;
      }),
  },
  {
    fault: 'locks are not had in time',
    act: (scene) => probed(scene, (probes) => held(scene, probes, () => Promise.resolve())),
  },
  {
    fault: 'statements take too long',
    act: (scene) =>
      probed(scene, async (probes) => {
        const { source } = scene.world;
        await patiently(source, `${slow('PERFORM pg_sleep(6);')} ${SLOW}`);
        await pause(ms(0, 20_000));
        await until(() => probes.some(({ refusals }) => refusals.has('unavailable')), 20_000);
        // Takes no lock that the slow ones have.
        await source.query(slow(''));
        await patiently(source, 'DROP TRIGGER slow ON stream_event; DROP FUNCTION slow');
      }),
  },
  {
    fault: 'PostgreSQL is read-only, like a replica',
    act: (scene) =>
      probed(scene, async () => {
        const { source } = scene.world;
        await source.query('ALTER SYSTEM SET default_transaction_read_only = on');
        await source.query('SELECT pg_reload_conf()');
        await pause(ms(2_000, 15_000));
        await source.query('ALTER SYSTEM RESET default_transaction_read_only');
        await source.query('SELECT pg_reload_conf()');
      }),
  },
  {
    fault: 'PostgreSQL crashes while everybody asks',
    act: (scene) =>
      probed(scene, async () => {
        const { postgres } = scene.world;
        await postgres.crash();
        await pause(ms(1_500, 10_000));
        await postgres.restart();
      }),
  },
];

export const DISK_FULL = 'the disk of PostgreSQL is full';

export function diskFull(disk: SmallDisk): Scenario {
  return {
    fault: DISK_FULL,
    padding: 3_000,
    act: (scene) =>
      probed(scene, async (probes) => {
        const { source, postgres } = scene.world;
        await source.query('CHECKPOINT');
        disk.fill();
        // Pages that are there already are used up first.
        await until(() => probes.some(({ refusals }) => refusals.size > 0), 30_000);
        await pause(ms(1_000, 10_000));
        disk.free();
        // It ends by itself when not even its journal can be written; whoever freed the disk starts it again.
        if (!postgres.isRunning) {
          await postgres.crash();
          await postgres.restart();
        }
      }),
  };
}

const SLOW = 'CREATE TRIGGER slow BEFORE INSERT ON stream_event FOR EACH STATEMENT EXECUTE FUNCTION slow()';

/** @param work longer than the app's statement_timeout of 5 s, or nothing */
const slow = (work: string): string =>
  `CREATE OR REPLACE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${work} RETURN NULL; END $$;`;

/** Until the lock it needs was had in time. */
async function patiently(source: DataSource, sql: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await source.query(sql);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== '55P03' || tries >= 20) throw error;
    }
  }
}

/** Nobody can write in the workspace until it was felt: the app's lock_timeout is 2 s, for each one behind the other. */
function held<T>({ world: { source }, task }: Scene, probes: Probe[], work: () => Promise<T>): Promise<T> {
  let under: Promise<T> | undefined;
  return source
    .transaction(async (tx) => {
      await tx.query('SELECT FROM stream_head WHERE id = $1 FOR UPDATE', [task]);
      under = work();
      // What it waits for may fail only after this transaction; its owner awaits it below.
      under.catch(() => undefined);
      // Not longer than an idle transaction may live.
      await until(() => probes.some(({ refusals }) => refusals.has('unavailable')), 9_000);
    })
    .then(() => under as Promise<T>);
}

/** With somebody at each instance who looks at every answer. */
async function probed(scene: Scene, act: (probes: Probe[]) => Promise<unknown>): Promise<void> {
  const { apps } = scene.world.cluster;
  const before = apps.map(({ pid }) => pid);
  const probes = await Promise.all(apps.map((_, i) => Probe.start(scene, i)));
  try {
    await act(probes);
  } finally {
    await Promise.all(probes.map((probe) => probe.stop()));
  }
  const refusals = probes.flatMap((probe) => [...probe.refusals]);
  expect(refusals).toContain('unavailable');
  expect(refusals.filter((code) => code !== 'unavailable' && code !== 'timeout')).toEqual([]);
  expect(probes.flatMap((probe) => [...probe.final])).toEqual([]);
  expect(apps.map(({ pid, isRunning }) => isRunning && pid)).toEqual(before);
}
