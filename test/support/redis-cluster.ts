import { freePort } from './free-port.js';
import { RedisServer } from './redis.js';
import { until } from './until.js';

const BORDERS = [0, 5_461, 10_923, 16_384];

/** Three masters with all slots between them, and a replica of the first. */
export class RedisCluster {
  private constructor(
    readonly masters: RedisServer[],
    readonly replica: RedisServer,
    private readonly stopAll: () => Promise<void>,
  ) {}

  static async start(): Promise<RedisCluster> {
    const servers: RedisServer[] = [];
    const stopAll = async () => {
      await Promise.all(servers.map((server) => server.stop()));
    };
    try {
      const bus: number[] = [];
      for (let i = 0; i < 4; i++) {
        bus[i] = await freePort();
        servers.push(await RedisServer.start(options(bus[i] ?? 0)));
      }
      const [first, second, third, replica] = servers;
      if (!first || !second || !third || !replica) throw new Error('a server is missing');
      for (const [i, server] of servers.entries()) {
        if (server !== replica) {
          await server.ask(['CLUSTER', 'ADDSLOTSRANGE', `${BORDERS[i]}`, `${(BORDERS[i + 1] ?? 0) - 1}`]);
          await server.ask(['CLUSTER', 'SET-CONFIG-EPOCH', `${i + 1}`]);
        }
        if (i > 0) await first.ask(['CLUSTER', 'MEET', '127.0.0.1', `${server.port}`, `${bus[i]}`]);
      }
      const cluster = new RedisCluster([first, second, third], replica, stopAll);
      await until(() => cluster.knows(servers, 'cluster_known_nodes:4'), 15_000);
      await replica.ask(['CLUSTER', 'REPLICATE', await idOf(first)]);
      await until(() => cluster.knows(servers, 'cluster_state:ok'), 15_000);
      await until(async () => {
        const [, , , ...nodes] = ((await first.ask(['CLUSTER', 'SLOTS'])) as unknown[][])[0] ?? [];
        return nodes.length === 1 && String(await replica.ask(['INFO'])).includes('master_link_status:up');
      }, 15_000);
      return cluster;
    } catch (error) {
      await stopAll();
      throw error;
    }
  }

  get url(): string {
    return `redis+cluster://${this.masters.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
  }

  /** Which of the masters has the slot of a key. */
  async masterOf(key: string): Promise<{ slot: number; master: RedisServer }> {
    const slot = Number(await this.masters[1]?.ask(['CLUSTER', 'KEYSLOT', key]));
    const master = this.masters[BORDERS.findLastIndex((border) => border <= slot)];
    if (!master) throw new Error(`no master for slot ${slot}`);
    return { slot, master };
  }

  /** Gives an empty slot to another master, as an administrator who makes the cluster bigger does. */
  async moveSlot(slot: number, to: RedisServer): Promise<void> {
    const id = await idOf(to);
    for (const server of [to, ...this.masters.filter((master) => master !== to)]) {
      await server.ask(['CLUSTER', 'SETSLOT', `${slot}`, 'NODE', id]);
    }
  }

  stop(): Promise<void> {
    return this.stopAll();
  }

  private async knows(servers: readonly RedisServer[], line: string): Promise<boolean> {
    for (const server of servers) {
      if (!String(await server.ask(['CLUSTER', 'INFO'])).includes(line)) return false;
    }
    return true;
  }
}

function options(bus: number): string[] {
  const cluster = ['--cluster-enabled', 'yes', '--cluster-port', `${bus}`, '--cluster-node-timeout', '2000'];
  // A replica counts once it has heard of something.
  return [...cluster, '--repl-diskless-sync-delay', '0', '--repl-ping-replica-period', '1'];
}

async function idOf(server: RedisServer): Promise<string> {
  return String(await server.ask(['CLUSTER', 'MYID']));
}
