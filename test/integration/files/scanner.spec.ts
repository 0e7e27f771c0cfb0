import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import type { WorkspaceEvent } from '#libs/contracts';
import { FileReleases } from '../../../src/files/file-releases.service.js';
import { City } from '../../support/city.js';
import { FakeClamd } from '../../support/fake-clamd.js';
import { LiveApp, signIn, type Peer } from '../../support/live-app.js';
import { Uploader } from '../../support/uploader.js';
import { until } from '../../support/until.js';

let city: City;
let app: LiveApp;
let clamd: FakeClamd;
let folder: string;
let taskId: string;
let member: Uploader;
let lead: Peer;

beforeAll(async () => {
  city = await City.build();
  clamd = await FakeClamd.start();
  folder = await mkdtemp(join(tmpdir(), 'simpul-files-'));
  app = await LiveApp.start(city.url, { SIMPUL_FILES_DIR: folder, SIMPUL_CLAMD: `127.0.0.1:${clamd.port}` });
}, 60_000);
afterAll(async () => {
  await app?.close();
  await clamd?.stop();
  await city?.close();
});
beforeEach(async () => {
  clamd.mood = 'scanning';
  taskId = await city.aTask();
  member = new Uploader(app.url, await signIn(app.get(DataSource), city.people.member.id), taskId);
  lead = await app.peer(city.people.lead.id);
  await lead.ask('workspace.join', { workspaceId: taskId });
});

const events = (): WorkspaceEvent[] =>
  lead.all('workspace.events').flatMap(({ events: written }) => written as WorkspaceEvent[]);
const kept = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
/** As if its time had come. */
const scanNow = async () => {
  await city.here.source.query(`UPDATE files SET due_at = now() WHERE state = 'SCANNING'`);
  await app.get(FileReleases).releaseDue();
};

it('what is clean becomes a file a moment after it was sent', async () => {
  const { body } = await member.upload(Buffer.from('Notulen rapat'));
  expect(['SCANNING', 'READY']).toContain(body.state);
  const frame = await lead.got('workspace.events');
  expect(frame.events).toMatchObject([{ type: 'file.added', data: { file: { id: body.id } } }]);
  expect((await member.download(body.id)).toString()).toBe('Notulen rapat');
});

it('what is infected is never seen; it is removed, and everybody is told', async () => {
  const id = randomUUID();
  await member.upload(Buffer.from('xx EICAR xx'), { id, name: 'tagihan.txt' });
  await lead.got('workspace.events');
  expect(events()).toMatchObject([
    { type: 'file.removed', data: { fileId: id, name: 'tagihan.txt', reason: 'INFECTED' } },
  ]);
  expect((await member.state(id)).body.state).toBe('REFUSED');
  expect((await member.finish(id)).body.code).toBe('file.infected');
  expect((await member.link(id)).status).toBe(404);
  expect((await city.here.reader.snapshot(city.people.lead.id, taskId)).state.files).toEqual([]);
  const [row] = await city.here.source.query<{ storage_key: string }[]>(
    'SELECT storage_key FROM files WHERE id = $1',
    [id],
  );
  await until(async () => !(await kept()).some(({ name }) => name === row?.storage_key));
});

it.each(['garbage', 'hanging-up', 'too-large'] as const)(
  'while the scanner is %s a file waits, unseen, and is released when it can be asked again',
  async (mood) => {
    clamd.mood = mood;
    const asked = clamd.asked;
    const { body } = await member.upload(Buffer.from('Notulen'));
    await until(() => clamd.asked > asked);
    await scanNow();
    expect((await member.state(body.id)).body.state).toBe('SCANNING');
    expect((await member.open()).body).toMatchObject([{ id: body.id, state: 'SCANNING' }]);
    expect((await member.link(body.id)).status).toBe(404);
    expect(events()).toEqual([]);
    clamd.mood = 'scanning';
    await scanNow();
    await until(async () => (await member.state(body.id)).body.state === 'READY');
    await lead.got('workspace.events', (frame) => frame.events[0]?.type === 'file.added');
  },
);

it('two instances that look at once release a file once', async () => {
  const other = await LiveApp.start(city.url, {
    ...{ SIMPUL_FILES_DIR: folder, SIMPUL_CLAMD: `127.0.0.1:${clamd.port}` },
  });
  try {
    clamd.mood = 'hanging-up';
    const { body } = await member.upload(Buffer.from('Notulen'));
    await scanNow();
    clamd.mood = 'scanning';
    await city.here.source.query(`UPDATE files SET due_at = now() WHERE id = $1`, [body.id]);
    await Promise.all([app.get(FileReleases).releaseDue(), other.get(FileReleases).releaseDue()]);
    await until(async () => (await member.state(body.id)).body.state === 'READY');
    const [count] = await city.here.source.query<{ count: string }[]>(
      `SELECT count(*) FROM stream_event WHERE stream_id = $1 AND type = 'file.added'`,
      [taskId],
    );
    expect(count?.count).toBe('1');
  } finally {
    await other.close();
  }
});

it('who was removed from the team while their file waited adds nothing', async () => {
  clamd.mood = 'hanging-up';
  const { body } = await member.upload(Buffer.from('Notulen'));
  await city.here.team.removeMember(city.people.head, {
    ...{ commandId: randomUUID(), taskId, personId: city.people.member.id, reason: 'Mutasi' },
  });
  clamd.mood = 'scanning';
  await scanNow();
  await until(async () => (await member.state(body.id)).body.state === 'REFUSED');
  await lead.got('workspace.events');
  expect(events().map(({ type }) => type)).toEqual(['member.removed']);
});

it('a file that is given up while it waits is gone', async () => {
  clamd.mood = 'hanging-up';
  const { body } = await member.upload(Buffer.from('Notulen'));
  expect((await member.cancel(body.id)).status).toBe(204);
  clamd.mood = 'scanning';
  await scanNow();
  expect((await member.state(body.id)).body.state).toBe('REFUSED');
  expect(events()).toEqual([]);
});
