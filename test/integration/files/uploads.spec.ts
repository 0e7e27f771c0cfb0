import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { CHUNK_BYTES } from '../../../src/files/file.rows.js';
import { FileSweeper } from '../../../src/files/file-sweeper.js';
import { City, type PersonName } from '../../support/city.js';
import { LiveApp, signIn } from '../../support/live-app.js';
import { JPEG, jpegOfPhone, pixelBomb, SECRET } from '../../support/pictures.js';
import { Uploader } from '../../support/uploader.js';
import { until } from '../../support/until.js';

const MB = 1024 * 1024;

let city: City;
let app: LiveApp;
let folder: string;
let taskId: string;

beforeAll(async () => {
  city = await City.build();
  folder = await mkdtemp(join(tmpdir(), 'simpul-files-'));
  app = await LiveApp.start(city.url, {
    SIMPUL_FILES_DIR: folder,
    SIMPUL_FILES_MAX_MB: '2',
    SIMPUL_FILES_QUOTA_MB: '4',
  });
}, 60_000);
afterAll(async () => {
  await app?.close();
  await city?.close();
});
beforeEach(async () => {
  taskId = await city.aTask();
});

const as = async (who: PersonName, workspaceId = taskId) =>
  new Uploader(app.url, await signIn(app.get(DataSource), city.people[who].id), workspaceId);
const filesOf = async (workspaceId = taskId) =>
  (await city.here.reader.snapshot(city.people.lead.id, workspaceId)).state.files;
/** Names of all that lies in the folder, folders left out. */
const stored = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
const keyOf = async (id: string) => {
  const [row] = await city.here.source.query<{ storage_key: string }[]>(
    'SELECT storage_key FROM files WHERE id = $1',
    [id],
  );
  return row?.storage_key ?? '';
};

