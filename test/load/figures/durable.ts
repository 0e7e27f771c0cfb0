import { spawn } from 'node:child_process';
import { baselineFile, type World } from '../world.js';
import type { Figure, Measured } from '../figure.js';
import { median } from '../histogram.js';
import { placeOf, type Group } from '../seed.js';
import { sideOf, wrongIn } from './fanout.js';

const IN_FLIGHT = 32;

const GROUPS = {
  'durable-32': { name: 'd32', count: 32, members: 12 },
  'durable-hot': { name: 'd1', count: 1, members: 100 },
} satisfies Record<string, Group>;

/** Eight `pg` clients for so many seconds: posts a second. */
async function pgClients(world: World, group: Group, seconds: number): Promise<number> {
  const ids = Array.from({ length: group.count }, (_, i) => placeOf(group.name, i).workspaceId);
  const child = spawn(process.execPath, [baselineFile('pg-clients')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: (seconds + 20) * 1_000,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: world.baselineUrl,
      WORKSPACES: ids.join(','),
      SECONDS: String(seconds),
    },
  });
  let text = '';
  for await (const part of child.stdout) text += String(part);
  const { count, ms } = JSON.parse(text) as { count: number; ms: number };
  return (count / ms) * 1_000;
}

function durable(id: keyof typeof GROUPS): Figure {
  return {
    ids: id === 'durable-32' ? ['durable-32', 'durable-32-pg'] : [id],
    limit: 240,
    async run(world, pace): Promise<Measured[]> {
      const group = await world.group(GROUPS[id]);
      const seconds = pace.quick ? 3 : 6;
      const sides = [
        await sideOf(world, group, 1, 'Socket.IO + transaction', 'socket.io', [
          await world.baseline('socket-io', { stored: true }),
        ]),
        await sideOf(world, group, 1, 'Simpul', 'simpul', [await world.simpul()]),
      ];
      const runs: { side: string; perSecond: number; lost: number; doubled: number; disordered: number }[] =
        [];
      for (let round = 0; round < pace.rounds; round++) {
        for (const { name, generator } of sides) {
          if (round === 0)
            await generator.ask('flight', {
              inFlight: IN_FLIGHT,
              seconds: 1,
              atLeast: group.count * group.members,
            });
          runs.push({ side: name, ...(await generator.ask('flight', { inFlight: IN_FLIGHT, seconds })) });
        }
        const perSecond = await pgClients(world, group, seconds);
        runs.push({ side: 'pg clients', perSecond, lost: 0, doubled: 0, disordered: 0 });
        pace.say(
          `    ${runs
            .slice(-3)
            .map((run) => `${run.side} ${Math.round(run.perSecond)}/s`)
            .join(', ')}`,
        );
      }
      const of = (side: string) =>
        median(runs.filter((run) => run.side === side).map((run) => run.perSecond));
      const value = of('Simpul');
      const against = (name: string, least: number, figure: string): Measured => ({
        id: figure,
        unit: 'posts/s',
        value,
        baseline: { name, value: of(name) },
        ratio: value / of(name),
        budget: { of: 'ratio', least },
        runs,
        invalid: wrongIn(runs.filter((run) => run.side === 'Simpul')),
      });
      return id === 'durable-hot'
        ? [against('pg clients', 5, id)]
        : [against('Socket.IO + transaction', 2, id), against('pg clients', 1, `${id}-pg`)];
    },
  };
}

export const DURABLE: Figure[] = [durable('durable-32'), durable('durable-hot')];
