import { isElsewhere, within, type RedisClient } from './redis-client.js';
import type { Redis } from './redis.js';

/** Who is in a room now. Leased: a lease that nobody renews ends by itself. Never stored, never a history. */
export interface Presence {
  /** Takes or renews a lease. */
  touch(workspaceId: string, personId: string, connectionId: string): Promise<void>;
  /** Gives a lease back at once. */
  leave(workspaceId: string, personId: string, connectionId: string): Promise<void>;
  /** Person ids, at most 200; null when it can't be known at the moment. */
  people(workspaceId: string): Promise<string[] | null>;
  close(): Promise<void>;
}

export const LEASE_MS = 30_000;
export const RENEW_MS = 10_000;
const MOST = 200;
const ANSWER_MS = 2_000;

/** For one instance. */
export class InProcessPresence implements Presence {
  private readonly rooms = new Map<string, Map<string, number>>();

  /** @param now monotone milliseconds: a clock that is set must not end leases. */
  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly leaseMs = LEASE_MS,
  ) {}

  touch(workspaceId: string, personId: string, connectionId: string): Promise<void> {
    const room = this.rooms.get(workspaceId) ?? new Map<string, number>();
    this.rooms.set(workspaceId, room);
    room.set(`${personId} ${connectionId}`, this.now() + this.leaseMs);
    return Promise.resolve();
  }

  leave(workspaceId: string, personId: string, connectionId: string): Promise<void> {
    const room = this.rooms.get(workspaceId);
    room?.delete(`${personId} ${connectionId}`);
    if (room?.size === 0) this.rooms.delete(workspaceId);
    return Promise.resolve();
  }

  people(workspaceId: string): Promise<string[]> {
    const room = this.rooms.get(workspaceId);
    if (!room) return Promise.resolve([]);
    for (const [lease, until] of room) if (until <= this.now()) room.delete(lease);
    if (room.size === 0) this.rooms.delete(workspaceId);
    return Promise.resolve(distinct(room.keys()));
  }

  close(): Promise<void> {
    this.rooms.clear();
    return Promise.resolve();
  }
}

// Redis's own clock decides: the instances' clocks may differ.
const TOUCH = `
local t = redis.call('TIME'); local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`;
const PEOPLE = `
local t = redis.call('TIME'); local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
return redis.call('ZRANGE', KEYS[1], 0, tonumber(ARGV[1]))`;

/**
 * For many instances: one sorted set a room, its members leases, its scores their ends. A room is one key, so in a
 * cluster it lies at one server, and rooms are spread over all.
 */
export class RedisPresence implements Presence {
  /** Rooms whose last lease was not taken: who is there can't be known from Redis. */
  private readonly untaken = new Set<string>();

  constructor(
    private readonly redis: Redis,
    private readonly leaseMs = LEASE_MS,
  ) {}

  async touch(workspaceId: string, personId: string, connectionId: string): Promise<void> {
    const taken = await this.ask(workspaceId, (client, keys) =>
      client.eval(TOUCH, { keys, arguments: [`${personId} ${connectionId}`, String(this.leaseMs)] }),
    );
    if (taken === null) this.untaken.add(workspaceId);
    else this.untaken.delete(workspaceId);
  }

  async leave(workspaceId: string, personId: string, connectionId: string): Promise<void> {
    this.untaken.delete(workspaceId);
    await this.ask(workspaceId, (client, [room = '']) => client.zRem(room, `${personId} ${connectionId}`));
  }

  async people(workspaceId: string): Promise<string[] | null> {
    const leases = await this.ask(workspaceId, (client, keys) =>
      client.eval(PEOPLE, { keys, arguments: [String(MOST * 4)] }),
    );
    return Array.isArray(leases) && !this.untaken.has(workspaceId) ? distinct(leases.map(String)) : null;
  }

  close(): Promise<void> {
    this.untaken.clear();
    return Promise.resolve();
  }

  // Redis away, hanging or full means "not known", never an error for anybody, and never a wait.
  private async ask<T>(
    workspaceId: string,
    question: (client: RedisClient, keys: string[]) => Promise<T>,
  ): Promise<T | null> {
    const room = key(workspaceId);
    const link = this.redis.linkOf(room);
    if (!link || link.trouble === 'hanging') return null;
    try {
      return await within(ANSWER_MS, question(link.publisher, [room]));
    } catch (error) {
      if (isElsewhere(error)) this.redis.doubt();
      return null;
    }
  }
}

function key(workspaceId: string): string {
  return `simpul:presence:${workspaceId}`;
}

function distinct(leases: Iterable<string>): string[] {
  const people = new Set<string>();
  for (const lease of leases) {
    people.add(lease.slice(0, lease.indexOf(' ')));
    if (people.size >= MOST) break;
  }
  return [...people];
}
