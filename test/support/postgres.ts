import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, startEmbeddedPostgres, type EmbeddedPostgres } from '#libs/database';
import { Client } from 'pg';
import { freePort } from './free-port.js';

const TEMPLATE = 'simpul_template';
const VARIABLE = 'SIMPUL_TEST_POSTGRES';

/** The PostgreSQL of a test run, with an empty migrated database to copy. Test files find it by `freshDatabase`. */
export async function startTestPostgres(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir: await newFolder(), forTests: true });
  await migrate(await postgres.ensureDatabase(TEMPLATE));
  // A copy is only possible while nobody is connected to the original.
  await command(
    postgres.url('postgres'),
    `ALTER DATABASE ${TEMPLATE} IS_TEMPLATE true ALLOW_CONNECTIONS false`,
  );
  process.env[VARIABLE] = postgres.url('postgres');
  return postgres;
}

export async function stopTestPostgres(postgres: EmbeddedPostgres): Promise<void> {
  await postgres.stop();
  await remove(postgres.dataDir);
}

/** A migrated, empty database of its own: its connection string. It goes with the run. */
export async function freshDatabase(): Promise<string> {
  const server = process.env[VARIABLE];
  if (!server)
    throw new Error('freshDatabase needs the globalSetup of the integration, e2e or fault project');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await command(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

/** A PostgreSQL that one test may crash and pause, with one migrated database. */
export class OwnPostgres {
  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly isOurs: boolean,
    private server: EmbeddedPostgres,
  ) {}

  /** @param given the folder where it keeps everything; its owner removes it */
  static async start(settings: Readonly<Record<string, string>> = {}, given?: string): Promise<OwnPostgres> {
    const folder = given ?? (await newFolder());
    const port = await freePort();
    const server = await startEmbeddedPostgres({ dataDir: folder, port, forTests: true, settings });
    await migrate(await server.ensureDatabase('simpul'));
    return new OwnPostgres(folder, port, settings, given === undefined, server);
  }

  get url(): string {
    return this.server.url('simpul');
  }

  get isRunning(): boolean {
    return parentOf(String(this.server.pid)) !== undefined;
  }

  /** As after `kill -9` of PostgreSQL: every connection is cut, what was not committed is gone. */
  async crash(): Promise<void> {
    process.kill(this.server.pid, 'SIGQUIT');
    await this.server.stop();
  }

  /** On the same port, after `crash`. */
  async restart(): Promise<void> {
    const { folder: dataDir, port, settings } = this;
    this.server = await startEmbeddedPostgres({ dataDir, port, forTests: true, settings });
  }

  /** Every process of this PostgreSQL stands still; connections stay open. */
  pause(): void {
    this.signal('SIGSTOP');
  }

  resume(): void {
    this.signal('SIGCONT');
  }

  async stop(): Promise<void> {
    this.resume();
    await this.server.stop();
    if (this.isOurs) await remove(this.folder);
  }

  private signal(signal: NodeJS.Signals): void {
    for (const pid of this.processes()) {
      try {
        process.kill(pid, signal);
      } catch (error) {
        // A connection's process may end between the look and the signal.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }

  private processes(): number[] {
    const children = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((name) => parentOf(name) === this.server.pid);
    return [this.server.pid, ...children.map(Number)].filter((pid) => parentOf(String(pid)) !== undefined);
  }
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'simpul-test-'));
  // mkdtemp's 0700 would keep PostgreSQL's own user out when we are root.
  if (process.getuid?.() === 0) await chmod(folder, 0o755);
  return folder;
}

function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function command(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
