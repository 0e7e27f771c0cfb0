import { setTimeout as delay } from 'node:timers/promises';
import type { Figure } from '../figure.js';
import { median } from '../histogram.js';
import type { Wire } from '../load-client.js';
import { residentBytes } from '../processes.js';
import type { Target, World } from '../world.js';
import { crowd } from './shapes.js';

const CROWD = { name: 'idle', count: 250, members: 20 };
/** Sockets settle, and the collector comes by. */
const SETTLE_MS = 5_000;

interface Round {
  side: string;
  perSecond: number;
  kibEach: number;
}

/** Everybody comes in to a fresh server and stays idle. */
async function arrive(
  world: World,
  side: string,
  wire: Wire,
  target: Target,
  quick: boolean,
): Promise<Round> {
  const [pid] = target.pids as [number];
  const generator = world.generator();
  const wish = crowd(quick ? { ...CROWD, count: 50 } : CROWD, wire, [target.port]);
  // A first few, so that code is warm and pools are filled before memory is looked at.
  await generator.ask('connect', { ...wish, people: wish.people.slice(0, 200) });
  await generator.ask('leave', undefined);
  await delay(1_000);
  const before = residentBytes(pid);
  const { ms, failed } = await generator.ask('connect', wish);
  if (failed > 0) throw new Error(`${side}: ${failed} clients could not connect`);
  await delay(SETTLE_MS);
  const kibEach = (residentBytes(pid) - before) / 1_024 / wish.people.length;
  generator.stop();
  await target.stop();
  return { side, perSecond: (wish.people.length / ms) * 1_000, kibEach };
}

const idle: Figure = {
  ids: ['idle-5000', 'handshake'],
  limit: 420,
  async run(world, pace) {
    await world.group(CROWD);
    const runs: Round[] = [];
    for (let round = 0; round < pace.rounds; round++) {
      runs.push(
        await arrive(world, 'Socket.IO', 'socket.io', await world.baseline('socket-io'), pace.quick),
        await arrive(world, 'Simpul', 'simpul', await world.simpul(), pace.quick),
      );
      for (const { side, perSecond, kibEach } of runs.slice(-2)) {
        pace.say(`    ${side}: ${Math.round(perSecond)} connects/s, ${kibEach.toFixed(1)} KiB each`);
      }
    }
    const of = (side: string, what: 'perSecond' | 'kibEach') =>
      median(runs.filter((run) => run.side === side).map((run) => run[what]));
    const compared = (id: string, unit: string, what: 'perSecond' | 'kibEach', budget: object) => {
      const [value, base] = [of('Simpul', what), of('Socket.IO', what)];
      return {
        id,
        unit,
        value,
        baseline: { name: 'Socket.IO', value: base },
        ratio: value / base,
        budget: { of: 'ratio' as const, ...budget },
        runs,
      };
    };
    return [
      compared('idle-5000', 'KiB/client', 'kibEach', { most: 1.3 }),
      compared('handshake', 'connects/s', 'perSecond', { least: 0.6 }),
    ];
  },
};

export const CONNECTIONS: Figure[] = [idle];
