import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DiskStore } from '../../../src/files/disk.store.js';

let folder: string;
let store: DiskStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simpul-store-'));
  store = new DiskStore(folder);
});

const aKey = () => randomBytes(16).toString('hex');
const names = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

it('puts pieces together, keeps them, and hands out all or a part', async () => {
  const key = aKey();
  await store.receive(key, 0, Buffer.from('abcdef'));
  await store.receive(key, 6, Buffer.from('ghi'));
  // Sent again after a cut: the same place, the same bytes.
  await store.receive(key, 3, Buffer.from('def'));
  expect((await store.peek(key, { first: 2, last: 100 })).toString()).toBe('cdefghi');
  await store.keep(key);
  await store.keep(key);
  await store.forget(key);
  expect((await buffer(await store.open(key))).toString()).toBe('abcdefghi');
  expect((await buffer(await store.open(key, { first: 1, last: 2 }))).toString()).toBe('bc');
  expect(await names()).toEqual([key]);
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
  await store.receive(key, 0, bytes);
  await Promise.all(Array.from({ length: 4 }, () => store.keep(key)));
  expect((await buffer(await store.open(key))).equals(bytes)).toBe(true);
});

it('removes everything of a key, also what a killed process left, and what is gone already', async () => {
  const [key, other] = [aKey(), aKey()];
  for (const each of [key, other]) {
    await store.receive(each, 0, Buffer.from('x'));
    await store.keep(each);
  }
  await mkdir(join(folder, 'kept', key.slice(0, 2)), { recursive: true });
  await writeFile(join(folder, 'kept', key.slice(0, 2), `.${key}.0123456789ab`), 'half');
  await store.remove(key);
  await store.remove(key);
  expect((await names()).toSorted()).toEqual([other, other]);
  await expect(store.open(key)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('takes no key but its own kind', async () => {
  for (const key of ['', '../../etc/passwd', 'A'.repeat(32), `${aKey()}/..`]) {
    await expect(store.receive(key, 0, Buffer.from('x'))).rejects.toThrow('not a key');
    await expect(store.open(key)).rejects.toThrow('not a key');
    await expect(store.remove(key)).rejects.toThrow('not a key');
  }
});

it('says at the start when its folder cannot be used; without one it refuses for the moment', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(new DiskStore(join(folder, 'file', 'inside')).check()).rejects.toThrow(/SIMPUL_FILES_DIR/);
  const nowhere = new DiskStore(undefined);
  await nowhere.check();
  await expect(nowhere.receive(aKey(), 0, Buffer.from('x'))).rejects.toMatchObject({ code: 'unavailable' });
  await chmod(folder, 0o700);
  await store.check();
});