describe('an upload', () => {
  it('in pieces becomes a file of the workspace, told to everybody, and comes back byte by byte', async () => {
    const lead = await app.peer(city.people.lead.id);
    await lead.ask('workspace.join', { workspaceId: taskId });
    const member = await as('member');
    const bytes = randomBytes(700_000);
    const { status, body } = await member.upload(bytes, { name: '../rapat\u202Efdp.bin' });
    expect([status, body]).toMatchObject([200, { state: 'READY', offset: 700_000, chunkBytes: CHUNK_BYTES }]);
    const frame = await lead.got('workspace.events', ({ events }) => events[0]?.type === 'file.added');
    const file = {
      id: body.id,
      name: 'rapatfdp.bin',
      kind: 'OTHER',
      mediaType: 'application/octet-stream',
      size: 700_000,
      version: 1,
      replaces: null,
      addedBy: { ...city.people.member, opd: 'DLH' },
      removed: null,
    };
    expect(frame.events).toMatchObject([{ data: { file } }]);
    expect(await filesOf()).toMatchObject([file]);
    expect((await (await as('lead')).download(body.id)).equals(bytes)).toBe(true);
    expect(await stored()).toContain(await keyOf(body.id));
  });

  it('is the same when it is begun, sent and finished again, also after the answers were lost', async () => {
    const member = await as('member');
    const bytes = randomBytes(300_000);
    const id = randomUUID();
    for (let i = 0; i < 2; i++) expect((await member.begin({ id, size: 300_000 })).status).toBe(200);
    await member.put(id, 0, bytes.subarray(0, 100_000));
    expect((await member.put(id, 0, bytes.subarray(0, 100_000))).body).toMatchObject({
      code: 'upload.offset',
      details: { offset: 100_000 },
    });
    expect((await member.begin({ id, size: 300_000 })).body).toMatchObject({ offset: 100_000 });
    await member.put(id, 100_000, bytes.subarray(100_000));
    for (let i = 0; i < 3; i++) {
      expect((await member.finish(id)).body).toMatchObject({ id, state: 'READY', offset: 300_000 });
    }
    // A piece that was on its way longer than everything else.
    expect((await member.put(id, 100_000, bytes.subarray(100_000))).body).toMatchObject({ state: 'READY' });
    expect(await filesOf()).toHaveLength(1);
    expect((await member.download(id)).equals(bytes)).toBe(true);
  });

  it('that is cut in the middle of a piece goes on from the last whole one', async () => {
    const member = await as('member');
    const bytes = randomBytes(200_000);
    const id = randomUUID();
    await member.begin({ id, size: bytes.length });
    await member.put(id, 0, bytes.subarray(0, 50_000));
    await cutPiece(member, id, 50_000, bytes.subarray(50_000, 90_000));
    expect((await member.state(id)).body).toMatchObject({ offset: 50_000, state: 'RECEIVING' });
    await member.put(id, 50_000, bytes.subarray(50_000));
    expect((await member.finish(id)).body.state).toBe('READY');
    expect((await member.download(id)).equals(bytes)).toBe(true);
  });

  it('sent by two tabs at once is one file', async () => {
    const member = await as('member');
    const bytes = randomBytes(1_000_000);
    const id = randomUUID();
    const tab = async () => {
      let { offset } = (await member.begin({ id, size: bytes.length })).body;
      while (offset < bytes.length) {
        const { status, body } = await member.put(id, offset, bytes.subarray(offset, offset + 100_000));
        if (status === 200) offset = body.offset;
        else if (body.code === 'upload.offset') offset = (body.details as { offset: number }).offset;
        else expect(body.code).toBe('unavailable');
      }
      return member.finish(id);
    };
    const ends = await Promise.all([tab(), tab(), tab()]);
    expect(ends.map(({ body }) => body.state)).toEqual(['READY', 'READY', 'READY']);
    expect(await filesOf()).toHaveLength(1);
    expect((await member.download(id)).equals(bytes)).toBe(true);
  });

  it('is not finished before all is here, and takes no more than was said', async () => {
    const member = await as('member');
    const id = randomUUID();
    await member.begin({ id, size: 1_000 });
    await member.put(id, 0, Buffer.alloc(400));
    expect((await member.finish(id)).body).toMatchObject({ code: 'upload.offset', details: { offset: 400 } });
    expect((await member.put(id, 300, Buffer.alloc(100))).body).toMatchObject({ code: 'upload.offset' });
    expect((await member.put(id, 900, Buffer.alloc(100))).body).toMatchObject({ code: 'upload.offset' });
    expect((await member.put(id, 400, Buffer.alloc(601))).body).toMatchObject({ code: 'validation' });
    expect((await member.put(id, 400, Buffer.alloc(CHUNK_BYTES + 1))).body).toMatchObject({
      code: 'frame-too-large',
    });
    expect((await member.state(id)).body.offset).toBe(400);
    expect(await filesOf()).toEqual([]);
  });

  it('of the same id with other content is refused, and of somebody else does not exist', async () => {
    const member = await as('member');
    const id = randomUUID();
    await member.begin({ id, size: 10 });
    expect((await member.begin({ id, size: 11 })).body.code).toBe('command.reused');
    const lead = await as('lead');
    expect((await lead.begin({ id, size: 10 })).body.code).toBe('command.reused');
    for (const answer of [
      lead.state(id),
      lead.put(id, 0, Buffer.alloc(10)),
      lead.finish(id),
      lead.cancel(id),
    ]) {
      expect((await answer).status).toBe(404);
    }
    const elsewhere = await as('member', await city.aTask());
    expect((await elsewhere.put(id, 0, Buffer.alloc(10))).status).toBe(404);
  });

  it('that is given up leaves nothing, and what comes later finds nothing', async () => {
    const member = await as('member');
    const id = randomUUID();
    await member.begin({ id, size: 10 });
    await member.put(id, 0, Buffer.alloc(5));
    const key = await keyOf(id);
    expect(await stored()).toContain(key);
    expect((await member.cancel(id)).status).toBe(204);
    expect((await member.cancel(id)).status).toBe(204);
    expect(await stored()).not.toContain(key);
    expect((await member.put(id, 5, Buffer.alloc(5))).body).toMatchObject({ state: 'REFUSED' });
    expect((await member.finish(id)).status).toBe(404);
    expect((await member.open()).body).toEqual([]);
  });

  it('nobody goes on with is given up after a day, in bounded batches on whichever instance', async () => {
    const member = await as('member');
    const begun = await Promise.all([1, 2, 3].map(() => member.begin({ size: 10 })));
    const ids = begun.map(({ body }) => body.id);
    await Promise.all(ids.map((id) => member.put(id, 0, Buffer.alloc(5))));
    const keys = await Promise.all(ids.map(keyOf));
    const later = (column: string) =>
      city.here.source.query(`UPDATE files SET ${column} WHERE id = ANY($1)`, [ids]);
    await later(`due_at = now() - interval '1 second'`);
    const sweeper = app.get(FileSweeper);
    await Promise.all([sweeper.sweep(), sweeper.sweep()]);
    expect((await member.open()).body).toEqual([]);
    await later(`due_at = now() - interval '1 second'`);
    await Promise.all([sweeper.sweep(), sweeper.sweep()]);
    const left = await stored();
    expect(keys.filter((key) => left.includes(key))).toEqual([]);
    await later(`removed_at = now() - interval '8 days'`);
    await sweeper.sweep();
    expect(await city.here.source.query('SELECT id FROM files WHERE id = ANY($1)', [ids])).toEqual([]);
  });
});

