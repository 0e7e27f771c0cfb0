import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { isMet, type Figure, type Measured } from './figure.js';
import { COMING_BACK } from './figures/coming-back.js';
import { CONNECTIONS } from './figures/connections.js';
import { DURABLE } from './figures/durable.js';
import { FANOUT } from './figures/fanout.js';
import { SCALE } from './figures/scale.js';
import { SOAK } from './figures/soak.js';
import { STARTING } from './figures/starting.js';
import { TROUBLE } from './figures/trouble.js';
import { WATCHING } from './figures/watching.js';
import { plotOf, tableOf, type Report } from './report.js';
import { World } from './world.js';

const WHOLE_SECONDS = 75 * 60;
const QUICK_SECONDS = 10 * 60;
const RESULTS = 'test-results/bench';

const FIGURES: Figure[] = [
  ...DURABLE,
  ...FANOUT,
  ...COMING_BACK,
  ...CONNECTIONS,
  ...TROUBLE,
  ...SCALE,
  ...WATCHING,
  ...STARTING,
  ...SOAK,
];

const { values: asked } = parseArgs({
  options: {
    only: { type: 'string' },
    profile: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const only = asked.only?.split(',');
const unknown = only?.filter((id) => !FIGURES.some(({ ids }) => ids.includes(id)));
if (unknown?.length) {
  console.error(`unknown: ${unknown.join(', ')}\nthere are: ${FIGURES.flatMap(({ ids }) => ids).join(' ')}`);
  process.exit(1);
}

const end = performance.now() + (asked.quick ? QUICK_SECONDS : WHOLE_SECONDS) * 1_000;
const pace = { quick: asked.quick, rounds: asked.quick ? 1 : 3, say: (line: string) => console.log(line) };
const wanted = FIGURES.filter(({ ids, isApart }) => only?.some((id) => ids.includes(id)) ?? !isApart);
const measured: Measured[] = [];
const missed: { ids: string[]; why: string }[] = [];

let stopped = false;
const world = await World.create(asked.profile);
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    stopped = true;
    void world.close().finally(() => process.exit(code));
  });
}
try {
  for (const figure of wanted) if (!stopped) await take(figure);
} finally {
  await world.close();
}

const report: Report = {
  indicative: asked.quick,
  machine: {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? '',
    memoryBytes: totalmem(),
    at: new Date().toISOString(),
  },
  versions: {
    node: process.versions.node,
    ...versionsOf(['ws', 'socket.io', 'pg', 'redis', '@nestjs/core']),
  },
  figures: measured.map((figure) => ({ ...figure, ok: isMet(figure) })),
  missed,
};
console.log(`\n${tableOf(report)}`);
mkdirSync(RESULTS, { recursive: true });
writeFileSync(`${RESULTS}/bench.svg`, plotOf(report));
if (asked.json) writeFileSync(asked.json, JSON.stringify(report, null, 2));
const invalid = measured.filter((figure) => figure.invalid);
for (const { id, invalid: why } of invalid) console.error(`${id} is invalid: ${why}`);
process.exit(invalid.length + missed.length > 0 ? 1 : 0);

/** A figure that fails or takes too long is named, and the others go on. */
async function take(figure: Figure): Promise<void> {
  const left = end - performance.now();
  console.log(figure.ids.join(', '));
  if (left <= 0) {
    missed.push({ ids: figure.ids, why: 'no time left' });
    return;
  }
  let timer: NodeJS.Timeout | undefined;
  const limit = Math.min(figure.limit * 1_000, left);
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${Math.round(limit / 1_000)} s`)), limit);
  });
  try {
    measured.push(...(await Promise.race([figure.run(world, pace), over])));
  } catch (error) {
    missed.push({ ids: figure.ids, why: error instanceof Error ? error.message : String(error) });
    console.error(error);
  } finally {
    clearTimeout(timer);
    await world.clear();
  }
}

function versionsOf(packages: string[]): Record<string, string> {
  return Object.fromEntries(
    packages.map((name) => {
      const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as {
        version: string;
      };
      return [name, version];
    }),
  );
}
