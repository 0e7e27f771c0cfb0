import { setTimeout as delay } from 'node:timers/promises';
import type { Figure, Measured } from '../figure.js';
import type { StepResult } from '../generator-wishes.js';
import { median } from '../histogram.js';
import { processorTime } from '../processes.js';
import { sideOf, wrongIn } from './fanout.js';

const FEW = { name: 'g50', count: 50, members: 4 };
const MANY = { name: 'g5000', count: 5_000, members: 4, people: 1_000 };

/** The same posts a second, over fifty workspaces and over five thousand: what one delivery costs. */
const growth: Figure = {
  ids: ['growth'],
  limit: 300,
  async run(world, pace): Promise<Measured[]> {
    const sides = [];
    for (const shape of [FEW, pace.quick ? { ...MANY, name: 'g1000', count: 1_000 } : MANY]) {
      const group = await world.group(shape);
      sides.push(await sideOf(world, group, 4, String(group.count), 'simpul', [await world.simpul()]));
    }
    const runs: (StepResult & { name: string; micros: number })[] = [];
    for (let round = 0; round < pace.rounds + 1; round++) {
      for (const { name, generator, targets } of sides) {
        const { pids } = targets[0]!;
        const before = processorTime(pids);
        const step = await generator.ask('step', { rate: 100, seconds: pace.quick ? 8 : 15, warmUp: 1 });
        const micros = (processorTime(pids) - before) / Math.max(1, step.deliveries);
        // The first round warms up.
        if (round > 0) runs.push({ name, micros, ...step });
        pace.say(`    ${name} workspaces: ${micros.toFixed(0)} us a delivery`);
      }
    }
    const [few, many] = sides.map(({ name }) =>
      median(runs.filter((run) => run.name === name).map(({ micros }) => micros)),
    ) as [number, number];
    return [
      {
        id: 'growth',
        unit: 'us/delivery',
        value: many,
        baseline: { name: 'over 50 workspaces', value: few },
        ratio: many / few,
        budget: { of: 'ratio', most: 1.15 },
        runs,
        invalid: wrongIn(runs),
      },
    ];
  },
};

/** What an instance spends on workspaces of which it has no member, against having one of each. */
const interest: Figure = {
  ids: ['redis-interest'],
  limit: 240,
  async run(world, pace): Promise<Measured[]> {
    const group = await world.group({ name: 'f50', count: 50, members: 20 });
    const redis = await world.redis();
    const [busy, idle] = [await world.simpul({ redis }), await world.simpul({ redis })];
    const side = await sideOf(world, group, 10, 'busy', 'simpul', [busy]);
    const seconds = pace.quick ? 8 : 20;
    const own = idle.pids.slice(0, 1);
    const spent = async (work: Promise<unknown>) => {
      const before = processorTime(own);
      await work;
      return (processorTime(own) - before) / seconds;
    };
    const write = () => side.generator.ask('step', { rate: 200, seconds, warmUp: 1 });
    const runs: { nothing: number; uninvolved: number; firehose: number }[] = [];
    for (let round = 0; round < pace.rounds; round++) {
      await write();
      const nothing = await spent(delay(seconds * 1_000));
      const uninvolved = await spent(write());
      // One member of each workspace: this instance now hears of all that is written.
      const few = await sideOf(world, group, 1, 'idle', 'simpul', [idle], 1);
      const firehose = await spent(write());
      few.generator.stop();
      runs.push({ nothing, uninvolved, firehose });
      pace.say(
        `    us a second: ${nothing.toFixed(0)} at rest, ${uninvolved.toFixed(0)} uninvolved, ${firehose.toFixed(0)} with all`,
      );
      // Channels are kept for a minute after the last member went.
      if (round + 1 < pace.rounds) await delay(62_000);
    }
    const more = (what: 'uninvolved' | 'firehose') =>
      median(runs.map((run) => Math.max(0, run[what] - run.nothing)));
    return [
      {
        id: 'redis-interest',
        unit: 'us CPU/s',
        value: more('uninvolved'),
        baseline: { name: 'a member in each', value: more('firehose') },
        ratio: more('uninvolved') / more('firehose'),
        budget: { of: 'ratio', most: 0.02 },
        runs,
      },
    ];
  },
};

export const SCALE: Figure[] = [growth, interest];
