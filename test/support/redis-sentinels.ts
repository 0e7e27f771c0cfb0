import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { programPath } from './programs.js';
import { answers, askAt, RedisServer } from './redis.js';
import { ServerProcess } from './server-process.js';
import { until } from './until.js';

/** A master, a replica and three sentinels that notice within a second when the master is gone. */
export class RedisSentinels {
  private constructor(
    readonly servers: RedisServer[],
    readonly ports: number[],
    private readonly stopAll: () => Promise<void>,
  ) {}

  /** @param password of the servers; the sentinels have none */
  static async start(password = ''): Promise<RedisSentinels> {
    const undo: (() => Promise<void>)[] = [];
    const stopAll = async () => {
      for (const stop of undo.toReversed()) await stop();
    };
    try {
      const own = ['--repl-diskless-sync-delay', '0', '--requirepass', password, '--masterauth', password];
      const master = await RedisServer.start(own);
      undo.push(() => master.stop());
      const replica = await RedisServer.start([...own, '--replicaof', `127.0.0.1 ${master.port}`]);
      undo.push(() => replica.stop());
      const ports: number[] = [];
      for (let i = 0; i < 3; i++) {
        const folder = await mkdtemp(join(tmpdir(), 'simpul-sentinel-'));
        undo.push(() => rm(folder, { recursive: true, force: true }));
        const port = await freePort();
        ports.push(port);
        const file = join(folder, 'sentinel.conf');
        await writeFile(file, configuration(port, folder, master.port, password));
        const server = ServerProcess.spawn(programPath('redis-server'), [file, '--sentinel']);
        undo.push(() => server.kill());
        await server.ready(() => answers(port));
        await askAt(port, ['SENTINEL', 'DEBUG', 'publish-period', '100', 'info-period', '200']);
      }
      const sentinels = new RedisSentinels([master, replica], ports, stopAll);
      await until(() => sentinels.agree(), 15_000);
      return sentinels;
    } catch (error) {
      await stopAll();
      throw error;
    }
  }

  get hosts(): string {
    return this.ports.map((port) => `127.0.0.1:${port}`).join(',');
  }

  get url(): string {
    return `redis+sentinel://${this.hosts}/mymaster`;
  }

  async master(): Promise<RedisServer> {
    const [first = 0] = this.ports;
    const answer = await askAt(first, ['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'mymaster']);
    const server = this.servers.find(({ port }) => Array.isArray(answer) && String(port) === answer[1]);
    if (!server) throw new Error('the sentinels name no server of ours');
    return server;
  }

  stop(): Promise<void> {
    return this.stopAll();
  }

  private async agree(): Promise<boolean> {
    for (const port of this.ports) {
      const about = (await askAt(port, ['SENTINEL', 'MASTER', 'mymaster'])) as Record<string, string>;
      if (about['num-slaves'] !== '1' || about['num-other-sentinels'] !== '2') return false;
    }
    return true;
  }
}

function configuration(port: number, folder: string, master: number, password: string): string {
  return [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `sentinel monitor mymaster 127.0.0.1 ${master} 2`,
    ...(password === '' ? [] : [`sentinel auth-pass mymaster ${password}`]),
    'sentinel down-after-milliseconds mymaster 700',
    'sentinel failover-timeout mymaster 3000',
    '',
  ].join('\n');
}
