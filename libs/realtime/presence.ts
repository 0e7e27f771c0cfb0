import { createClient } from 'redis';

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

/** For one instance. */
export class InProcessPresence implements Presence {
  private readonly rooms = new Map<string, Map<string, number>>();

  /** @param now monotone milliseconds: a clock that is set must not end leases. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  touch(workspaceId: string, personId: string, connectionId: string): Promise<void> {
    const room = this.rooms.get(workspaceId) ?? new Map<string, number>();
    this.rooms.set(workspaceId, room);
    room.set(`${personId} ${connectionId}`, this.now() + LEASE_MS);
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

/** For many instances: one sorted set a room, its members leases, its scores their ends. */
export class RedisPresence implements Presence {
  private readonly client;

  constructor(url: string, failed: (error: unknown) => void) {
    this.client = createClient({
      url,
      disableOfflineQueue: true,
      socket: {
        connectTimeout: 2_000,
        reconnectStrategy: (tries) => Math.min(2_000, 100 * 2 ** Math.min(tries, 5)),
      },
    });
    this.client.on('error', failed);
    this.client.connect().catch(failed);
  }

  async touch(workspaceId: string, personId: string, connectionId: string): Promise<void> {
    await this.ask(() =>
      this.client.eval(TOUCH, {
        keys: [key(workspaceId)],
        arguments: [`${personId} ${connectionId}`, String(LEASE_MS)],
      }),
    );
  }

  async leave(workspaceId: string, personId: string, connectionId: string): Promise<void> {
    await this.ask(() => this.client.zRem(key(workspaceId), `${personId} ${connectionId}`));
  }

  async people(workspaceId: string): Promise<string[] | null> {
    const leases = await this.ask(() =>
      this.client.eval(PEOPLE, { keys: [key(workspaceId)], arguments: [String(MOST * 4)] }),
    );
    return Array.isArray(leases) ? distinct(leases.map(String)) : null;
  }

  close(): Promise<void> {
    if (this.client.isOpen) this.client.destroy();
    return Promise.resolve();
  }

  // Redis away means "not known", never an error for anybody.
  private async ask<T>(question: () => Promise<T>): Promise<T | null> {
    if (!this.client.isReady) return null;
    return question().catch(() => null);
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