/** Sends a piece on a raw connection that says there is more, and hangs up. */
async function cutPiece(member: Uploader, id: string, offset: number, bytes: Buffer): Promise<void> {
  const { hostname, port, host } = new URL(app.url);
  const cookie = await signIn(app.get(DataSource), city.people.member.id);
  const socket = connect(Number(port), hostname);
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(
    `PUT /api/workspaces/${member.taskId}/uploads/${id}?offset=${offset} HTTP/1.1\r\nHost: ${host}\r\n` +
      `Origin: ${app.url}\r\nCookie: ${cookie}\r\nContent-Type: application/octet-stream\r\n` +
      `Content-Length: ${bytes.length + 1_000}\r\n\r\n`,
  );
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.destroy();
  await closed;
}

describe('limits', () => {
  it('an empty file, one that is too large, and a program by its name are refused before the first byte', async () => {
    const member = await as('member');
    expect((await member.begin({ size: 0 })).body).toMatchObject({ code: 'file.empty' });
    expect((await member.begin({ size: 2 * MB + 1 })).body).toMatchObject({
      code: 'file.too-large',
      details: { limit: 2 * MB },
    });
    expect((await member.begin({ size: 5, name: 'laporan.pdf.exe' })).body).toMatchObject({
      code: 'file.type-refused',
      details: { reason: 'PROGRAM' },
    });
    expect((await member.begin({ size: -1 })).body.code).toBe('validation');
    expect((await member.begin({ size: 1.5 })).body.code).toBe('validation');
    expect((await member.begin({ size: 5, name: '' })).body.code).toBe('validation');
  });

  it('all files of a workspace together stay under its quota, also when many begin at once', async () => {
    const member = await as('member');
    await member.upload(Buffer.alloc(2 * MB, 1));
    const begun = await Promise.all(Array.from({ length: 5 }, () => member.begin({ size: MB })));
    expect(begun.filter(({ status }) => status === 200)).toHaveLength(2);
    const refused = begun.find(({ status }) => status !== 200);
    expect(refused?.body).toMatchObject({ code: 'file.quota', details: { limit: 4 * MB, left: 0 } });
    // Room comes back with what is given up and what is removed.
    const [promised] = begun.filter(({ status }) => status === 200);
    await member.cancel(promised?.body.id ?? '');
    expect((await member.begin({ size: MB })).status).toBe(200);
    await member.remove((await filesOf())[0]?.id ?? '');
    expect((await member.begin({ size: 2 * MB })).status).toBe(200);
    expect((await (await as('lead', await city.aTask())).begin({ size: 2 * MB })).status).toBe(200);
  });

  it('a person has at most ten uploads under way in a workspace', async () => {
    const member = await as('member');
    const begun = await Promise.all(Array.from({ length: 12 }, () => member.begin({ size: 10 })));
    expect(begun.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(begun.find(({ status }) => status !== 200)?.body).toMatchObject({
      code: 'upload.too-many',
      details: { limit: 10 },
    });
    expect((await member.open()).body).toHaveLength(10);
    expect((await (await as('lead')).begin({ size: 10 })).status).toBe(200);
  });
});

describe('what is in a file', () => {
  it.each([
    [
      'a page that calls itself a PDF',
      'laporan.pdf',
      '<html><script>alert(1)</script>',
      'text/plain',
      'TEXT',
    ],
    ['a drawing with script', 'peta.svg', '<svg onload="alert(1)"/>', 'text/plain', 'TEXT'],
    ['a picture that is script as well', 'foto.gif', 'GIF89a/*\x01\x01*/=1;alert(1)//', 'image/gif', 'IMAGE'],
    ['a device of Windows', 'CON.txt', 'isi', 'text/plain', 'TEXT'],
    ['two endings', 'data.pdf.zip', 'PK\x03\x04', 'application/zip', 'ARCHIVE'],
  ])(
    '%s is what its bytes say, and is only handed out to be saved',
    async (_, name, text, mediaType, kind) => {
      const member = await as('member');
      const { body } = await member.upload(Buffer.from(text, 'latin1'), { name });
      expect(await filesOf()).toMatchObject([
        { mediaType, kind, name: name === 'CON.txt' ? '_CON.txt' : name },
      ]);
      const answer = await member.get((await member.link(body.id)).body.url);
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; /);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
      expect(answer.headers.get('content-type')?.split(';')[0]).toBe(mediaType);
      const preview = await member.link(body.id, 'preview');
      expect(preview.status).toBe(mediaType === 'image/gif' ? 200 : 404);
    },
  );

  it('a photo has no place any more when others get it', async () => {
    const member = await as('member');
    const photo = jpegOfPhone(6);
    const { body } = await member.upload(photo, { name: 'lokasi.jpg' });
    const [file] = await filesOf();
    expect(file).toMatchObject({ mediaType: 'image/jpeg', kind: 'IMAGE' });
    const bytes = await (await as('lead')).download(body.id);
    expect(bytes.includes(SECRET)).toBe(false);
    expect(bytes.length).toBe(file?.size);
    const preview = await member.get((await member.link(body.id, 'preview')).body.url);
    expect(preview.headers.get('content-disposition')).toMatch(/^inline; /);
  });

  it.each([
    ['a bomb of pixels', pixelBomb(60_000, 60_000), 'file.image-too-big'],
    ['a picture of no size', pixelBomb(0, 10), 'file.image-broken'],
    ['a picture that is cut', JPEG.subarray(0, 200), 'file.image-broken'],
    ['a program', Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(100)]), 'file.type-refused'],
    ['a photo whose place stays in it', Buffer.from('\0\0\0\x18ftypheic', 'latin1'), 'file.type-refused'],
  ])('%s is refused, again and again, and leaves nothing', async (_, bytes, code) => {
    const member = await as('member');
    const id = randomUUID();
    expect((await member.upload(bytes, { id, name: 'foto.jpg' })).body.code).toBe(code);
    expect((await member.finish(id)).body.code).toBe(code);
    expect((await member.state(id)).body.state).toBe('REFUSED');
    expect(await filesOf()).toEqual([]);
    expect(await stored()).not.toContain(await keyOf(id));
  });
});

