import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../support/free-port.js';
import type { Figure, Measured } from '../figure.js';
import { median } from '../histogram.js';
import { residentBytes } from '../processes.js';
import { memberOf, placeOf, tokenOf } from '../seed.js';
import { sideOf } from './fanout.js';

/** The event loop's worst since it was last asked, in milliseconds. */
async function loopP99(metricsPort: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  const [, seconds] =
    /^nodejs_eventloop_lag_p99_seconds(?:\{[^}]*\})? (\S+)$/m.exec(await answer.text()) ?? [];
  return Number(seconds) * 1_000;
}

/** Two thousand lose their instance at one moment and come back to the other, which goes on meanwhile. */
const storm: Figure = {
  ids: ['storm-2000', 'storm-2000-loop'],
  limit: 300,
  async run(world, pace): Promise<Measured[]> {
    const group = await world.group({ name: 'storm', count: pace.quick ? 25 : 100, members: 20 });
    const people = Array.from({ length: group.count * group.members }, (_, i) => ({
      token: tokenOf(memberOf(group, Math.floor(i / group.members), i % group.members)),
      place: placeOf(group.name, Math.floor(i / group.members)),
    }));
    const redis = await world.redis();
    const runs: { ms: number; loopMs: number; holes: number; resets: number; tries: number }[] = [];
    for (let round = 0; round < pace.rounds; round++) {
      const metricsPort = await freePort();
      const env = { SIMPUL_METRICS_PORT: String(metricsPort) };
      const [lost, other] = [await world.simpul({ redis }), await world.simpul({ redis, env })];
      const crowd = world.generator();
      await crowd.ask('gather', { port: lost.port, people });
      // Others are there already and go on writing, so that everybody misses something.
      const side = await sideOf(world, group, 2, 'Simpul', 'simpul', [other], 2);
      await loopP99(metricsPort);
      const writing = side.generator.ask('step', { rate: 50, seconds: 8, warmUp: 1 });
      await delay(2_000);
      const begin = performance.now();
      process.kill(lost.pids[0]!, 'SIGKILL');
      const back = await crowd.ask('comeBack', { port: other.port });
      const ms = performance.now() - begin;
      runs.push({ ...back, ms, loopMs: await loopP99(metricsPort) });
      await writing;
      pace.say(
        `    ${people.length} back in ${Math.round(ms)} ms, loop p99 ${runs.at(-1)!.loopMs.toFixed(0)} ms`,
      );
      for (const generator of [crowd, side.generator]) generator.stop();
      await other.stop();
    }
    const holes = runs.reduce((sum, run) => sum + run.holes, 0);
    const of = (id: string, what: 'ms' | 'loopMs', most: number): Measured => ({
      id,
      unit: 'ms',
      value: median(runs.map((run) => run[what])),
      budget: { of: 'value', most },
      runs,
      ...(holes > 0 && { invalid: `${holes} came back with a hole` }),
    });
    return [of('storm-2000', 'ms', 5_000), of('storm-2000-loop', 'loopMs', 200)];
  },
};

/** One member reads nothing while a thousand events a second go by. */
const slowReader: Figure = {
  ids: ['slow-reader', 'slow-reader-p99'],
  limit: 300,
  async run(world, pace): Promise<Measured[]> {
    const group = await world.group({ name: 'f20', count: 1, members: 160 });
    const simpul = await world.simpul();
    const side = await sideOf(world, group, 20, 'Simpul', 'simpul', [simpul]);
    const wish = { rate: 1_000, seconds: pace.quick ? 10 : 60, warmUp: 2 };
    const steps = [];
    // First for the heap to find its size; then without the reader, and with.
    for (const isPaused of [false, false, true]) {
      const place = placeOf(group.name, 0);
      if (isPaused)
        await side.generator.ask('pausedReader', { port: simpul.port, token: tokenOf(159), place });
      const before = residentBytes(simpul.pids[0]!);
      const step = await side.generator.ask('step', wish);
      steps.push({ isPaused, grown: (residentBytes(simpul.pids[0]!) - before) / 2 ** 20, ...step });
      pace.say(
        `    ${isPaused ? 'with' : 'without'} one: p99 ${step.p99.toFixed(1)} ms, ${steps.at(-1)!.grown.toFixed(1)} MiB`,
      );
    }
    const [, without, withOne] = steps as [unknown, (typeof steps)[0], (typeof steps)[0]];
    return [
      {
        id: 'slow-reader',
        unit: 'MiB',
        value: Math.max(0, withOne.grown - Math.max(0, without.grown)),
        budget: { of: 'value', most: 1 },
        runs: steps,
      },
      {
        id: 'slow-reader-p99',
        unit: 'ms',
        value: withOne.p99,
        baseline: { name: 'everybody reads', value: without.p99 },
        ratio: withOne.p99 / without.p99,
        // Unchanged, as far as two runs of the same are.
        budget: { of: 'ratio', most: 1.3 },
        runs: steps,
      },
    ];
  },
};

export const TROUBLE: Figure[] = [storm, slowReader];
