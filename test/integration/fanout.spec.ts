import { InProcessBus, InProcessFanout, RedisFanout, type Fanout } from '#libs/realtime';
import { RedisServer } from '../support/redis.js';

/** What every fan-out promises, whatever carries it. */
function conformance(
  name: string,
  open: () => Promise<{ pair: [Fanout, Fanout]; close: () => Promise<void> }>,
): void {
  describe(`${name} fan-out`, () => {
    let here: Fanout;
    let there: Fanout;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({
        pair: [here, there],
        close,
      } = await open());
    });
    afterEach(async () => {
      await Promise.all([here.close(), there.close()]);
      await close();
    });

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
      await until(() => over.length === 1);
      await pause(50);
      expect(heard).toEqual([]);
    });

    it('keeps channels apart', async () => {
      const a: string[] = [];
      const b: string[] = [];
      await there.subscribe('a', (message) => a.push(message));
      await there.subscribe('b', (message) => b.push(message));
      here.publish('b', 'for b');
      here.publish('a', 'for a');
      await until(() => a.length === 1 && b.length === 1);
      expect([a, b]).toEqual([['for a'], ['for b']]);
    });

    it('delivers nothing after unsubscribing, and again after subscribing anew', async () => {
      const heard: string[] = [];
      await there.subscribe('a', (message) => heard.push(message));
      there.unsubscribe('a');
      await pause(50);
      here.publish('a', 'unheard');
      await pause(100);
      await there.subscribe('a', (message) => heard.push(message));
      here.publish('a', 'heard');
      await until(() => heard.length > 0);
      expect(heard).toEqual(['heard']);
    });

    it('carries text of any language and length', async () => {
      const text = JSON.stringify({ body: 'Drainase 🌊 ﷽\n\u2028'.repeat(2_000) });
      const heard: string[] = [];
      await there.subscribe('a', (message) => heard.push(message));
      here.publish('a', text);
      await until(() => heard.length === 1);
      expect(heard).toEqual([text]);
    });
  });
}

conformance('in-process', () => {
  const bus = new InProcessBus();
  return Promise.resolve({
    pair: [new InProcessFanout(bus), new InProcessFanout(bus)],
    close: () => Promise.resolve(),
  });
});

conformance('Redis', async () => {
  const redis = await RedisServer.start();
  const pair: [Fanout, Fanout] = [aRedisFanout(redis.url), aRedisFanout(redis.url)];
  await until(() => pair.every((fanout) => fanout.state === 'ready'));
  return { pair, close: () => redis.stop() };
});

describe('Redis fan-out when Redis misbehaves', () => {
  let redis: RedisServer;
  let here: Fanout;
  let there: Fanout;

  beforeEach(async () => {
    redis = await RedisServer.start();
    here = aRedisFanout(redis.url);
    there = aRedisFanout(redis.url);
    await until(() => here.state === 'ready' && there.state === 'ready');
  });
  afterEach(async () => {
    await Promise.all([here.close(), there.close()]);
    await redis.stop();
  });

  it('goes on after Redis was killed and came back empty, and says that hints may be missing', async () => {
    const heard: string[] = [];
    let ready = 0;
    there.onReady(() => ready++);
    await there.subscribe('before', (message) => heard.push(message));
    await redis.kill();
    await until(() => here.state === 'degraded' && there.state === 'degraded');
    here.publish('before', 'lost');
    expect(here.lost).toBe(1);
    await there.subscribe('during', (message) => heard.push(message));
    await redis.restartEmpty();
    await until(() => here.state === 'ready' && there.state === 'ready' && ready > 0);
    here.publish('before', 'b');
    here.publish('during', 'd');
    await until(() => heard.length >= 2);
    expect(heard.toSorted()).toEqual(['b', 'd']);
  }, 20_000);

  it('counts what a Redis that hangs did not take, and neither throws nor waits', async () => {
    redis.pause();
    const started = performance.now();
    for (let i = 0; i < 10; i++) here.publish('a', `${i}`);
    expect(performance.now() - started).toBeLessThan(100);
    await until(() => here.lost === 10, 15_000);
    redis.resume();
    await until(() => here.state === 'ready', 10_000);
  }, 30_000);

  it('starts without Redis and begins to work when it appears', async () => {
    await redis.kill();
    const late = aRedisFanout(redis.url);
    const heard: string[] = [];
    await late.subscribe('a', (message) => heard.push(message));
    expect(late.state).toBe('degraded');
    await redis.restartEmpty();
    await until(() => late.state === 'ready' && here.state === 'ready', 10_000);
    await pause(100);
    here.publish('a', 'hello');
    await until(() => heard.length === 1);
    await late.close();
    expect(heard).toEqual(['hello']);
  }, 20_000);
});

function aRedisFanout(url: string): Fanout {
  return new RedisFanout(url, () => undefined);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until(true_: () => boolean, ms = 5_000): Promise<void> {
  const end = performance.now() + ms;
  while (!true_()) {
    if (performance.now() > end) throw new Error(`did not become true within ${ms} ms: ${true_.toString()}`);
    await pause(10);
  }
}