describe('versions', () => {
  it('replace each other in one line; who is second is told, and a removed one gives its place back', async () => {
    const member = await as('member');
    const lead = await as('lead');
    const first = (await member.upload(Buffer.from('satu'))).body.id;
    const second = (await lead.upload(Buffer.from('dua'), { replaces: first })).body.id;
    expect((await filesOf()).map(({ version, replaces }) => [version, replaces])).toEqual([
      [1, null],
      [2, first],
    ]);
    expect((await member.upload(Buffer.from('tiga'), { replaces: first })).body.code).toBe(
      'file.not-replaceable',
    );
    const [one, two] = [randomUUID(), randomUUID()];
    for (const id of [one, two]) {
      await member.begin({ id, size: 1, replaces: second });
      await member.put(id, 0, Buffer.from('x'));
    }
    const ends = await Promise.all([member.finish(one), member.finish(two)]);
    expect(ends.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409']);
    const third = ends.find(({ status }) => status === 200)?.body.id ?? '';
    await member.remove(third);
    const again = await member.upload(Buffer.from('lagi'), { replaces: second });
    expect(again.body.state).toBe('READY');
    expect((await filesOf()).at(-1)).toMatchObject({ version: 3, replaces: second });
    expect((await member.download(first)).toString()).toBe('satu');
  });
});

describe('removing', () => {
  it('is for the owner and the team lead; the bytes go, and that it was there stays', async () => {
    const [member, lead] = [await as('member'), await as('lead')];
    const own = (await member.upload(Buffer.from('a'))).body.id;
    const leads = (await lead.upload(Buffer.from('b'))).body.id;
    const { url } = (await member.link(own)).body;
    expect((await member.remove(leads)).body.code).toBe('forbidden');
    expect((await (await as('head')).remove(own)).body.code).toBe('forbidden');
    expect((await (await as('outsider')).remove(own)).status).toBe(404);
    expect((await (await as('member', await city.aTask())).remove(own)).status).toBe(404);
    const key = await keyOf(own);
    expect((await lead.remove(own)).status).toBe(204);
    expect((await lead.remove(own)).status).toBe(204);
    expect((await (await as('outsider')).remove(own)).status).toBe(404);
    expect(await stored()).not.toContain(key);
    expect((await member.get(url)).status).toBe(404);
    expect((await member.link(own)).status).toBe(404);
    expect((await filesOf())[0]).toMatchObject({ id: own, removed: { by: { id: city.people.lead.id } } });
  });
});

describe('who may', () => {
  it.each<[PersonName, string]>([
    ['head', 'forbidden'],
    ['sekda', 'forbidden'],
    ['outsider', 'not-found'],
    ['colleague', 'not-found'],
  ])('%s adds nothing: %s', async (who, code) => {
    expect((await (await as(who)).begin({ size: 10 })).body.code).toBe(code);
  });

  it('nobody adds to a finished task, also not what was begun before', async () => {
    const member = await as('member');
    const id = randomUUID();
    await member.begin({ id, size: 1 });
    await member.put(id, 0, Buffer.from('x'));
    await city.here.tasks.changeStatus(city.people.lead, {
      ...{ workspaceId: taskId, commandId: randomUUID(), to: 'IN_VERIFICATION', note: 'Selesai' },
    });
    await city.here.tasks.changeStatus(city.people.sekda, {
      ...{ workspaceId: taskId, commandId: randomUUID(), to: 'COMPLETED', note: 'Diterima' },
    });
    // Another instance wrote it: known here within a moment.
    await until(async () => (await member.finish(id)).body.code === 'task.read-only');
    expect(await filesOf()).toEqual([]);
  });

  it('without a sign-in, and from a foreign page, nothing', async () => {
    const nobody = new Uploader(app.url, '', taskId);
    expect((await nobody.begin({ size: 10 })).status).toBe(401);
    const path = `${app.url}/api/workspaces/${taskId}/uploads`;
    const cookie = await signIn(app.get(DataSource), city.people.member.id);
    const foreign = await fetch(path, {
      method: 'POST',
      headers: { cookie, origin: 'https://other.example' },
    });
    expect(foreign.status).toBe(403);
  });

  it('an overseer of a task with personal data sees no file, and gets none', async () => {
    const secret = await city.aTask('IN_PROGRESS', { confidentiality: 'PERSONAL_DATA' });
    const { body } = await (await as('member', secret)).upload(Buffer.from('nama warga'));
    expect((await city.here.reader.snapshot(city.people.sekda.id, secret)).state.files).toEqual([]);
    expect((await (await as('sekda', secret)).link(body.id)).status).toBe(404);
    expect((await (await as('sekda')).link(body.id)).status).toBe(404);
  });
});

it('a wish with unknown or missing fields says which', async () => {
  const member = await as('member');
  expect((await member.begin({ id: 'x', size: 1 })).body).toMatchObject({
    code: 'validation',
    details: { fields: [{ field: 'id', rule: 'not-a-uuid' }] },
  });
  expect((await member.link(randomUUID(), 'steal' as 'download')).body.code).toBe('validation');
});
