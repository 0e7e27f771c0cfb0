/** Where a server listens. */
export interface RedisNode {
  host: string;
  port: number;
}

export interface RedisLogin {
  username?: string;
  password?: string;
}

/** What `REDIS_URL` says: which form of Redis, and whom to ask first. */
export interface RedisTarget {
  form: 'single' | 'sentinel' | 'cluster';
  /** The server itself, or sentinels, or some nodes of the cluster: one that answers is enough. */
  nodes: RedisNode[];
  login: RedisLogin;
  tls: boolean;
  /** Sentinel's name for the group of servers. */
  group: string;
  database: number;
}

const URL_SHAPE = /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^/]*)@)?([^/@?#]+)(?:\/([^?#]*))?$/;
const PORTS = { single: 6_379, sentinel: 26_379, cluster: 6_379 } as const;

/**
 * Reads `redis://user:password@host:port/db`, `redis+sentinel://user:password@h1:p1,h2:p2/group/db` and
 * `redis+cluster://user:password@h1:p1,h2:p2`; `rediss` is the same over TLS. What URLs keep for themselves is
 * percent-encoded in name and password.
 * @returns undefined when it is none of these
 */
export function parseRedisUrl(url: string): RedisTarget | undefined {
  const [, scheme, kind, user, hosts = '', path = ''] = URL_SHAPE.exec(url) ?? [];
  if (scheme === undefined) return undefined;
  const form = kind === 'sentinel' || kind === 'cluster' ? kind : 'single';
  const nodes = hosts.split(',').map((host) => readNode(host, PORTS[form]));
  const login = readLogin(user);
  const parts = path.split('/').filter((part) => part !== '');
  const group = form === 'sentinel' ? parts.shift() : '';
  const database = readDatabase(parts);
  if (login === undefined || group === undefined || database === undefined) return undefined;
  if (!nodes.every((node) => node !== undefined)) return undefined;
  if (form === 'single' && nodes.length > 1) return undefined;
  if (form === 'cluster' && database !== 0) return undefined;
  return { form, nodes, login, tls: scheme === 'rediss', group, database };
}

function readNode(text: string, otherwise: number): RedisNode | undefined {
  if (!URL.canParse(`redis://${text}`)) return undefined;
  const { hostname, port } = new URL(`redis://${text}`);
  if (hostname === '' || port === '0') return undefined;
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? otherwise : Number(port) };
}

function readLogin(text: string | undefined): RedisLogin | undefined {
  if (text === undefined) return {};
  const colon = text.indexOf(':');
  const [username, password] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  try {
    return {
      ...(username !== '' && { username: decodeURIComponent(username) }),
      ...(password !== '' && { password: decodeURIComponent(password) }),
    };
  } catch {
    return undefined;
  }
}

function readDatabase([text = '0', ...more]: string[]): number | undefined {
  return more.length === 0 && /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}
