import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DataSource } from 'typeorm';
import { parseBucketUrl } from '../../../src/config/environment.rules.js';
import { DiskStore } from '../../../src/files/disk.store.js';
import type { FileStore } from '../../../src/files/file-store.js';
import { S3Store } from '../../../src/files/s3.store.js';
import { City } from '../../support/city.js';
import { LiveApp, signIn } from '../../support/live-app.js';
import { JPEG } from '../../support/pictures.js';
import { S3Server } from '../../support/s3.js';
import { Uploader } from '../../support/uploader.js';

const aKey = () => randomBytes(16).toString('hex');
const filesBelow = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

function bucketStore(url: string): S3Store {
  const bucket = parseBucketUrl(url);
  if (!bucket) throw new Error('not a bucket');
  return new S3Store(bucket);
}

let s3: S3Server;
beforeAll(async () => {
  s3 = await S3Server.start();
}, 60_000);
afterAll(() => s3?.stop());

async function onDisk(): Promise<{ store: FileStore; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'simpul-store-'));
  return { store: new DiskStore(folder), folder };
}

async function inBucket(): Promise<{ store: FileStore; folder: string }> {
  return { store: bucketStore(s3.url()), folder: s3.folder };
}

describe.each([
  ['a folder', onDisk],
  ['a bucket', inBucket],
])('files in %s', (_where, open) => {
  let store: FileStore;
  let folder: string;
  beforeEach(async () => {
    ({ store, folder } = await open());
  });

  const named = async (key: string) => (await filesBelow(folder)).filter((path) => path.includes(key));

  it('puts pieces together, keeps them, and hands out all or a part', async () => {
    const key = aKey();
    await store.receive(key, 0, Buffer.from('abcdef'));
    // Sent again after a cut: the same place, and perhaps more.
    await store.receive(key, 6, Buffer.from('g'));
    await store.receive(key, 6, Buffer.from('ghi'));
    expect((await store.peek(key, { first: 2, last: 100 })).toString()).toBe('cdefghi');
    expect((await store.peek(key, { first: 5, last: 7 })).toString()).toBe('fgh');
    await store.keep(key);
    await store.keep(key);
    await store.forget(key);
    expect((await buffer(await store.open(key))).toString()).toBe('abcdefghi');
    expect((await buffer(await store.open(key, { first: 1, last: 2 }))).toString()).toBe('bc');
    expect((await named(key)).filter((path) => path.includes('incoming'))).toEqual([]);
  });

  it('keeps other content in place of what came in', async () => {
    const key = aKey();
    await store.receive(key, 0, Buffer.from('dengan lokasi'));
    await store.keep(key, Buffer.from('tanpa'));
    expect((await buffer(await store.open(key))).toString()).toBe('tanpa');
  });

  it('two who keep the same at once leave one whole file', async () => {
    const key = aKey();
    const bytes = randomBytes(2_000_000);
    await store.receive(key, 0, bytes.subarray(0, 1_000_000));
    await store.receive(key, 1_000_000, bytes.subarray(1_000_000));
    await Promise.all(Array.from({ length: 4 }, () => store.keep(key)));
    expect((await buffer(await store.open(key))).equals(bytes)).toBe(true);
  });

  it('removes everything of a key, and what is gone already', async () => {
    const [key, other] = [aKey(), aKey()];
    for (const each of [key, other]) {
      await store.receive(each, 0, Buffer.from('x'));
      await store.keep(each);
    }
    await store.remove(key);
    await store.remove(key);
    expect(await named(key)).toEqual([]);
    expect((await buffer(await store.open(other))).toString()).toBe('x');
    await expect(store.open(key)).rejects.toThrow(/ENOENT|unavailable/);
  });

  it('takes no key but its own kind', async () => {
    for (const key of ['', '../../etc/passwd', 'A'.repeat(32), `${aKey()}/..`]) {
      await expect(store.receive(key, 0, Buffer.from('x'))).rejects.toThrow('not a key');
      await expect(store.open(key)).rejects.toThrow('not a key');
      await expect(store.remove(key)).rejects.toThrow('not a key');
    }
  });
});

describe('a folder', () => {
  it('is rid of what a killed process left of a file it was about to keep', async () => {
    const { store, folder } = await onDisk();
    const key = aKey();
    await mkdir(join(folder, 'kept', key.slice(0, 2)), { recursive: true });
    await writeFile(join(folder, 'kept', key.slice(0, 2), `.${key}.0123456789ab`), 'half');
    await store.remove(key);
    expect(await filesBelow(folder)).toEqual([]);
  });

  it('says at the start when it cannot be used; without one uploads are refused for the moment', async () => {
    const { store, folder } = await onDisk();
    await writeFile(join(folder, 'file'), '');
    await expect(new DiskStore(join(folder, 'file', 'inside')).check()).rejects.toThrow(/SIMPUL_FILES_DIR/);
    const nowhere = new DiskStore(undefined);
    await nowhere.check();
    await expect(nowhere.receive(aKey(), 0, Buffer.from('x'))).rejects.toMatchObject({ code: 'unavailable' });
    await chmod(folder, 0o700);
    await store.check();
  });
});

describe('a bucket', () => {
  it('says at the start when it cannot be used, and never the secret', async () => {
    await bucketStore(s3.url()).check();
    for (const url of [s3.url({ secret: 'rahasia-salah' }), s3.url({ bucket: 'tidak-ada' })]) {
      const refusal: unknown = await bucketStore(url)
        .check()
        .catch((error: unknown) => error);
      expect(String(refusal)).toMatch(/SIMPUL_S3_URL/);
      expect(String(refusal)).not.toMatch(/rahasia-salah|S3RVER/);
    }
  });

  it('that is away refuses for the moment, and works when it is back', async () => {
    const store = bucketStore(s3.url());
    const key = aKey();
    await store.receive(key, 0, Buffer.from('utuh'));
    await s3.kill();
    await expect(store.receive(key, 4, Buffer.from('x'))).rejects.toMatchObject({ code: 'unavailable' });
    await expect(store.keep(key)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(store.open(key)).rejects.toMatchObject({ code: 'unavailable' });
    await s3.restart();
    await store.keep(key);
    expect((await buffer(await store.open(key))).toString()).toBe('utuh');
  });

  it('has what a member uploads in pieces, and gives it to another', async () => {
    const incoming = async () => (await filesBelow(s3.folder)).filter((path) => path.includes('incoming'));
    const city = await City.build();
    const app = await LiveApp.start(city.url, { SIMPUL_S3_URL: s3.url() });
    try {
      const taskId = await city.aTask();
      const as = async (who: 'lead' | 'member') =>
        new Uploader(app.url, await signIn(app.get(DataSource), city.people[who].id), taskId);
      const [lead, member] = [await as('lead'), await as('member')];
      const before = await incoming();
      const bytes = randomBytes(3_000_000);
      const { body } = await member.upload(bytes, { name: 'laporan.bin' });
      expect(body.state).toBe('READY');
      expect((await lead.download(body.id)).equals(bytes)).toBe(true);
      const photo = (await member.upload(JPEG, { name: 'foto.jpg' })).body;
      expect(photo.state).toBe('READY');
      expect(await incoming()).toEqual(before);
      expect((await lead.remove(body.id)).status).toBe(204);
    } finally {
      await app.close();
      await city.close();
    }
  }, 60_000);
});
