import 'fake-indexeddb/auto';
import { setTimeout as pause } from 'node:timers/promises';
import { IndexedDbOutbox, type Clock } from '#libs/client';
import { between, pick } from '../random.js';
import { until, type Scenario } from '../scenario.js';
import { LONG } from '../size.js';

const ms = (short: number, long: number): number => (LONG ? long : short);
const HOUR = 3_600_000;

export const CLIENTS: Scenario[] = [
  {
    fault: 'clients are cut off again and again',
    async act({ writers, random }) {
      for (let i = 0; i < ms(12, 80); i++) {
        pick(random, writers).link.cut();
        await pause(between(random, 50, 350));
      }
    },
  },
  {
    fault: 'half of the connections are only half open',
    async act({ writers }) {
      const half = writers.filter((_, i) => i % 2 === 0);
      for (const { link } of half) link.become({ silent: true });
      await pause(ms(1_500, 5_000));
      for (const { link } of half) link.become({});
      // Awakened, as by a browser's `visibilitychange`; in the long run the ping's own timeout has to do.
      if (!LONG) for (const { client } of half) client.probe();
      else await pause(35_000);
    },
  },
  {
    fault: 'the network jitters',
    async act({ writers, random }) {
      for (const { link } of writers) link.become({ jitterMs: () => between(random, 0, 120) });
      await pause(ms(2_000, 20_000));
      for (const { link } of writers) link.become({});
    },
  },
  {
    fault: 'acknowledgements are lost',
    async act({ writers, random }) {
      for (const { link } of writers) link.become({ losesAck: () => random() < 0.3 });
      await until(() => writers.every(({ link }) => link.acksLost > ms(3, 60)), ms(8_000, 60_000));
      for (const { link } of writers) link.become({});
    },
  },
  {
    fault: 'readers stop reading',
    padding: 4_000,
    async act({ writers }) {
      const slow = writers.filter((_, i) => i % 2 === 1);
      for (const { link } of slow) link.become({ stalled: true });
      await pause(ms(2_500, 40_000));
      for (const { link } of slow) link.become({});
    },
  },
  {
    fault: 'clocks are an hour off, and jump',
    async act(scene) {
      const [fast, slow] = [new WrongClock(HOUR), new WrongClock(-HOUR)];
      const early = await scene.add('an hour early', 0, { clock: fast, write: false });
      const late = await scene.add('an hour late', 1, { clock: slow, write: false });
      for (let i = 0; i < ms(30, 300); i++) {
        early.post();
        late.post();
        if (i % 10 === 5) [fast.offset, slow.offset] = [slow.offset, fast.offset];
        if (i % 15 === 7) early.link.cut();
        await pause(between(scene.random, 20, 50));
      }
    },
  },
  {
    fault: 'two tabs share one outbox',
    async act(scene) {
      const store = () => new IndexedDbOutbox(`tabs-${scene.task}`);
      const one = await scene.add('tab 1', 0, { store: store(), write: false });
      const two = await scene.add('tab 2', 0, { store: store(), write: false });
      for (let i = 0; i < ms(40, 400); i++) {
        pick(scene.random, [one, two]).post();
        // A tab that comes back finds in the store what the other one is sending.
        if (i % 6 === 3) pick(scene.random, [one, two]).link.cut();
        await pause(between(scene.random, 10, 60));
      }
    },
  },
  {
    fault: 'a client writes 50 messages offline',
    async act(scene) {
      for (let round = 0; round < ms(1, 5); round++) {
        const name = round === 0 ? 'offline' : `offline ${round + 1}`;
        const offline = await scene.add(name, 0, { write: false });
        offline.client.close();
        for (let i = 0; i < 50; i++) offline.post();
        await pause(between(scene.random, 300, 1_500));
        offline.client.connect();
        await until(() => offline.isDone, 20_000);
      }
    },
  },
];

/** Timers run as they should; what time it is, is wrong. */
class WrongClock implements Clock {
  constructor(public offset: number) {}

  now(): number {
    return Date.now() + this.offset;
  }

  after(wait: number, wake: () => void): () => void {
    const timer = setTimeout(wake, wait);
    return () => clearTimeout(timer);
  }
}
