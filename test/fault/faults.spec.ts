import { SmallDisk } from '../support/small-disk.js';
import { isClean, type Verdict } from './checker.js';
import { Report } from './report.js';
import { play, type Scenario } from './scenario.js';
import { CLIENTS } from './scenarios/clients.js';
import { CROWD } from './scenarios/crowd.js';
import { PEOPLE } from './scenarios/people.js';
import { DISK_FULL, diskFull, POSTGRES } from './scenarios/postgres.js';
import { SERVERS } from './scenarios/servers.js';
import { TWIN_COMMANDS } from './scenarios/twins.js';
import { LONG, SEED, SIZE } from './size.js';
import { World } from './world.js';

const report = new Report('faults');
const disk = SmallDisk.mount(LONG ? 3_000 : 600);
let world: World;

beforeAll(async () => {
  // One who only watches, one for nonsense.
  world = await World.start({ instances: SIZE.instances, people: SIZE.writers + 2, disk });
}, 120_000);

afterAll(async () => {
  report.print();
  await world?.stop();
}, 60_000);

/** What happens to clients happens to their own connections: in the short form a few are played side by side. */
const SIDE_BY_SIDE = LONG ? 1 : 4;
const playing = new Map<Scenario, Promise<Verdict>>();

function verdictOf(scenario: Scenario): Promise<Verdict> {
  const i = CLIENTS.indexOf(scenario);
  const group = i < 0 || i % SIDE_BY_SIDE > 0 ? [scenario] : CLIENTS.slice(i, i + SIDE_BY_SIDE);
  for (const one of group) {
    if (playing.has(one)) continue;
    const verdict = play(world, one, SEED);
    playing.set(one, verdict);
    // Whoever fails early is awaited by its own test.
    verdict.catch(() => undefined);
  }
  return playing.get(scenario) ?? play(world, scenario, SEED);
}

const SCENARIOS: Scenario[] = [
  ...SERVERS,
  ...PEOPLE,
  TWIN_COMMANDS,
  ...CLIENTS,
  CROWD,
  ...POSTGRES,
  ...(disk ? [diskFull(disk)] : []),
];
if (!disk) report.notRun(DISK_FULL, 'no small disk can be mounted here, which takes root');

it.each(SCENARIOS.map((scenario) => [scenario.fault, scenario] as const))(
  '%s: nothing lost, doubled, disordered, invented or leaked',
  async (fault, scenario) => {
    const verdict = await verdictOf(scenario);
    report.add(fault, verdict);
    expect(world.gone).toEqual([]);
    expect(verdict).toMatchObject({ lost: [], duplicated: [], reordered: [], phantom: [], leaked: [] });
    expect(verdict.late).toEqual([]);
    expect(isClean(verdict)).toBe(true);
    expect(verdict.acked).toBeGreaterThan(SIZE.writers * SIZE.each * 0.5);
  },
  600_000,
);
