import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DataSource } from 'typeorm';
import { LinkSeal } from '../../../src/files/link-seal.js';
import { City, type PersonName } from '../../support/city.js';
import { LiveApp, signIn } from '../../support/live-app.js';
import { JPEG } from '../../support/pictures.js';
import { Uploader } from '../../support/uploader.js';

let city: City;
let app: LiveApp;
let taskId: string;
let folder: string;

beforeAll(async () => {
  city = await City.build();
  folder = await mkdtemp(join(tmpdir(), 'simpul-files-'));
  app = await LiveApp.start(city.url, { SIMPUL_FILES_DIR: folder });
  taskId = await city.aTask();
}, 60_000);
afterAll(async () => {
  await app?.close();
  await city?.close();
});

const as = async (who: PersonName, at = app, workspaceId = taskId) =>
  new Uploader(at.url, await signIn(at.get(DataSource), city.people[who].id), workspaceId);

describe('a link', () => {
  const bytes = randomBytes(100_000);
  let member: Uploader;
  let id: string;
  let url: string;
  beforeAll(async () => {
    member = await as('member');
    id = (await member.upload(bytes, { name: 'Ma’ruf "data".bin' })).body.id;
    url = (await member.link(id)).body.url;
  });

  it('gives the whole file with its length and its name', async () => {
    const answer = await member.get(url);
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '100000']);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Ma_ruf _data_.bin"; filename*=UTF-8''Ma%E2%80%99ruf%20_data_.bin`,
    );
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    const head = await member.get(url, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '100000', '']);
  });

  it('gives a part, so that a download that was cut goes on', async () => {
    const part = await member.get(url, { range: 'bytes=99990-' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 99990-99999/100000']);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(99_990))).toBe(true);
    const outside = await member.get(url, { range: 'bytes=100000-' });
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */100000']);
    expect((await member.get(url, { range: 'bytes=0-1,5-6' })).status).toBe(200);
  });

  it('shows neither file nor person, and is another one each time', async () => {
    const again = (await member.link(id)).body;
    expect(again.url).not.toBe(url);
    for (const [, secret] of Object.entries({ id, person: city.people.member.id, name: 'data' })) {
      expect(url).not.toContain(secret);
      expect(Buffer.from(url.split('/').at(-1) ?? '', 'base64url').toString('hex')).not.toContain(
        secret.replaceAll('-', ''),
      );
    }
    const left = Date.parse(again.expiresAt) - Date.now();
    expect(left).toBeGreaterThan(290_000);
    expect(left).toBeLessThanOrEqual(300_000);
  });

  it('is for the person who asked for it, and for nobody else', async () => {
    const lead = await as('lead');
    expect((await lead.get(url)).status).toBe(404);
    expect((await fetch(new URL(url, app.url))).status).toBe(404);
    expect((await lead.get((await lead.link(id)).body.url)).status).toBe(200);
  });

  it('that was altered, shortened, made up, or is over leads nowhere', async () => {
    const token = url.split('/').at(-1) ?? '';
    for (let at = 0; at < token.length; at += 7) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const altered = `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
      expect([at, (await member.get(`/files/${altered}`)).status]).toEqual([at, 404]);
    }
    for (const made of [
      token.slice(0, -1),
      `${token}=`,
      `${token}A`,
      'A'.repeat(92),
      '%00',
      '../etc/passwd',
    ]) {
      expect([made, (await member.get(`/files/${made}`)).status]).toEqual([made, 404]);
    }
    const content = { fileId: id, personId: city.people.member.id, use: 'download' as const };
    const seal = app.get(LinkSeal);
    const over = await seal.seal({ ...content, until: Date.now() - 1 });
    expect((await member.get(`/files/${over}`)).status).toBe(404);
    const good = await seal.seal({ ...content, until: Date.now() + 10_000 });
    expect((await member.get(`/files/${good}`)).status).toBe(200);
  });

  it('of another instance works here: they have one secret', async () => {
    const other = await LiveApp.start(city.url, { SIMPUL_FILES_DIR: folder });
    try {
      const there = await as('member', other);
      expect((await member.get((await there.link(id)).body.url)).status).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('works no more once its person was removed from the team', async () => {
    const room = await city.aTask('IN_PROGRESS');
    const [author, reader] = [await as('lead', app, room), await as('member', app, room)];
    const file = (await author.upload(Buffer.from('x'))).body.id;
    const link = (await reader.link(file)).body.url;
    expect((await reader.get(link)).status).toBe(200);
    await city.here.team.removeMember(city.people.head, {
      ...{ commandId: randomUUID(), taskId: room, personId: city.people.member.id, reason: 'Mutasi' },
    });
    expect((await reader.get(link)).status).toBe(404);
    expect((await reader.link(file)).status).toBe(404);
  });

  it('to a foreign workspace, or a file of another one, is not given', async () => {
    const elsewhere = await as('member', app, await city.aTask());
    expect((await elsewhere.link(id)).status).toBe(404);
    expect((await elsewhere.link(randomUUID())).status).toBe(404);
  });
});

it('an address of their own hands out files without a cookie, and is named in the policy of the pages', async () => {
  const filesOrigin = 'https://berkas.example';
  const other = await LiveApp.start(city.url, { SIMPUL_FILES_DIR: folder, SIMPUL_FILES_ORIGIN: filesOrigin });
  try {
    const member = await as('member', other);
    const { body } = await member.upload(JPEG, { name: 'foto.jpg' });
    const { url } = (await member.link(body.id, 'preview')).body;
    expect(url).toMatch(/^https:\/\/berkas\.example\/files\/[\w-]+$/);
    const { pathname } = new URL(url);
    const { port } = new URL(other.url);
    const at = (host: string, path: string) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        get({ host: '127.0.0.1', port, path, headers: { host } }, resolve).once('error', reject);
      });
    const answer = await at('berkas.example', pathname);
    expect([answer.statusCode, answer.headers['cross-origin-resource-policy']]).toEqual([
      200,
      'cross-origin',
    ]);
    expect((await buffer(answer)).equals(JPEG)).toBe(true);
    // And nothing else is there, nor are files anywhere else.
    for (const path of ['/', '/app/', '/api/session', '/files/..%2fapp'])
      expect([path, (await at('berkas.example', path)).statusCode]).toEqual([path, 404]);
    expect((await at(new URL(other.url).host, pathname)).statusCode).toBe(404);
    const page = await fetch(`${other.url}/app/`);
    expect(page.headers.get('content-security-policy')).toContain(`img-src 'self' data: ${filesOrigin}`);
  } finally {
    await other.close();
  }
});

it('bytes that are missing on the disk are a fault of ours, not an empty file', async () => {
  const member = await as('member');
  const { body } = await member.upload(Buffer.from('hilang'));
  await city.here.source.query(`UPDATE files SET storage_key = $2 WHERE id = $1`, [body.id, '0'.repeat(32)]);
  const { url } = (await member.link(body.id)).body;
  const answer = await member.get(url);
  expect([answer.status, answer.headers.get('content-disposition')]).toEqual([503, null]);
});
