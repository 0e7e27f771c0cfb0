import type { Figure, Measured, Pace } from '../figure.js';
import type { StepResult } from '../generator-wishes.js';
import type { GeneratorProcess } from '../generator-process.js';
import { median } from '../histogram.js';
import type { Wire } from '../load-client.js';
import { processorTime } from '../processes.js';
import type { Group } from '../seed.js';
import type { Target, World } from '../world.js';
import { crowd } from './shapes.js';

interface Shape extends Group {
  id: string;
  /** Of the members, how many have joined; the others only send, so that no one person has to send too much. */
  joined: number;
  budget: number;
  /** Posts a second to begin with: the baseline, Simpul. */
  guess: [number, number];
  instances?: number;
}

const SHAPES: Shape[] = [
  { id: 'fanout-1x20', name: 'f20', count: 1, members: 160, joined: 20, budget: 4, guess: [400, 1_500] },
  { id: 'fanout-1x200', name: 'f200', count: 1, members: 200, joined: 200, budget: 8, guess: [150, 1_000] },
  { id: 'fanout-50x20', name: 'f50', count: 50, members: 20, joined: 20, budget: 4, guess: [500, 1_500] },
  {
    id: 'fanout-1x1000',
    name: 'f1000',
    count: 1,
    members: 1_000,
    joined: 1_000,
    budget: 6,
    guess: [40, 200],
  },
  {
    id: 'fanout-2i-50x20',
    name: 'f50',
    count: 50,
    members: 20,
    joined: 20,
    budget: 4,
    guess: [400, 1_000],
    instances: 2,
  },
];

const STEP = 1.3;
const P99_MS = 250;

/** One side of a comparison, with its own crowd in its own generator. */
export interface Side {
  name: string;
  generator: GeneratorProcess;
  targets: Target[];
}

export async function sideOf(
  world: World,
  group: Group,
  joined: number,
  name: string,
  wire: Wire,
  targets: Target[],
  present = group.members,
): Promise<Side> {
  const generator = world.generator();
  const ports = targets.map(({ port }) => port);
  const { failed } = await generator.ask('connect', crowd(group, wire, ports, joined, present));
  if (failed > 0) throw new Error(`${name}: ${failed} clients could not connect`);
  return { name, generator, targets };
}

/** Rates at which the step passes: the highest of one climb, or of one descent. */
async function highest(side: Side, members: number, guess: number, pace: Pace): Promise<Climb> {
  const steps: (StepResult & { passed: boolean; cpuPerDelivery: number })[] = [];
  const passes = async (rate: number) => {
    const pids = side.targets.flatMap((target) => target.pids);
    const cpu = processorTime([...new Set(pids)]);
    const seconds = pace.quick ? 2.5 : 5;
    const result = await side.generator.ask('step', { rate, seconds, warmUp: pace.quick ? 0.5 : 1 });
    const cpuPerDelivery = (processorTime([...new Set(pids)]) - cpu) / Math.max(1, result.deliveries);
    const passed = isGood(result);
    steps.push({ ...result, passed, cpuPerDelivery });
    pace.say(
      `    ${side.name}: ${Math.round(rate)} posts/s = ${Math.round(rate * members)} deliveries/s, p50 ${result.p50.toFixed(1)} p99 ${result.p99.toFixed(1)} ms, ${cpuPerDelivery.toFixed(1)} us each, generator ${Math.round(result.generatorCpu * 100)} %${passed ? '' : `, not held ${JSON.stringify(result.refused)}`}`,
    );
    return passed;
  };
  let rate = guess;
  let best = 0;
  if (await passes(rate)) {
    best = rate;
    for (let i = 0; i < 8 && (await passes((rate *= STEP))); i++) best = rate;
  } else {
    for (let i = 0; i < 8 && best === 0; i++) if (await passes((rate /= STEP))) best = rate;
  }
  const last = steps.filter((step) => step.passed && step.rate === best).at(-1);
  return { side: side.name, rate: best, cpuPerDelivery: last?.cpuPerDelivery ?? 0, steps };
}

interface Climb {
  side: string;
  rate: number;
  cpuPerDelivery: number;
  steps: StepResult[];
}

function isGood({ p99, lost, refused }: StepResult): boolean {
  return p99 < P99_MS && lost === 0 && Object.keys(refused).length === 0;
}

/** Names what makes a figure worthless, if anything does. */
export function wrongIn(steps: Pick<StepResult, 'lost' | 'doubled' | 'disordered'>[]): string | undefined {
  const sum = (what: 'lost' | 'doubled' | 'disordered') => steps.reduce((all, step) => all + step[what], 0);
  const [lost, doubled, disordered] = [sum('lost'), sum('doubled'), sum('disordered')];
  return lost + doubled + disordered === 0
    ? undefined
    : `${lost} lost, ${doubled} doubled, ${disordered} out of order`;
}

