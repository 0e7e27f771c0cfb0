import { jest } from '@jest/globals';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { App, type AppOptions } from '../support/app.js';
import { freePort } from '../support/free-port.js';
import { freshDatabase } from '../support/postgres.js';
import { RedisServer } from '../support/redis.js';
import { until } from '../support/until.js';

const NOBODY = 'postgresql://simpul:kata-sandi@127.0.0.1:1/simpul';

// Several starts in a test, each with its own PostgreSQL.
jest.setTimeout(120_000);

let folder: string;
const running: App[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simpul-start-'));
  await chmod(folder, 0o755);
});

afterEach(async () => {
  for (const app of running.splice(0)) if (app.isRunning) await app.stop();
  await rm(folder, { recursive: true, force: true });
});

const embedded = (port?: number): AppOptions => ({
  port,
  env: { SIMPUL_DATA_DIR: folder, SIMPUL_DEMO: '0', LOG_LEVEL: 'warn' },
});

async function start(options: AppOptions): Promise<App> {
  const app = await App.start(options);
  running.push(app);
  return app;
}

/** A start that should not succeed: all it said, and how it ended. */
async function failedStart(options: AppOptions): Promise<{ code: number | null; said: string[] }> {
  const app = await App.launch(options);
  running.push(app);
  const { code } = await app.exited;
  return { code, said: app.logs.trim().split('\n') };
}

describe('a start with nothing set', () => {
  it('brings its own PostgreSQL, says where it serves, stops politely and finds its data again', async () => {
    const first = await start(embedded());
    expect(first.logs).toContain(`http://localhost:${first.port}`);
    expect(first.logs).toContain('built-in PostgreSQL');
    expect(await first.stop()).toEqual({ code: 0, signal: null });
    const second = await start(embedded());
    expect(await ready(second)).toMatchObject({ status: 'ready', redis: 'none' });
  });

  it('says in one line where the first start of the folder serves', async () => {
    const first = await start(embedded());
    const { code, said } = await failedStart(embedded());
    expect(code).toBe(1);
    expect(said).toEqual([expect.stringContaining(`already running at http://localhost:${first.port}`)]);
    expect(await ready(first)).toMatchObject({ status: 'ready' });
  });

  it('says in one line that the port is taken, and leaves no database behind', async () => {
    const port = await freePort();
    const squatter = await listening(port);
    const { code, said } = await failedStart(embedded(port));
    expect(code).toBe(1);
    expect(said).toEqual([expect.stringContaining(`Port ${port} is taken`)]);
    squatter.close();
    await start(embedded(port));
  });

  it('can be stopped while it starts', async () => {
    const app = await App.launch(embedded());
    running.push(app);
    while (!existsSync(join(folder, 'simpul.lock'))) await delay(10);
    expect(await app.stop()).toEqual({ code: 0, signal: null });
    await start(embedded());
  });
});

describe('a start with a database given', () => {
  it('says that it is one instance only', async () => {
    const app = await start({ databaseUrl: await freshDatabase() });
    expect(app.logs).toContain('one instance only: REDIS_URL is not set');
  });

  it('goes on without a Redis that is away, and says so in one line', async () => {
    const app = await start({
      databaseUrl: await freshDatabase(),
      redisUrl: 'redis://:kata-sandi@127.0.0.1:1',
    });
    expect(await degraded(app, 'away')).toEqual(['Redis is away; going on without, presence is not known']);
    expect(app.logs).not.toContain('kata-sandi');
  });

  it('goes on without a Redis that refuses its password, and works with it once it does not', async () => {
    const redis = await RedisServer.start(['--requirepass', 'yang-benar']);
    try {
      const redisUrl = redis.url.replace('//', '//:kata-sandi@');
      const app = await start({ databaseUrl: await freshDatabase(), redisUrl });
      expect(await degraded(app, 'refused')).toEqual([
        'Redis refuses: look at its user, password and rights; going on without, presence is not known',
      ]);
      await redis.ask(['CONFIG', 'SET', 'requirepass', 'kata-sandi'], 'yang-benar');
      await until(async () => ((await ready(app)) as { redis: string }).redis === 'ready', 10_000);
      await until(() => redisLines(app).length === 2);
      expect(redisLines(app).at(-1)).toBe('Redis is there, hints flow');
      expect(app.logs).not.toContain('kata-sandi');
      expect(app.logs).not.toContain(`:${redis.port}`);
      expect(await app.stop()).toEqual({ code: 0, signal: null });
    } finally {
      await redis.stop();
    }
  });

  it('stops with one line when PostgreSQL does not answer, and does not tell the password', async () => {
    const { code, said } = await failedStart({ databaseUrl: NOBODY });
    expect(code).toBe(1);
    expect(said).toEqual([expect.stringContaining('PostgreSQL does not answer')]);
    expect(said.join()).not.toContain('kata-sandi');
  });

  it('stops with one line when the database was written by a newer version', async () => {
    const databaseUrl = await freshDatabase();
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(
      `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Future9999999999999')`,
    );
    await client.end();
    const { code, said } = await failedStart({ databaseUrl });
    expect(code).toBe(1);
    expect(said).toEqual([expect.stringContaining('written by a newer Simpul')]);
  });

  it('stops with every problem of the configuration at once', async () => {
    const { code, said } = await failedStart({
      redisUrl: 'redis://127.0.0.1:6379',
      env: { LOG_LEVEL: 'loud' },
    });
    expect(code).toBe(1);
    expect(said).toEqual([
      expect.stringContaining('The configuration is not right'),
      expect.stringContaining('LOG_LEVEL'),
      expect.stringContaining('needs DATABASE_URL'),
    ]);
  });
});

/** All it said of Redis, after several tries of it. */
async function degraded(app: App, redisTrouble: string): Promise<string[]> {
  const answer = { status: 'ready', database: 'ready', redis: 'degraded', redisTrouble, missing: [] };
  await until(() => redisLines(app).length > 0, 10_000);
  for (const end = performance.now() + 3_000; performance.now() < end;) {
    expect(await ready(app)).toEqual(answer);
    await delay(100);
  }
  return redisLines(app);
}

function redisLines(app: App): string[] {
  const lines = app.logs.split('\n').filter((line) => line.includes('"Live"'));
  return lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
}

async function ready(app: App): Promise<unknown> {
  return (await fetch(`${app.url}/health/ready`)).json();
}

async function listening(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
