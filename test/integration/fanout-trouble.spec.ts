import { jest } from '@jest/globals';
import { parseRedisUrl, Redis } from '#libs/realtime';
import { anInstance, closed, flowing, troubled, twoInstances, type Instance } from '../support/fanouts.js';
import { RedisServer } from '../support/redis.js';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

let redis: RedisServer;
let here: Instance;
let there: Instance;

/** Two instances on a Redis of their own. */
async function begin(...args: string[]): Promise<void> {
  redis = await RedisServer.start(args);
  [here, there] = await twoInstances(redis.url);
}

afterEach(async () => {
  await closed(here, there);
  await redis.stop();
});

async function hears(channel: string): Promise<void> {
  const heard: string[] = [];
  await there.fanout.subscribe(channel, (message) => heard.push(message));
  here.fanout.publish(channel, 'hello');
  await until(() => heard.length > 0);
  expect(heard).toEqual(['hello']);
}

describe('Redis fan-out when Redis misbehaves', () => {
  it('goes on after Redis was killed and came back empty, and says once that hints may be missing', async () => {
    await begin();
    const heard: string[] = [];
    await there.fanout.subscribe('before', (message) => heard.push(message));
    await there.presence.touch('room', 'ani', 'c1');
    await redis.kill();
    await troubled('away', here, there);
    here.fanout.publish('before', 'lost');
    expect(here.fanout.lost).toBe(1);
    await there.fanout.subscribe('during', (message) => heard.push(message));
    expect(await here.presence.people('room')).toBeNull();
    const before = there.ready;
    await redis.restartEmpty();
    await flowing(here, there);
    here.fanout.publish('before', 'b');
    here.fanout.publish('during', 'd');
    await until(() => heard.length >= 2);
    expect(heard.toSorted()).toEqual(['b', 'd']);
    expect(there.ready).toBe(before + 1);
    expect([here.told, there.told]).toEqual([
      ['away', null],
      ['away', null],
    ]);
    expect(await here.presence.people('room')).toEqual([]);
  });

  it('counts what a Redis that hangs did not take, neither throws nor waits, and goes on with it', async () => {
    await begin();
    redis.pause();
    const started = performance.now();
    for (let i = 0; i < 10; i++) here.fanout.publish('a', `${i}`);
    expect(performance.now() - started).toBeLessThan(100);
    await troubled('hanging', here, there);
    await until(() => here.fanout.lost === 10);
    expect(await here.presence.people('room')).toBeNull();
    // Connecting to it hangs as well, which is no other trouble.
    expect(new Set(here.told)).toEqual(new Set(['hanging']));
    redis.resume();
    await flowing(here, there);
    await hears('a');
    expect(here.told).toEqual(['hanging', null]);
  });

  it('keeps no more than 32 MB for a Redis that hangs', async () => {
    await begin();
    redis.pause();
    const body = 'x'.repeat(64 * 1_024);
    for (let i = 0; i < 2_000; i++) here.fanout.publish('a', body);
    expect(here.fanout.lost).toBe(2_000 - 512);
    await until(() => here.fanout.lost === 2_000, 15_000);
    redis.resume();
    await flowing(here, there);
    await hears('b');
  });

  it('keeps nothing while Redis is away', async () => {
    await begin();
    await redis.kill();
    await troubled('away', here, there);
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 200_000; i++) here.fanout.publish('a', `${i}`.padEnd(1_000));
    expect(here.fanout.lost).toBe(200_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150 * 1_024 * 1_024);
  });

  it('starts without Redis and begins to work when it appears', async () => {
    await begin();
    await redis.kill();
    const late = anInstance(redis.url);
    const heard: string[] = [];
    await late.fanout.subscribe('a', (message) => heard.push(message));
    await troubled('away', late);
    await redis.restartEmpty();
    await flowing(here, late);
    here.fanout.publish('a', 'hello');
    await until(() => heard.length === 1);
    expect(late.told).toEqual(['away', null]);
    await closed(late);
  });

  it('closes while Redis hangs and while it connects, and leaves no connection', async () => {
    await begin();
    // Those of the questions themselves do not count.
    const mine = async () =>
      String(await redis.ask(['CLIENT', 'LIST']))
        .trim()
        .split('\n')
        .filter((line) => !line.includes('cmd=client|list')).length;
    expect(await mine()).toBe(4);
    const target = parseRedisUrl(redis.url);
    const brief = target && new Redis(target);
    await brief?.close();
    await closed(here, there);
    await until(async () => (await mine()) === 0);
    // Longer than a beat: nobody comes back.
    const end = performance.now() + 1_500;
    while (performance.now() < end) expect(await mine()).toBe(0);
    const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const hanging = anInstance(redis.url);
    redis.pause();
    await closed(hanging);
    redis.resume();
    await until(async () => (await mine()) === 0);
    await until(
      () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length <= sockets,
    );
  });
});

