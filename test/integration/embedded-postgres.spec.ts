import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chooseDataDir, startEmbeddedPostgres, StartProblem } from '#libs/database';
import { Client } from 'pg';

const asRoot = process.getuid?.() === 0;
const started: ChildProcess[] = [];
const running = new Set<number>();
let parent: string;
let dataDir: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'simpul-embedded-'));
  if (asRoot) await chmod(parent, 0o755);
  dataDir = join(parent, 'data');
});

afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const pid of running) if (await isAlive(pid)) process.kill(pid, 'SIGQUIT');
  running.clear();
  await rm(parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

it('starts PostgreSQL 18 on loopback, keeps its data and its password, and stops', async () => {
  const first = await startEmbeddedPostgres({ dataDir });
  running.add(first.pid);
  const url = await first.ensureDatabase('simpul');
  expect(await first.ensureDatabase('simpul')).toBe(url);
  expect(new URL(url).hostname).toBe('127.0.0.1');
  expect(await ask(url, 'SHOW server_version')).toMatch(/^18\./);
  expect(await ask(url, 'SHOW listen_addresses')).toBe('127.0.0.1');
  expect(await ask(url, 'SHOW fsync')).toBe('on');
  expect(await ask(url, 'SHOW synchronous_commit')).toBe('on');
  expect(await ask(url, 'SHOW server_encoding')).toBe('UTF8');
  await ask(url, "CREATE TABLE kept AS SELECT 'tetap ada' AS word");
  await first.stop();
  expect(await isAlive(first.pid)).toBe(false);
  expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);

  const again = await startEmbeddedPostgres({ dataDir });
  running.add(again.pid);
  expect(await ask(again.url('simpul'), 'SELECT word FROM kept')).toBe('tetap ada');
  await again.stop();
  await again.stop();
  expect(await readdir(dataDir)).not.toContain('simpul.lock');
});

it('lets nobody in without the password', async () => {
  const postgres = await startEmbeddedPostgres({ dataDir });
  running.add(postgres.pid);
  const url = new URL(postgres.url('postgres'));
  url.password = 'salah';
  await expect(ask(url.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  await postgres.stop();
});

it('refuses a second start and says where the first one serves', async () => {
  const { url } = await startElsewhere();
  const second = startEmbeddedPostgres({ dataDir });
  await expect(second).rejects.toThrow(StartProblem);
  await expect(second).rejects.toThrow('http://localhost:3000');
  expect(await ask(url, 'SELECT 1 AS still')).toBe(1);
});

it('lets one of several simultaneous starts through', async () => {
  const answers = await Promise.allSettled([1, 2, 3].map(() => startElsewhere()));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it('goes on after kill -9: the left-over PostgreSQL is stopped and nothing committed is lost', async () => {
  const { child, url, postgres } = await startElsewhere();
  await ask(url, "CREATE TABLE kept AS SELECT 'tetap ada' AS word");
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await isAlive(postgres)).toBe(true);

  const next = await startEmbeddedPostgres({ dataDir });
  running.add(next.pid);
  expect(await isAlive(postgres)).toBe(false);
  expect(await ask(next.url('simpul'), 'SELECT word FROM kept')).toBe('tetap ada');
  await next.stop();
});

it('goes on when starter and PostgreSQL were both killed', async () => {
  const { child, url, postgres } = await startElsewhere();
  await ask(url, "CREATE TABLE kept AS SELECT 'tetap ada' AS word");
  child.kill('SIGKILL');
  process.kill(postgres, 'SIGKILL');
  await once(child, 'exit');

  const next = await startEmbeddedPostgres({ dataDir });
  running.add(next.pid);
  expect(await ask(next.url('simpul'), 'SELECT word FROM kept')).toBe('tetap ada');
  await next.stop();
});

it('is not misled by a pid file whose number now belongs to another process', async () => {
  const first = await startEmbeddedPostgres({ dataDir });
  const pidFile = join(dataDir, 'postgres/postmaster.pid');
  const written = await readFile(pidFile, 'utf8');
  await first.stop();
  await writeFile(pidFile, written.replace(/^\d+/, String(process.pid)));
  await writeFile(join(dataDir, 'simpul.lock'), JSON.stringify({ pid: process.pid, born: 'earlier' }));

  const next = await startEmbeddedPostgres({ dataDir });
  running.add(next.pid);
  expect(await ask(next.url('postgres'), 'SELECT 1 AS alive')).toBe(1);
  await next.stop();
});

it('makes a folder again that was killed half made', async () => {
  const child = launch();
  const isAtWork = async () =>
    (await readdir(dataDir).catch(() => [])).some((name) => /init-\d+$/.test(name));
  while (child.exitCode === null && !(await isAtWork())) await delay(5);
  expect(await readdir(dataDir)).not.toContain('postgres');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const next = await startEmbeddedPostgres({ dataDir });
  running.add(next.pid);
  expect(await ask(next.url('postgres'), 'SELECT 1 AS alive')).toBe(1);
  await next.stop();
});

describe('says in one line what stops it', () => {
  const problem = async (options: { dataDir: string }) => {
    const error = await startEmbeddedPostgres(options).then(
      () => new Error('it started'),
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(StartProblem);
    const { message } = error as StartProblem;
    expect(message).not.toContain('\n');
    return message;
  };

  it('a folder that cannot be made', async () => {
    expect(await problem({ dataDir: '/proc/simpul' })).toContain('Data folder is not writable: /proc/simpul');
  });

  it('a folder below a file', async () => {
    await writeFile(join(parent, 'file'), '');
    expect(await problem({ dataDir: join(parent, 'file/data') })).toContain('not writable');
  });

  it('a folder of another PostgreSQL', async () => {
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres-password'), 'x');
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '19\n');
    expect(await problem({ dataDir })).toContain("not PostgreSQL 18's (it says 19)");
  });

  it('a lost password', async () => {
    await (await startEmbeddedPostgres({ dataDir })).stop();
    await rm(join(dataDir, 'postgres-password'));
    expect(await problem({ dataDir })).toContain('password is missing');
  });

  it('a settings mistake, with the words of PostgreSQL', async () => {
    const start = startEmbeddedPostgres({ dataDir, settings: { work_mem: 'banyak' } });
    await expect(start).rejects.toThrow(/did not start: .*work_mem/);
  });
});

it('takes the configured folder, else .simpul in the project', async () => {
  expect(await chooseDataDir({ configured: dataDir, projectDir: parent })).toBe(dataDir);
  expect(await chooseDataDir({ projectDir: parent })).toBe(join(parent, '.simpul'));
  await expect(chooseDataDir({ configured: '/proc/simpul', projectDir: parent })).rejects.toThrow(
    StartProblem,
  );
});

interface Started {
  child: ChildProcess;
  url: string;
  postgres: number;
}

function launch(): ChildProcess {
  const child = fork('test/support/embedded-start.mjs', [dataDir]);
  started.push(child);
  return child;
}

async function startElsewhere(): Promise<Started> {
  const child = launch();
  const [message] = (await once(child, 'message')) as [
    { url: string; postgres: number } | { problem: string },
  ];
  if ('problem' in message) throw new Error(message.problem);
  running.add(message.postgres);
  return { child, ...message };
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

/** A zombie, waiting for whoever adopted it, no longer lives. */
async function isAlive(pid: number): Promise<boolean> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return line !== '' && !/\) [ZX] /.test(line);
}
