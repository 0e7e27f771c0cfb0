import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { migrate, startEmbeddedPostgres, type EmbeddedPostgres } from '#libs/database';
import { App } from '../support/app.js';
import { freePort } from '../support/free-port.js';
import { RedisServer } from '../support/redis.js';
import { ServerProcess } from '../support/server-process.js';
import { GeneratorProcess } from './generator-process.js';
import { BASELINE_SCHEMA, placeOf, seedGroup, seedPeople, type Group } from './seed.js';

/** Something that is measured: where it listens, and whose processor time counts. */
export interface Target {
  port: number;
  pids: number[];
  stop(): Promise<unknown>;
}

export interface BaselineOptions {
  stored?: boolean;
  redis?: RedisServer;
  env?: Record<string, string>;
}

/** One PostgreSQL for Simpul and the baselines, the people, and whatever was started for a figure. */
export class World {
  private readonly undo: (() => Promise<unknown>)[] = [];
  private readonly seeded = new Set<string>();
  private profile: string | undefined;

  private constructor(
    private readonly postgres: EmbeddedPostgres,
    readonly databaseUrl: string,
    readonly baselineUrl: string,
    private readonly folder: string,
  ) {}

  /** @param profile a folder for CPU profiles of each Simpul */
  static async create(profile?: string): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'simpul-bench-'));
    await chmod(folder, 0o755);
    try {
      // Not `forTests`: a commit has to reach the disk here as there.
      const postgres = await startEmbeddedPostgres({ dataDir: folder });
      const url = await postgres.ensureDatabase('simpul');
      await migrate(url);
      const world = new World(postgres, url, await postgres.ensureDatabase('baseline'), folder);
      world.profile = profile;
      await world.sql(seedPeople);
      await world.sql((db) => db.query(BASELINE_SCHEMA), world.baselineUrl);
      return world;
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get postgresPid(): number {
    return this.postgres.pid;
  }

  async sql<T>(work: (db: Client) => Promise<T>, url = this.databaseUrl): Promise<T> {
    const db = new Client({ connectionString: url });
    await db.connect();
    try {
      return await work(db);
    } finally {
      await db.end();
    }
  }

  /** Makes the group's workspaces once, for Simpul and the baselines. */
  async group(group: Group): Promise<Group> {
    if (this.seeded.has(group.name)) return group;
    this.seeded.add(group.name);
    const ids = Array.from({ length: group.count }, (_, i) => placeOf(group.name, i).workspaceId);
    await this.sql((db) => seedGroup(db, group));
    await this.sql(
      (db) => db.query('INSERT INTO head (id) SELECT * FROM unnest($1::uuid[])', [ids]),
      this.baselineUrl,
    );
    await this.sql((db) => db.query('VACUUM ANALYZE'));
    return group;
  }

  async redis(): Promise<RedisServer> {
    const redis = await RedisServer.start();
    this.undo.push(() => redis.stop());
    return redis;
  }

  async simpul({ redis, env }: Omit<BaselineOptions, 'stored'> = {}): Promise<Target> {
    const app = await App.start({
      databaseUrl: this.databaseUrl,
      redisUrl: redis?.url,
      readyMs: 120_000,
      nodeArgs: this.profile ? ['--cpu-prof', `--cpu-prof-dir=${this.profile}`] : [],
      env: {
        LOG_LEVEL: 'warn',
        NODE_ENV: 'production',
        ...env,
      },
    });
    const stop = () => (app.isRunning ? app.stop().catch(() => app.kill()) : Promise.resolve());
    this.undo.push(stop);
    return { port: app.port, pids: [app.pid, this.postgresPid, ...(redis ? [redis.pid] : [])], stop };
  }

  async baseline(name: string, { stored, redis, env }: BaselineOptions = {}): Promise<Target> {
    const port = await freePort();
    const server = ServerProcess.spawn(process.execPath, [baselineFile(name)], {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: String(port),
      ...(stored && { DATABASE_URL: this.baselineUrl }),
      ...(redis && { REDIS_URL: redis.url }),
      ...env,
    });
    const stop = () => server.kill();
    this.undo.push(stop);
    await server.ready(async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok);
    const pids = [server.pid, ...(stored ? [this.postgresPid] : []), ...(redis ? [redis.pid] : [])];
    return { port, pids, stop };
  }

  generator(): GeneratorProcess {
    const generator = new GeneratorProcess();
    this.undo.push(() => Promise.resolve(generator.stop()));
    return generator;
  }

  /** Ends what was started since the last time; PostgreSQL stays. */
  async clear(): Promise<void> {
    for (const step of this.undo.splice(0).reverse()) await step();
  }

  async close(): Promise<void> {
    await this.clear();
    await this.postgres.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

export function baselineFile(name: string): string {
  return fileURLToPath(new URL(`baselines/${name}.mjs`, import.meta.url));
}