describe('Redis fan-out when Redis refuses', () => {
  it('says so for a wrong password, and begins when it is right', async () => {
    await begin('--requirepass', '');
    await redis.ask(['CONFIG', 'SET', 'requirepass', 'geheim']);
    const stranger = anInstance(redis.url.replace('//', '//:falsch@'));
    await troubled('refused', stranger);
    stranger.fanout.publish('a', 'x');
    expect(stranger.fanout.lost).toBe(1);
    expect(await stranger.presence.people('room')).toBeNull();
    await redis.ask(['CONFIG', 'SET', 'requirepass', 'falsch'], 'geheim');
    await flowing(stranger);
    expect(stranger.told).toEqual(['refused', null]);
    await closed(stranger);
  });

  it('keeps its connections when the password changes, and is refused at the next ones', async () => {
    await begin();
    await redis.ask(['CONFIG', 'SET', 'requirepass', 'neu']);
    await hears('a');
    await redis.ask(['CLIENT', 'KILL', 'TYPE', 'pubsub'], 'neu');
    await troubled('refused', here, there);
    await redis.ask(['CONFIG', 'SET', 'requirepass', ''], 'neu');
    await flowing(here, there);
    await hears('b');
    expect(here.told.at(-1)).toBeNull();
  });

  it('says so when its user may not publish or subscribe, and begins when it may', async () => {
    await begin();
    await redis.ask(['ACL', 'SETUSER', 'simpul', 'on', '>pw', '~*', '+@all', '-publish']);
    const url = redis.url.replace('//', '//simpul:pw@');
    const muted = anInstance(url);
    await troubled('refused', muted);
    await redis.ask(['ACL', 'SETUSER', 'simpul', '+publish', 'resetchannels', '&other:*']);
    const deaf = anInstance(url);
    await troubled('refused', deaf, muted);
    expect([muted.told, deaf.told]).toEqual([['refused'], ['refused']]);
    await redis.ask(['ACL', 'SETUSER', 'simpul', 'allchannels']);
    await flowing(muted, deaf);
    expect([muted.told, deaf.told]).toEqual([
      ['refused', null],
      ['refused', null],
    ]);
    await closed(muted, deaf);
  });

  it('works for a user who may just what the README names', async () => {
    await begin();
    const places = ['resetchannels', '&simpul:*', '~simpul:*'];
    const rights = '+@pubsub +@connection +eval +zrem +zadd +zrange +zremrangebyscore +pexpire +time';
    const user = ['ACL', 'SETUSER', 'simpul', 'on', '>pw', ...places, '-@all', ...rights.split(' ')];
    await redis.ask(user);
    const [one, other] = await twoInstances(redis.url.replace('//', '//simpul:pw@'));
    const heard: string[] = [];
    await other.fanout.subscribe('simpul:stream:1', (message) => heard.push(message));
    one.fanout.publish('simpul:stream:1', 'hello');
    await until(() => heard.length > 0);
    await one.presence.touch('room', 'ani', 'c1');
    expect(await other.presence.people('room')).toEqual(['ani']);
    await closed(one, other);
  });

  it('is degraded, and says so once, when only its streams are forbidden', async () => {
    await begin();
    await redis.ask([
      'ACL',
      'SETUSER',
      'simpul',
      'on',
      '>pw',
      '~*',
      '+@all',
      'resetchannels',
      '&simpul:pulse:*',
    ]);
    const narrow = anInstance(redis.url.replace('//', '//simpul:pw@'));
    await narrow.fanout.subscribe('simpul:stream:1', () => undefined);
    await troubled('refused', narrow);
    await redis.ask(['ACL', 'SETUSER', 'simpul', '&simpul:*']);
    await flowing(narrow);
    expect(narrow.told).toEqual(['refused', null]);
    await closed(narrow);
  });

  it('carries hints with a full memory, and does not know who is there', async () => {
    await begin('--maxmemory-policy', 'noeviction');
    await there.presence.touch('room', 'budi', 'c2');
    await redis.ask(['CONFIG', 'SET', 'maxmemory', '1']);
    await hears('a');
    await here.presence.touch('room', 'ani', 'c1');
    expect(await here.presence.people('room')).toBeNull();
    await redis.ask(['CONFIG', 'SET', 'maxmemory', '0']);
    await here.presence.touch('room', 'ani', 'c1');
    expect((await here.presence.people('room'))?.toSorted()).toEqual(['ani', 'budi']);
    expect(here.told).toEqual([]);
  });
});
