import { jest } from '@jest/globals';
import {
  anInstance,
  closed,
  flowing,
  shaken,
  troubled,
  twoInstances,
  type Instance,
} from '../support/fanouts.js';
import { RedisCluster } from '../support/redis-cluster.js';
import { RedisSentinels } from '../support/redis-sentinels.js';
import type { RedisServer } from '../support/redis.js';
import { until } from '../support/until.js';

// Whoever elects a new master waits for the old one first.
jest.setTimeout(60_000);

const open: Instance[] = [];
afterEach(() => closed(...open.splice(0)));

async function two(url: string): Promise<[Instance, Instance]> {
  const pair = await twoInstances(url);
  open.push(...pair);
  return pair;
}

async function isReplica(server: RedisServer): Promise<boolean> {
  // Becoming one, it ends all connections.
  const role = await server.ask(['ROLE'], 'geheim').catch(() => '');
  return String(role).startsWith('slave');
}

const streams = Array.from({ length: 60 }, (_, i) => `simpul:stream:${i}`);

/** Every stream is heard by the other instance. */
async function allHear(here: Instance, there: Instance): Promise<void> {
  const heard = new Set<string>();
  await Promise.all(streams.map((one) => there.fanout.subscribe(one, () => heard.add(one))));
  for (const one of streams) here.fanout.publish(one, 'hello');
  await until(() => heard.size === streams.length);
  expect(heard.size).toBe(streams.length);
}

/** A lease is renewed as long as somebody is there: what is lost while masters change comes back with the next one. */
async function isSeen(here: Instance, there: Instance): Promise<void> {
  await until(async () => {
    await there.presence.touch('room', 'ani', 'c1');
    return (await here.presence.people('room'))?.join() === 'ani';
  }, 10_000);
}

describe('Redis Sentinel', () => {
  let sentinels: RedisSentinels;

  beforeEach(async () => {
    sentinels = await RedisSentinels.start('geheim');
  });
  afterEach(() => sentinels.stop());

  it('moves to the new master when the old one is killed, and stays there when it is back', async () => {
    const [here, there] = await two(`redis+sentinel://:geheim@${sentinels.hosts}/mymaster`);
    await allHear(here, there);
    await there.presence.touch('room', 'ani', 'c1');
    const old = await sentinels.master();
    await old.kill();
    await troubled('away', here, there);
    await flowing(here, there);
    expect((await sentinels.master()).port).not.toBe(old.port);
    await allHear(here, there);
    await isSeen(here, there);
    await old.restartEmpty();
    await until(() => isReplica(old), 15_000);
    await allHear(here, there);
    expect(here.told).toEqual(['away', null]);
  });

  it('leaves a master that hangs, and does not go back to it when it goes on as a replica', async () => {
    const [here, there] = await two(`redis+sentinel://:geheim@${sentinels.hosts}/mymaster`);
    const hung = await sentinels.master();
    hung.pause();
    // The sentinels may notice it before the instances do.
    await until(async () => (await sentinels.master()).port !== hung.port, 20_000);
    await shaken(here, there);
    await allHear(here, there);
    hung.resume();
    await until(() => isReplica(hung), 15_000);
    await allHear(here, there);
  });
});

describe('Redis Cluster', () => {
  let cluster: RedisCluster;

  // One for all: it takes long to elect itself. The last test leaves it with a server less.
  beforeAll(async () => {
    cluster = await RedisCluster.start();
  });
  afterAll(() => cluster.stop());

  it('spreads streams over all masters, and subscribes them sharded only', async () => {
    const [here, there] = await two(cluster.url);
    await allHear(here, there);
    for (const master of cluster.masters) {
      const sharded = (await master.ask(['PUBSUB', 'SHARDCHANNELS', 'simpul:stream:*'])) as string[];
      expect(sharded.length).toBeGreaterThan(5);
      expect(await master.ask(['PUBSUB', 'CHANNELS', '*'])).toEqual([]);
    }
  });

  it('follows a slot that moves, and says that hints may be missing', async () => {
    const [here, there] = await two(cluster.url);
    await allHear(here, there);
    const before = there.ready;
    const { slot, master } = await cluster.masterOf('simpul:stream:7');
    const other = cluster.masters.find((one) => one !== master);
    if (!other) throw new Error('no other master');
    await cluster.moveSlot(slot, other);
    const heard: string[] = [];
    await there.fanout.subscribe('simpul:stream:7', (message) => heard.push(message));
    await until(() => there.ready > before, 15_000);
    await until(() => {
      here.fanout.publish('simpul:stream:7', 'hello');
      return heard.length > 0;
    }, 15_000);
    expect(await other.ask(['PUBSUB', 'SHARDCHANNELS', 'simpul:stream:7'])).toEqual(['simpul:stream:7']);
    expect(there.fanout.trouble).toBeNull();
  });

  it('is degraded while one of its masters hangs, and loses only what belongs there', async () => {
    const [here, there] = await two(cluster.url);
    await allHear(here, there);
    const [, second] = cluster.masters;
    second?.pause();
    for (const stream of streams) here.fanout.publish(stream, 'late');
    await troubled('hanging', here, there);
    await until(() => here.fanout.lost > 0);
    expect(here.fanout.lost).toBeLessThan(streams.length);
    second?.resume();
    await flowing(here, there);
    await allHear(here, there);
  });

  it('goes on with the other masters when one is killed, and with its replica when that took over', async () => {
    const [here, there] = await two(cluster.url);
    await allHear(here, there);
    const [dead] = cluster.masters;
    if (!dead) throw new Error('no master');
    await dead.kill();
    await troubled('away', here, there);
    await flowing(here, there);
    await allHear(here, there);
    await isSeen(here, there);
    // Who starts now finds the cluster though a node of the URL is dead.
    const late = anInstance(cluster.url);
    open.push(late);
    await flowing(late);
    await allHear(here, late);
    expect(here.told.at(-1)).toBeNull();
  });
});
