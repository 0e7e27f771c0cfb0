import type { Figure, Measured, Pace } from '../figure.js';
import type { GeneratorProcess } from '../generator-process.js';
import type { Place } from '../generator-wishes.js';
import { median } from '../histogram.js';
import { placeOf, seedHistory, tokenOf } from '../seed.js';
import type { Target, World } from '../world.js';

const SHORT = 1_000;
const FLAT = 1.2;

interface Pair {
  generator: GeneratorProcess;
  simpul: Target;
  /** The same with a short history and a long one. */
  places: [Place, Place];
}

async function pairOf(world: World, name: string, long: number): Promise<Pair> {
  await world.group({ name, count: 2, members: 20 });
  const places: [Place, Place] = [placeOf(name, 0), placeOf(name, 1)];
  for (const [i, place] of places.entries()) {
    await world.sql((db) => seedHistory(db, place, i === 0 ? SHORT : long));
  }
  await world.sql((db) => db.query('VACUUM ANALYZE'));
  return { generator: world.generator(), simpul: await world.simpul(), places };
}

/** Visits both by turns; the medians of each. */
async function compare(
  { generator, simpul, places }: Pair,
  pace: Pace,
  what: 'whole' | 'asked',
  questions: (place: Place, length: number) => [string, object][],
  long: number,
) {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < pace.rounds + 1; round++) {
    for (const [i, place] of places.entries()) {
      const visits = await generator.ask('visits', {
        port: simpul.port,
        // The workspaces have members of their own, one after the other.
        token: tokenOf(i * 20 + round),
        questions: questions(place, i === 0 ? SHORT : long),
        times: pace.quick ? 15 : 40,
      });
      // The first round warms up.
      if (round > 0) times[i]!.push(...visits[what]);
    }
  }
  return { short: median(times[0]), long: median(times[1]), times };
}

function figures(
  id: string,
  most: number,
  { short, long, times }: Awaited<ReturnType<typeof compare>>,
): Measured[] {
  return [
    { id, unit: 'ms', value: long, budget: { of: 'value', most }, runs: [{ long: times[1] }] },
    {
      id: `${id}-flat`,
      unit: 'ms',
      value: long,
      baseline: { name: 'history of 1,000', value: short },
      ratio: long / short,
      budget: { of: 'ratio', most: FLAT },
      runs: [{ short: times[0] }],
    },
  ];
}

const MISSED = [
  [1, 15],
  [100, 30],
  [1_000, 120],
] as const;

const catchUp: Figure = {
  ids: MISSED.flatMap(([n]) => [`catchup-${n}`, `catchup-${n}-flat`]),
  limit: 420,
  async run(world, pace) {
    const long = pace.quick ? 100_000 : 1_000_000;
    const pair = await pairOf(world, 'history', long);
    const all: Measured[] = [];
    for (const [missed, most] of MISSED) {
      const questions = ({ workspaceId, epoch }: Place, length: number): [string, object][] => [
        ['workspace.join', { workspaceId, since: { epoch, seq: length - missed } }],
      ];
      all.push(...figures(`catchup-${missed}`, most, await compare(pair, pace, 'whole', questions, long)));
      pace.say(`    ${missed} missed: ${all.at(-2)!.value.toFixed(1)} ms`);
    }
    return all;
  },
};

const openWorkspace: Figure = {
  ids: ['open-workspace', 'open-workspace-flat'],
  limit: 180,
  async run(world, pace) {
    const long = 20_000;
    const questions = ({ workspaceId, threadId }: Place): [string, object][] => [
      ['workspace.join', { workspaceId }],
      ['thread.page', { workspaceId, threadId }],
    ];
    const found = await compare(await pairOf(world, 'opened', long), pace, 'asked', questions, long);
    pace.say(`    first view: ${found.long.toFixed(1)} ms`);
    return figures('open-workspace', 50, found);
  },
};

export const COMING_BACK: Figure[] = [catchUp, openWorkspace];
