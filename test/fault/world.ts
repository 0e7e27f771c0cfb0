import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import type { ActorView } from '#libs/contracts';
import { readEvents, readHeads } from '#libs/database';
import type { DataSource } from 'typeorm';
import type { App } from '../support/app.js';
import { City } from '../support/city.js';
import { startCluster, type Cluster } from '../support/cluster.js';
import { signIn } from '../support/live-app.js';
import { OwnPostgres } from '../support/postgres.js';
import type { SmallDisk } from '../support/small-disk.js';
import type { LogEvent } from './checker.js';

/** A small disk must not be full of it. */
const WAL = { min_wal_size: '32MB', max_wal_size: '128MB' };

export interface WorldOptions {
  instances: number;
  /** How many people may be in a team. */
  people: number;
  /** Files of test/fault that are loaded before each instance. */
  preload?: string[];
  /** A disk of PostgreSQL's own. */
  disk?: SmallDisk;
}

export type Sabotage = {
  kill?: { point: KillPoint; after: number };
  hints?: { drop?: number; twice?: number; late?: number };
  throws?: boolean;
  /** One of broken.mjs. */
  broken?: string;
};

export const KILL_POINTS = ['before commit', 'while committing', 'before publish', 'before ack'] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

/** Everything that can break: PostgreSQL, Redis, instances behind HAProxy, and a small city to work in. */
export class World {
  readonly people: ActorView[] = [];
  private readonly cookies = new Map<string, string>();

  private constructor(
    readonly postgres: OwnPostgres,
    readonly city: City,
    readonly cluster: Cluster,
    private readonly folder: string,
    readonly disk: SmallDisk | undefined,
  ) {}

  static async start({ instances, people, preload = ['control.mjs'], disk }: WorldOptions): Promise<World> {
    const postgres = await OwnPostgres.start(WAL, disk?.folder);
    const city = await City.build(postgres.url);
    const folder = await mkdtemp(join(tmpdir(), 'simpul-control-'));
    const cluster = await startCluster({
      ...{ instances, databaseUrl: postgres.url, env: { SIMPUL_FAULT_CONTROL: folder } },
      preload: preload.map((file) => fileURLToPath(new URL(file, import.meta.url))),
    });
    const world = new World(postgres, city, cluster, folder, disk);
    for (let i = 1; i <= people; i++) world.people.push(await city.aPerson(`Anggota ${i}`));
    return world;
  }

  get source(): DataSource {
    return this.city.here.source;
  }

  /** The cookie of one sign-in, the same for each of a person's connections. */
  async cookieOf({ id }: ActorView): Promise<string> {
    const cookie = this.cookies.get(id) ?? (await signIn(this.source, id));
    this.cookies.set(id, cookie);
    return cookie;
  }

  app(i: number): App {
    const app = this.cluster.apps[i];
    if (!app) throw new Error(`there is no instance ${i}`);
    return app;
  }

  /** Instances that are gone though nobody ended them, and what they said last. */
  get gone(): string[] {
    return this.cluster.apps.filter(({ isRunning }) => !isRunning).map(({ lastWords }) => lastWords);
  }

  /** The dead or living instance is replaced by a new process. */
  async restartApp(i: number): Promise<void> {
    this.cluster.apps[i] = await this.app(i).restart();
  }

  /** Hurts an instance from inside. Resolves when it knows. */
  async sabotage(i: number, wish: Sabotage): Promise<void> {
    const file = join(this.folder, `app${i + 1}.json`);
    await writeFile(file, JSON.stringify(wish));
    this.app(i).signal('SIGUSR2');
    while (existsSync(file)) {
      if (!this.app(i).isRunning) throw new Error(`instance ${i + 1} is gone: ${this.app(i).lastWords}`);
      await pause(10);
    }
  }

  async logOf(workspace: string): Promise<LogEvent[]> {
    const { manager } = this.source;
    const events = await readEvents(manager, workspace, 0, Number.MAX_SAFE_INTEGER, 10_000_000);
    return events.map((event) => ({
      ...{ seq: event.seq, type: event.type, commandId: event.commandId, actorId: event.actor.id },
      ...(event.type === 'member.added' && { personId: event.data.member.person.id }),
      ...(event.type === 'member.removed' && { personId: event.data.personId }),
    }));
  }

  async headOf(workspace: string): Promise<number> {
    const [head] = await readHeads(this.source.manager, [workspace]);
    return head?.seq ?? 0;
  }

  async stop(): Promise<void> {
    await this.cluster.stop();
    await this.city.close();
    await this.postgres.stop();
    this.disk?.unmount();
    await rm(this.folder, { recursive: true, force: true });
  }
}
