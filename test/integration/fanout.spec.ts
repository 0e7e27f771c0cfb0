import { jest } from '@jest/globals';
import { InProcessBus, InProcessFanout, InProcessPresence, type Fanout, type Presence } from '#libs/realtime';
import { closed, twoInstances } from '../support/fanouts.js';
import { RedisCluster } from '../support/redis-cluster.js';
import { RedisSentinels } from '../support/redis-sentinels.js';
import { RedisServer } from '../support/redis.js';
import { until } from '../support/until.js';

// A cluster has to elect itself first.
jest.setTimeout(60_000);

interface Pair {
  fanouts: [Fanout, Fanout];
  presences: [Presence, Presence];
  close(): Promise<void>;
}

/** What every fan-out and presence promises, whatever carries it. */
function conformance(
  name: string,
  begin: () => Promise<{ pair(leaseMs?: number): Promise<Pair>; stop(): Promise<void> }>,
): void {
  describe(`${name} fan-out`, () => {
    let form: Awaited<ReturnType<typeof begin>>;
    let pair: Pair;
    let here: Fanout;
    let there: Fanout;

    beforeAll(async () => {
      form = await begin();
    });
    afterAll(() => form.stop());
    beforeEach(async () => {
      pair = await form.pair();
      [here, there] = pair.fanouts;
    });
    afterEach(() => pair.close());

    it('delivers to another instance once its subscription stands', async () => {
      const heard: string[] = [];
      await there.subscribe('a', (message) => heard.push(message));
      here.publish('a', 'one');
      here.publish('a', 'two');
      await until(() => heard.length >= 2);
      expect(heard).toEqual(['one', 'two']);
    });

    it('does not deliver to the instance that published', async () => {
      const heard: string[] = [];
      const over: string[] = [];
      await here.subscribe('a', (message) => heard.push(message));
      await there.subscribe('a', (message) => over.push(message));
      here.publish('a', 'mine');
      there.publish('a', 'yours');
      // The way of one's own message is no longer than that of another's answer.
      await until(() => over.length > 0 && heard.length > 0);
      expect([heard, over]).toEqual([['yours'], ['mine']]);
    });

    it('keeps thousands of channels apart, each in its order', async () => {
      const heard = new Map<string, string[]>();
      const channels = Array.from({ length: 3_000 }, (_, i) => `simpul:stream:${i}`);
      await Promise.all(
        channels.map((channel) =>
          there.subscribe(channel, (message) => {
            heard.set(channel, [...(heard.get(channel) ?? []), message]);
          }),
        ),
      );
      for (const round of ['1', '2', '3'])
        for (const channel of channels) here.publish(channel, channel + round);
      const isAll = () => channels.every((channel) => heard.get(channel)?.length === 3);
      await until(isAll, 20_000);
      expect(
        [...heard].filter(([channel, said]) => said.join() !== `${channel}1,${channel}2,${channel}3`),
      ).toEqual([]);
      expect(here.lost).toBe(0);
    });

    it('delivers nothing after unsubscribing, and again after subscribing anew', async () => {
      const heard: string[] = [];
      const witness: string[] = [];
      await there.subscribe('a', (message) => heard.push(message));
      await there.subscribe('{a}', (message) => witness.push(message));
      there.unsubscribe('a');
      here.publish('a', 'unheard');
      here.publish('{a}', 'seen');
      await until(() => witness.length === 1);
      await there.subscribe('a', (message) => heard.push(message));
      here.publish('a', 'heard');
      await until(() => heard.length > 0);
      expect(heard).toEqual(['heard']);
    });

    it('minds the last wish when subscribing and unsubscribing follow at once', async () => {
      const heard: string[] = [];
      const first = there.subscribe('a', (message) => heard.push(`old ${message}`));
      there.unsubscribe('a');
      await Promise.all([first, there.subscribe('a', (message) => heard.push(message))]);
      there.unsubscribe('a');
      await there.subscribe('a', (message) => heard.push(`new ${message}`));
      here.publish('a', 'one');
      await until(() => heard.length > 0);
      expect(heard).toEqual(['new one']);
    });

    it('carries text of any language and length', async () => {
      const text = JSON.stringify({ body: 'Drainase 🌊 ﷽\n\u2028'.repeat(2_000) });
      const heard: string[] = [];
      await there.subscribe('a', (message) => heard.push(message));
      here.publish('a', text);
      await until(() => heard.length === 1);
      expect(heard).toEqual([text]);
    });

    it('carries 256 messages of 64 KB in one breath', async () => {
      const heard: string[] = [];
      await there.subscribe('a', (message) => heard.push(message));
      const body = 'x'.repeat(64 * 1_024 - 4);
      for (let i = 0; i < 256; i++) here.publish('a', `${String(i).padStart(4, '0')}${body}`);
      await until(() => heard.length === 256, 15_000);
      expect(heard.map((message) => Number(message.slice(0, 4)))).toEqual(
        Array.from({ length: 256 }, (_, i) => i),
      );
      expect([here.lost, heard.every((message) => message.length === 64 * 1_024)]).toEqual([0, true]);
    });

    it('knows on every instance who is in a room, until they leave', async () => {
      const [one, other] = pair.presences;
      const rooms = Array.from({ length: 20 }, (_, i) => `room-${name}-${i}`);
      for (const room of rooms) {
        await one.touch(room, 'ani', 'c1');
        await other.touch(room, 'budi', 'c2');
        expect((await other.people(room))?.toSorted()).toEqual(['ani', 'budi']);
        await one.leave(room, 'ani', 'c1');
        expect(await other.people(room)).toEqual(['budi']);
        await other.leave(room, 'budi', 'c2');
        expect(await one.people(room)).toEqual([]);
      }
    });

    it('lets leases end by themselves', async () => {
      const brief = await form.pair(200);
      const [one, other] = brief.presences;
      await one.touch('brief', 'ani', 'c1');
      expect(await other.people('brief')).toEqual(['ani']);
      await until(async () => (await other.people('brief'))?.length === 0);
      await brief.close();
    });
  });
}

conformance('in-process', () => {
  const pair = (leaseMs?: number) => {
    const bus = new InProcessBus();
    const presence = new InProcessPresence(undefined, leaseMs);
    return Promise.resolve<Pair>({
      fanouts: [new InProcessFanout(bus), new InProcessFanout(bus)],
      presences: [presence, presence],
      close: () => Promise.resolve(),
    });
  };
  return Promise.resolve({ pair, stop: () => Promise.resolve() });
});

function redisForm<T extends { url: string; stop(): Promise<void> }>(name: string, start: () => Promise<T>) {
  conformance(name, async () => {
    const server = await start();
    const pair = async (leaseMs?: number): Promise<Pair> => {
      const [here, there] = await twoInstances(server.url, leaseMs);
      return {
        fanouts: [here.fanout, there.fanout],
        presences: [here.presence, there.presence],
        close: () => closed(here, there),
      };
    };
    return { pair, stop: () => server.stop() };
  });
}

redisForm('Redis', () => RedisServer.start());
redisForm('Redis Sentinel', () => RedisSentinels.start());
redisForm('Redis Cluster', () => RedisCluster.start());
