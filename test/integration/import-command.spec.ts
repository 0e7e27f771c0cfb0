import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runningPostgres, startEmbeddedPostgres } from '#libs/database';
import { freshDatabase } from '../support/postgres.js';
import { ServerProcess } from '../support/server-process.js';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const data = (name: string) => path(`../../src/demo/data/${name}`);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simpul-import-'));
  if (process.getuid?.() === 0) await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

const importing = (args: string[], env: NodeJS.ProcessEnv) => run('../../src/import.ts', args, env);

async function run(file: string, args: string[], env: NodeJS.ProcessEnv): Promise<[number | null, string]> {
  const command = ['--import', path('../support/typescript.mjs'), path(file), ...args];
  const { NODE_OPTIONS: _, REDIS_URL: __, ...clean } = process.env;
  const child = ServerProcess.spawn(process.execPath, command, { ...clean, ...env });
  const { code } = await child.exited;
  return [code, child.logs];
}

test('the command line tells every bad row and what can be imported', async () => {
  const env = { DATABASE_URL: await freshDatabase() };
  const list = join(folder, 'masalah.csv');
  const [code, said] = await importing(['people', data('asn-sample-bad.csv'), '--report', list], env);
  expect(code).toBe(1);
  expect(said).toContain('12 baris: 0 baru, 0 berubah, 0 tetap, 12 ditolak.');
  expect(said).toMatch(/baris 2, kolom nip: .+\. .+ \[NIP_LENGTH\]/);
  expect((await readFile(list, 'utf8')).trim().split('\r\n')).toHaveLength(13);

  const [unknown, help] = await importing(['kue', data('opd-jambi.csv')], env);
  expect([unknown, help]).toEqual([
    2,
    expect.stringMatching(/opd .+\n.+people .+\n.+leaders .+\n.+holidays .+\n.+working-times .+\n.+tasks /),
  ]);
}, 240_000);

test('the command line works beside a running start, in the same data', async () => {
  const dataDir = join(folder, 'data');
  expect(await runningPostgres(dataDir, 'simpul')).toBeNull();
  const running = await startEmbeddedPostgres({ dataDir, forTests: true });
  try {
    const url = await running.ensureDatabase('simpul');
    expect(await runningPostgres(dataDir, 'simpul')).toBe(url);
    expect(await importing(['holidays', data('holidays-2026.csv')], { SIMPUL_DATA_DIR: dataDir })).toEqual([
      0,
      '25 baris: 25 baru, 0 berubah, 0 tetap, 0 ditolak.\n',
    ]);
  } finally {
    await running.stop();
  }
  expect(await runningPostgres(dataDir, 'simpul')).toBeNull();
}, 240_000);

test('somebody who was imported gets an account, and a new password later', async () => {
  const url = await freshDatabase();
  const env = { DATABASE_URL: url };
  expect((await importing(['opd', data('opd-jambi.csv')], env))[0]).toBe(0);
  expect((await importing(['leaders', data('leaders-sample.csv')], env))[0]).toBe(0);
  const account = (...args: string[]) => run('../../src/account.ts', args, env);
  const [code, said] = await account('Wali.Kota@jambikota.example');
  expect([code, said]).toEqual([0, expect.stringMatching(/new password: [a-z-]+-\d\d\n$/)]);
  expect((await account('wali.kota@jambikota.example'))[1]).not.toBe(said);
  expect(await account('siapa@jambikota.example')).toEqual([2, expect.stringContaining('belum ada')]);
  expect(await account('wali.kota@jambikota.example', '--close')).toEqual([
    0,
    expect.stringContaining('closed'),
  ]);
  expect((await account())[0]).toBe(2);
}, 240_000);
