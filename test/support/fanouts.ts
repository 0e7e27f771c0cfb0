import {
  parseRedisUrl,
  Redis,
  RedisFanout,
  RedisPresence,
  type Fanout,
  type FanoutTrouble,
  type Presence,
} from '#libs/realtime';
import { until } from './until.js';

/** What one instance has of Redis, and all it was told about it. */
export interface Instance {
  fanout: Fanout;
  presence: Presence;
  told: (FanoutTrouble | null)[];
  /** How often hints began to flow. */
  ready: number;
  /** How much of `told` was waited for. */
  heeded: number;
  close(): Promise<void>;
}

/** Without waiting for Redis. */
export function anInstance(url: string, leaseMs?: number): Instance {
  const target = parseRedisUrl(url);
  if (!target) throw new Error(`no Redis URL: ${url}`);
  const redis = new Redis(target);
  const told: (FanoutTrouble | null)[] = [];
  const fanout = new RedisFanout(redis, (trouble) => told.push(trouble));
  const presence = new RedisPresence(redis, leaseMs);
  const close = async () => {
    await Promise.all([fanout.close(), presence.close()]);
    await redis.close();
  };
  const instance: Instance = { fanout, presence, told, ready: 0, heeded: 0, close };
  fanout.onReady(() => instance.ready++);
  return instance;
}

/** Two, when hints flow. */
export async function twoInstances(url: string, leaseMs?: number): Promise<[Instance, Instance]> {
  const pair: [Instance, Instance] = [anInstance(url, leaseMs), anInstance(url, leaseMs)];
  await flowing(...pair);
  return pair;
}

export async function flowing(...instances: Instance[]): Promise<void> {
  await until(() => instances.every(({ fanout }) => fanout.state === 'ready'), 20_000);
}

/** Each is in this trouble, or was since the last time it was waited for: it may be over already. */
export async function troubled(trouble: FanoutTrouble, ...instances: Instance[]): Promise<void> {
  await Promise.all(
    instances.map(async (instance) => {
      const { fanout, told } = instance;
      await until(() => fanout.trouble === trouble || told.includes(trouble, instance.heeded), 15_000);
      instance.heeded = told.length;
    }),
  );
}

/** Each lost its way to Redis, for whatever reason, and found one again. */
export async function shaken(...instances: Instance[]): Promise<void> {
  await until(() => instances.every(({ told, ready }) => told.length > 0 || ready > 1), 20_000);
  await flowing(...instances);
}

export async function closed(...instances: Instance[]): Promise<void> {
  await Promise.all(instances.map((instance) => instance.close()));
}
