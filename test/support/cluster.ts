import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startEmbeddedPostgres } from '#libs/database';
import { App, type AppOptions } from './app.js';
import { freePort } from './free-port.js';
import { Haproxy, type HaproxyOptions } from './haproxy.js';
import { RedisServer } from './redis.js';

export interface ClusterOptions extends HaproxyOptions {
  instances?: number;
  /** An existing database, such as `freshDatabase()`; by default PostgreSQL is started too. */
  databaseUrl?: string;
  env?: Record<string, string>;
  /** Modules that are loaded before each instance: how tests sabotage one without a switch in it. */
  preload?: string[];
}

/** The real shape: PostgreSQL over TCP, Redis, N instances, HAProxy. All on 127.0.0.1. */
export interface Cluster {
  /** Where people come in, through HAProxy. */
  url: string;
  databaseUrl: string;
  apps: App[];
  redis: RedisServer;
  proxy: Haproxy;
  stop(): Promise<void>;
}

export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const database = options.databaseUrl ? undefined : await ownDatabase(undo);
    const databaseUrl = options.databaseUrl ?? database ?? '';
    const redis = await RedisServer.start();
    undo.push(() => redis.stop());

    const ports = await Promise.all(Array.from({ length: options.instances ?? 2 }, () => freePort()));
    const proxyPort = options.port ?? (await freePort());
    const apps: App[] = [];
    undo.push(() => Promise.all(apps.filter((app) => app.isRunning).map((app) => app.stop())));
    const start = async (port: number, index: number) => {
      apps.push(await App.start(appOptions(port, index)));
    };
    // The first one migrates and seeds, the others come to a ready database.
    const [first, ...others] = ports.entries();
    if (first) await start(first[1], first[0]);
    await Promise.all(others.map(([index, port]) => start(port, index)));

    const proxy = await Haproxy.start(ports, { ...options, port: proxyPort });
    undo.push(() => proxy.stop());
    return { url: proxy.url, databaseUrl, apps, redis, proxy, stop };

    function appOptions(port: number, index: number): AppOptions {
      const doors = [proxyPort, ...ports].flatMap((door) => [
        `http://127.0.0.1:${door}`,
        `http://localhost:${door}`,
      ]);
      return {
        port,
        databaseUrl,
        redisUrl: redis.url,
        nodeArgs: (options.preload ?? []).flatMap((file) => ['--import', pathToFileURL(file).href]),
        // The first one may have to make the demo city, on a machine that does other things too.
        readyMs: 150_000,
        env: {
          SIMPUL_INSTANCE: `app${index + 1}`,
          SIMPUL_ORIGINS: doors.join(','),
          SIMPUL_TRUST_PROXY: 'loopback',
          ...options.env,
        },
      };
    }
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ownDatabase(undo: (() => Promise<unknown>)[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'simpul-cluster-'));
  await chmod(folder, 0o755);
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  undo.push(() => postgres.stop());
  return postgres.ensureDatabase('simpul');
}
