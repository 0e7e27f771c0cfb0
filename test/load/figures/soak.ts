import { freePort } from '../../support/free-port.js';
import type { Figure, Measured } from '../figure.js';
import { placeOf, memberOf, tokenOf } from '../seed.js';
import { sideOf, wrongIn } from './fanout.js';

const MINUTES = 20;
/** Until caches are full and the heap has found its size. */
const WARM_UP_MINUTES = 5;
const RATE = 60;
/** Who come and go within each minute. */
const PASSING = 200;

/** Of the heap just now, in MiB: what is alive and what was not collected yet. */
async function heapOf(metricsPort: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const [, bytes] = /^nodejs_heap_size_used_bytes(?:\{[^}]*\})? (\S+)$/m.exec(text) ?? [];
  return Number(bytes) / 2 ** 20;
}

/** The slope of the line with the least squares. */
function slopeOf(points: readonly { x: number; y: number }[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const up = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return up / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
}

/** Whether a server that works steadily for a long time needs more and more memory. */
const soak: Figure = {
  ids: ['soak'],
  limit: (MINUTES + 4) * 60,
  isApart: true,
  async run(world, pace): Promise<Measured[]> {
    const group = await world.group({ name: 'f50', count: 50, members: 20 });
    const metricsPort = await freePort();
    const server = await world.simpul({ env: { SIMPUL_METRICS_PORT: String(metricsPort) } });
    const side = await sideOf(world, group, 10, 'Simpul', 'simpul', [server], 10);
    const people = Array.from({ length: PASSING }, (_, i) => ({
      token: tokenOf(memberOf(group, i % group.count, 10 + (Math.floor(i / group.count) % 10))),
      place: placeOf(group.name, i % group.count),
    }));
    const minutes = pace.quick ? 4 : MINUTES;
    const steps = [];
    const lows: { minute: number; heap: number }[] = [];
    for (let minute = 1; minute <= minutes; minute++) {
      const samples: number[] = [];
      const sampling = setInterval(() => void heapOf(metricsPort).then((heap) => samples.push(heap)), 500);
      try {
        const passing = world.generator();
        const writing = side.generator.ask('step', { rate: RATE, seconds: 58, warmUp: 2 });
        await passing.ask('gather', { port: server.port, people });
        passing.stop();
        steps.push(await writing);
      } finally {
        clearInterval(sampling);
      }
      // The lowest of a minute: shortly after a collection.
      lows.push({ minute, heap: Math.min(...samples) });
      pace.say(
        `    minute ${minute}: ${lows.at(-1)!.heap.toFixed(1)} MiB, p99 ${steps.at(-1)!.p99.toFixed(0)} ms`,
      );
    }
    const steady = lows.filter(({ minute }) => pace.quick || minute > WARM_UP_MINUTES);
    return [
      {
        id: 'soak',
        unit: 'MiB/hour',
        value: slopeOf(steady.map(({ minute, heap }) => ({ x: minute / 60, y: heap }))),
        budget: { of: 'value', most: 15 },
        runs: [{ lows, steps }],
        invalid: wrongIn(steps),
      },
    ];
  },
};

export const SOAK: Figure[] = [soak];
