import { createClient, ErrorReply } from 'redis';
import type { FanoutTrouble } from './fanout.js';
import type { RedisLogin, RedisNode, RedisTarget } from './redis-target.js';

export type RedisClient = ReturnType<typeof createRedisClient>;

/** Answers that pass by themselves: a server that starts, a cluster that elects. */
const PASSING = /^(LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MOVED|ASK|READONLY|UNBLOCKED)\b/;
const QUEUE = 10_000;

/** A client for one connection: it fails at once when it is not connected, and does not connect again. */
export function createRedisClient(
  { host, port }: RedisNode,
  { username, password }: RedisLogin,
  { tls, database }: Pick<RedisTarget, 'tls' | 'database'>,
) {
  return createClient({
    username,
    password,
    database,
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    // A timer for each message is dear, and whoever owns the client finds silence by its own pulse.
    commandOptions: { timeout: undefined },
    commandsQueueMaxLength: QUEUE,
    socket: { host, port, connectTimeout: 2_000, reconnectStrategy: false, ...(tls && { tls }) },
  });
}

/** Also when it is just connecting: the client itself forgets the socket that is on its way. */
export function destroyRedisClient(client: RedisClient): void {
  client.once('connect', () => client.destroy());
  client.destroy();
}

/** Asks one question over a connection of its own, and gives up after `ms`. */
export async function askRedis(
  node: RedisNode,
  login: RedisLogin,
  tls: boolean,
  question: string[],
  ms: number,
): Promise<unknown> {
  const client = createRedisClient(node, login, { tls, database: 0 });
  // The promises below say the same.
  client.on('error', () => undefined);
  try {
    return await within(
      ms,
      client.connect().then(() => client.sendCommand(question)),
    );
  } finally {
    destroyRedisClient(client);
  }
}

export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** @throws TooLate when `work` takes longer; what becomes of it then is nobody's concern */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate()), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export function troubleOf(error: unknown): FanoutTrouble {
  if (error instanceof TooLate) return 'hanging';
  if (error instanceof ErrorReply) return PASSING.test(error.message) ? 'away' : 'refused';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /CERT|TLS|SSL|SELF_SIGNED/.test(code) ? 'refused' : 'away';
}

/** Whether the answer says that somebody else is to be asked. */
export function isElsewhere(error: unknown): boolean {
  return error instanceof ErrorReply && /^(MOVED|READONLY)\b/.test(error.message);
}
