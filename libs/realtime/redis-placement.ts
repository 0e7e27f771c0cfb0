import { askRedis, troubleOf } from './redis-client.js';
import type { RedisNode, RedisTarget } from './redis-target.js';

/** Which server has which channels and keys. */
export interface RedisPlacement {
  nodes: RedisNode[];
  /** Undefined for a slot that nobody serves. */
  nodeOf(key: string): RedisNode | undefined;
}

const SLOTS = 16_384;
const ASK_MS = 1_500;

/**
 * Finds out who serves: the server itself, the master Sentinel names, or the cluster's masters.
 * @param known nodes that were there before, asked when those of the URL do not answer
 * @throws what the last one said when nobody answers
 */
export async function locate(target: RedisTarget, known: readonly RedisNode[]): Promise<RedisPlacement> {
  if (target.form === 'single') return everythingAt(target.nodes[0]);
  let last: unknown = new Error('nobody to ask');
  for (const node of shuffled([...target.nodes, ...(target.form === 'cluster' ? known : [])])) {
    try {
      return await (target.form === 'sentinel' ? askSentinel(target, node) : askCluster(target, node));
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

/** A key's slot in a cluster: CRC16 (XMODEM) of the key, or of what stands in its first braces. */
export function slotOf(key: string): number {
  const open = key.indexOf('{');
  const shut = open < 0 ? -1 : key.indexOf('}', open + 1);
  let crc = 0;
  for (const byte of Buffer.from(shut > open + 1 ? key.slice(open + 1, shut) : key)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0);
    crc &= 0xffff;
  }
  return crc % SLOTS;
}

function everythingAt(node: RedisNode | undefined): RedisPlacement {
  return { nodes: node ? [node] : [], nodeOf: () => node };
}

async function askSentinel({ login, tls, group }: RedisTarget, node: RedisNode): Promise<RedisPlacement> {
  const question = ['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', group];
  // Most sentinels have no password; those that have one share that of the servers.
  const answer = await askRedis(node, {}, tls, question, ASK_MS).catch((error: unknown) => {
    if (login.password === undefined || troubleOf(error) !== 'refused') throw error;
    return askRedis(node, login, tls, question, ASK_MS);
  });
  if (!Array.isArray(answer)) throw new Error('the sentinel does not know the group');
  return everythingAt({ host: String(answer[0]), port: Number(answer[1]) });
}

async function askCluster({ login, tls }: RedisTarget, node: RedisNode): Promise<RedisPlacement> {
  const answer = await askRedis(node, login, tls, ['CLUSTER', 'SLOTS'], ASK_MS);
  const nodes = new Map<string, RedisNode>();
  const owners: (RedisNode | undefined)[] = Array.from({ length: SLOTS });
  for (const [from, to, [host, port]] of answer as [number, number, [string | null, number]][]) {
    // Without a host it means: the one you asked.
    const fresh = { host: host || node.host, port };
    const master = nodes.get(addressOf(fresh)) ?? fresh;
    nodes.set(addressOf(master), master);
    owners.fill(master, from, to + 1);
  }
  if (nodes.size === 0) throw new Error('the cluster serves nothing yet');
  return { nodes: [...nodes.values()], nodeOf: (key) => owners[slotOf(key)] };
}

export function addressOf({ host, port }: RedisNode): string {
  return `${host} ${port}`;
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((value) => ({ value, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