function fanout(shape: Shape): Figure {
  return {
    ids: [shape.id],
    limit: 480,
    async run(world, pace) {
      const group = await world.group(shape);
      const redis = shape.instances ? await world.redis() : undefined;
      const several = <T>(start: () => Promise<T>) =>
        Promise.all(Array.from({ length: shape.instances ?? 1 }, start));
      const stored = await several(() => world.baseline('socket-io', { stored: true, redis }));
      const simpul = await several(() => world.simpul({ redis }));
      const sides = [
        await sideOf(world, group, shape.joined, 'Socket.IO + transaction', 'socket.io', stored),
        await sideOf(world, group, shape.joined, 'Simpul', 'simpul', simpul),
      ];
      const guesses = [...shape.guess];
      const climbs: Climb[][] = [[], []];
      for (let round = 0; round < pace.rounds; round++) {
        for (const [i, side] of sides.entries()) {
          const climb = await highest(side, shape.joined, guesses[i]!, pace);
          climbs[i]!.push(climb);
          if (climb.rate > 0) guesses[i] = climb.rate;
        }
      }
      const deliveries = climbs.map((side) => median(side.map(({ rate }) => rate * shape.joined)));
      const [base = 0, value = 0] = deliveries;
      return [
        {
          id: shape.id,
          unit: 'deliveries/s',
          value,
          baseline: { name: `Socket.IO + transaction${redis ? ', two + Redis' : ''}`, value: base },
          ratio: value / base,
          budget: { of: 'ratio', least: shape.budget },
          runs: climbs.flat(),
          // The baseline keeps no order between its instances; that is not our figure's fault.
          invalid: wrongIn(climbs[1]!.flatMap(({ steps }) => steps)),
        },
      ];
    },
  };
}

/** From the post until the last member has it, at a rate that troubles nobody. */
const last = (id: string, joined: number, shape: Group): Figure => ({
  ids: [`${id}-p50`, `${id}-p99`],
  limit: 240,
  async run(world, pace): Promise<Measured[]> {
    const group = await world.group(shape);
    const sides = [
      await sideOf(world, group, joined, 'Socket.IO + transaction', 'socket.io', [
        await world.baseline('socket-io', { stored: true }),
      ]),
      await sideOf(world, group, joined, 'Simpul', 'simpul', [await world.simpul()]),
    ];
    const runs: (StepResult & { side: string })[] = [];
    for (let round = 0; round < pace.rounds; round++) {
      for (const { name, generator } of sides) {
        const seconds = pace.quick ? 6 : 15;
        runs.push({ side: name, ...(await generator.ask('step', { rate: 10, seconds, warmUp: 1 })) });
        pace.say(`    ${name}: p50 ${runs.at(-1)!.p50.toFixed(1)} p99 ${runs.at(-1)!.p99.toFixed(1)} ms`);
      }
    }
    return (['p50', 'p99'] as const).map((what) => {
      const [base, value] = sides.map(({ name }) =>
        median(runs.filter(({ side }) => side === name).map((run) => run[what])),
      ) as [number, number];
      return {
        id: `${id}-${what}`,
        unit: 'ms',
        value,
        baseline: { name: 'Socket.IO + transaction', value: base },
        ratio: value / base,
        budget: { of: 'ratio', most: 1.3 },
        runs,
        invalid: wrongIn(runs.filter(({ side }) => side === 'Simpul')),
      };
    });
  },
});

/** What sockets alone can do here: no budget, but it says what a machine is worth. */
const bare: Figure = {
  ids: ['bare-ws', 'bare-socket.io'],
  limit: 300,
  async run(world, pace) {
    const group = await world.group({ name: 'f200', count: 1, members: 200 });
    const measured: Measured[] = [];
    for (const [name, wire] of [
      ['bare-ws', 'ws'],
      ['socket-io', 'socket.io'],
    ] as const) {
      const side = await sideOf(world, group, 200, name, wire, [await world.baseline(name)]);
      const climbs: Climb[] = [];
      for (let round = 0; round < pace.rounds; round++) {
        climbs.push(await highest(side, 200, climbs.at(-1)?.rate || 250, pace));
      }
      const value = median(climbs.map(({ rate }) => rate * 200));
      measured.push({
        id: wire === 'ws' ? 'bare-ws' : 'bare-socket.io',
        unit: 'deliveries/s',
        value,
        runs: climbs,
      });
    }
    return measured;
  },
};

const byId = (id: string) => fanout(SHAPES.find((shape) => shape.id === id)!);

export const FANOUT: Figure[] = [
  byId('fanout-1x20'),
  byId('fanout-1x200'),
  last('last-1x200', 200, { name: 'f200', count: 1, members: 200 }),
  last('last-1x20', 20, { name: 'f20', count: 1, members: 160 }),
  byId('fanout-50x20'),
  byId('fanout-1x1000'),
  byId('fanout-2i-50x20'),
  bare,
];
