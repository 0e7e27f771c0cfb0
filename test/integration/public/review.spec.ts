import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { LIMITS, type ActorView } from '#libs/contracts';
import { uuidOf } from '#libs/database';
import { freshDatabase } from '../../support/postgres.js';
import { publicApp, type PublicApp } from './app.js';
import { aCity, type City } from './city.js';

let app: PublicApp;
let city: City;
let lead: ActorView;
let ppid: ActorView;
let unitPpid: ActorView;

const DRAINAGE = uuidOf('tgs-2026-0001');

beforeAll(async () => {
  app = await publicApp(await freshDatabase());
  city = await aCity(app.source, app.log);
  await app.source.query(`DELETE FROM public_updates WHERE status <> 'APPROVED'`);
  lead = city.tasks[0]!.lead;
  await app.service.publishPage(lead, city.pageOf('TGS-2026-0001'));
  [ppid, unitPpid] = city.people.filter((person) =>
    city.tasks.every((task) => task.lead.id !== person.id),
  ) as [ActorView, ActorView];
  await grantPpid(ppid, null);
  await grantPpid(unitPpid, uuidOf('opd DLH'));
});

afterAll(() => app.close());

async function grantPpid(person: ActorView, opdId: string | null): Promise<void> {
  await app.source.query(
    `INSERT INTO role_grants (id, person_id, role, opd_id, valid_from) VALUES ($1, $2, 'PPID', $3, '2020-01-01')`,
    [randomUUID(), person.id, opdId],
  );
}

const draft = (body: string, actor = lead, workspaceId = DRAINAGE, commandId: string = randomUUID()) =>
  app.service.draft(actor, { workspaceId, commandId, body });

async function waiting(): Promise<string> {
  const { items } = await app.service.queue(ppid, 'PENDING', undefined);
  return items.at(-1)!.update.id;
}

const review = (updateId: string, verdict: 'APPROVED' | 'RETURNED', reason?: string, actor = ppid) =>
  app.service.review(actor, { commandId: randomUUID(), updateId, verdict, reason });

it('brings a sentence from the team lead over the PPID to an open page', async () => {
  const [row] = await app.source.query<{ address: string }[]>(
    'SELECT address FROM public_pages WHERE task_id = $1',
    [DRAINAGE],
  );
  const reader = await app.events(`/pekerjaan/${row!.address}/peristiwa`);
  await reader.next();

  await draft('Pipa terakhir dipindahkan pekan ini.');
  const { items } = await app.service.queue(ppid, 'PENDING', undefined);
  expect(items).toMatchObject([
    {
      opd: 'Dinas PUPR',
      publicPath: expect.stringMatching(/^\/pekerjaan\/drainase-musim-hujan-2026-/),
      update: {
        body: 'Pipa terakhir dipindahkan pekan ini.',
        status: 'PENDING',
        draftedBy: { id: lead.id },
        reviewedBy: null,
      },
    },
  ]);
  expect((await app.get(items[0]!.publicPath!)).body).not.toContain('Pipa terakhir');

  const { seq, streamId } = await review(items[0]!.update.id, 'APPROVED');
  expect(streamId).toBe(DRAINAGE);
  expect((await reader.next()).data).toContain('Pipa terakhir dipindahkan pekan ini.');
  expect((await app.get(items[0]!.publicPath!)).body).toContain('Pipa terakhir dipindahkan pekan ini.');
  reader.close();
  const [stored] = await app.source.query<{ type: string; data: unknown }[]>(
    'SELECT type, data FROM stream_event WHERE stream_id = $1 AND seq = $2',
    [DRAINAGE, seq],
  );
  expect(stored).toMatchObject({
    type: 'public-update.reviewed',
    data: { update: { status: 'APPROVED', reviewedBy: { id: ppid.id } } },
  });
  expect((await app.service.queue(ppid, 'PENDING', undefined)).items).toEqual([]);
});

it('gives the address of the page to who sees the task, and says nothing to others', async () => {
  const path = await app.service.pathOf(lead, DRAINAGE);
  expect(path).toMatch(/^\/pekerjaan\/drainase-musim-hujan-2026-[a-z2-9]{10}$/);
  expect((await app.get(path!)).status).toBe(200);
  await expect(app.service.pathOf(ppid, DRAINAGE)).rejects.toMatchObject({ code: 'not-found' });
  await app.source.query('UPDATE public_pages SET published = false WHERE task_id = $1', [DRAINAGE]);
  expect(await app.service.pathOf(lead, DRAINAGE)).toBeNull();
  await app.source.query('UPDATE public_pages SET published = true WHERE task_id = $1', [DRAINAGE]);
});

it('answers the same draft again with its first answer', async () => {
  const commandId = randomUUID();
  const first = await draft('Sekali saja.', lead, DRAINAGE, commandId);
  expect(await draft('Sekali saja.', lead, DRAINAGE, commandId)).toEqual({ ...first, dup: true });
  await expect(draft('Lain.', lead, DRAINAGE, commandId)).rejects.toMatchObject({ code: 'command.reused' });
  expect((await app.service.queue(ppid, 'PENDING', undefined)).items).toHaveLength(1);
  await review(await waiting(), 'RETURNED', 'Sebutkan tanggalnya.');
});

it('returns a sentence with a reason, never without one, and citizens see nothing of it', async () => {
  await draft('Kalimat yang kurang jelas.');
  const id = await waiting();
  await expect(review(id, 'RETURNED')).rejects.toMatchObject({
    code: 'validation',
    details: { fields: [{ field: 'reason', rule: 'required' }] },
  });
  await review(id, 'RETURNED', 'Sebutkan lokasinya.');
  const { items } = await app.service.queue(ppid, 'RETURNED', undefined);
  expect(items.at(-1)?.update).toMatchObject({ reason: 'Sebutkan lokasinya.', status: 'RETURNED' });
  expect((await app.get(items[0]!.publicPath!)).body).not.toContain('kurang jelas');
  await expect(review(id, 'APPROVED')).rejects.toMatchObject({
    code: 'public-update.not-pending',
    details: { status: 'RETURNED' },
  });
});

it('has one outcome when two PPIDs press at once', async () => {
  const second = city.people.find((person) => ![ppid.id, unitPpid.id, lead.id].includes(person.id))!;
  await grantPpid(second, null);
  for (let i = 0; i < 5; i++) {
    await draft(`Kabar ke-${i}`);
    const id = await waiting();
    const answers = await Promise.allSettled([
      review(id, 'APPROVED'),
      review(id, 'RETURNED', 'Belum.', second),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(answers.find((answer) => answer.status === 'rejected')?.reason).toMatchObject({
      code: 'public-update.not-pending',
    });
  }
});

it('takes no more sentences of a task than the PPID can read', async () => {
  const waits = async () => (await app.service.queue(ppid, 'PENDING', undefined)).items.length;
  for (let i = await waits(); i < LIMITS.publicUpdatesPending; i++) await draft(`Kabar panjang ke-${i}`);
  await expect(draft('Satu lagi.')).rejects.toMatchObject({
    code: 'public-update.too-many',
    details: { limit: LIMITS.publicUpdatesPending },
  });
  await review(await waiting(), 'APPROVED');
  await draft('Satu lagi.');
  await app.source.query(`DELETE FROM public_updates WHERE status = 'PENDING'`);
});

it('lets only the team lead draft, and only for a published task', async () => {
  const outsider = city.people.find(
    (person) => city.tasks.every((task) => task.lead.id !== person.id) && person.opd === 'BPBD',
  );
  await expect(draft('Bukan saya.', outsider ?? ppid)).rejects.toMatchObject({
    code: expect.stringMatching(/not-found|forbidden/),
  });
  const proposed = city.tasks.find(({ sample }) => sample.status === 'PROPOSED')!;
  await expect(draft('Usulan.', proposed.lead, proposed.id)).rejects.toMatchObject({ code: 'forbidden' });
  await app.source.query('UPDATE tasks SET published = false WHERE id = $1', [uuidOf('tgs-2026-0006')]);
  const hidden = city.tasks.find(({ id }) => id === uuidOf('tgs-2026-0006'))!;
  await expect(draft('Belum tayang.', hidden.lead, hidden.id)).rejects.toMatchObject({
    code: 'public.not-published',
  });
});

it('lets nobody but the PPID see the queue or review, and a unit’s PPID only the unit’s', async () => {
  await draft('Menunggu.');
  const id = await waiting();
  await expect(app.service.queue(lead, 'PENDING', undefined)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(review(id, 'APPROVED', undefined, lead)).rejects.toMatchObject({ code: 'not-found' });
  expect((await app.service.queue(unitPpid, 'PENDING', undefined)).items).toEqual([]);
  await expect(review(id, 'APPROVED', undefined, unitPpid)).rejects.toMatchObject({ code: 'not-found' });
  await expect(review(randomUUID(), 'APPROVED')).rejects.toMatchObject({ code: 'not-found' });
  await review(id, 'APPROVED');
});

it('gives a long queue in pages, the longest waiting first', async () => {
  const shown = await app.source.query<{ id: string }[]>('SELECT id FROM tasks WHERE published');
  const open = city.tasks.filter(
    ({ id, sample }) => sample.status === 'IN_PROGRESS' && shown.some((task) => task.id === id),
  );
  for (const { sample, lead: own } of open) await app.service.publishPage(own, city.pageOf(sample.code));
  for (let i = 0; i < 53; i++) {
    const { id, lead: own } = open[i % open.length]!;
    await draft(`Antre ${i}`, own, id);
  }
  const first = await app.service.queue(ppid, 'PENDING', undefined);
  expect(first.items).toHaveLength(50);
  const second = await app.service.queue(ppid, 'PENDING', first.next ?? undefined);
  expect(second.next).toBeNull();
  expect([...first.items, ...second.items].map(({ update }) => update.body)).toEqual(
    Array.from({ length: 53 }, (_, i) => `Antre ${i}`),
  );
  await expect(app.service.queue(ppid, 'PENDING', 'nonsense')).rejects.toMatchObject({ code: 'validation' });
});

describe('over HTTP', () => {
  async function signedIn(person: ActorView): Promise<string> {
    await app.source.query(
      `INSERT INTO accounts (person_id, password_hash) VALUES ($1, 'x') ON CONFLICT DO NOTHING`,
      [person.id],
    );
    const token = randomBytes(32).toString('base64url');
    await app.source.query(
      `INSERT INTO sessions (id, token_hash, person_id, expires_at) VALUES ($1, $2, $3, now() + interval '1 hour')`,
      [randomUUID(), createHash('sha256').update(token).digest(), person.id],
    );
    return `simpul_session=${token}`;
  }

  const post = (id: string, body: object, cookie = '') =>
    fetch(`${app.url}/api/public-updates/${id}/review`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', cookie },
      body: JSON.stringify(body),
    });

  it('answers the signed-in PPID only, and says which field is wrong', async () => {
    const cookie = await signedIn(ppid);
    const { body } = await app.get('/api/public-updates?status=PENDING', { cookie });
    const { items } = JSON.parse(body) as { items: { update: { id: string } }[] };
    const id = items[0]!.update.id;
    expect((await app.get('/api/public-updates')).status).toBe(401);
    expect((await app.get('/api/public-updates', { cookie: await signedIn(lead) })).status).toBe(403);
    expect((await app.get('/api/public-updates?status=ANY', { cookie })).status).toBe(400);

    const commandId = randomUUID();
    expect((await post(id, { commandId, verdict: 'APPROVED' })).status).toBe(401);
    for (const wrong of [
      { commandId, verdict: 'MAYBE' },
      { commandId, verdict: 'RETURNED' },
      { commandId, verdict: 'RETURNED', reason: ' \u200b ' },
      { commandId: 'x', verdict: 'APPROVED' },
      { commandId, verdict: 'APPROVED', more: 1 },
      { commandId, verdict: 'APPROVED', updateId: randomUUID() },
      { commandId, verdict: 'RETURNED', reason: 'x'.repeat(2_001) },
    ]) {
      expect([wrong, (await post(id, wrong, cookie)).status]).toEqual([wrong, 400]);
    }
    expect((await post('nonsense', { commandId, verdict: 'APPROVED' }, cookie)).status).toBe(400);
    const first = await post(id, { commandId, updateId: id, verdict: 'APPROVED' }, cookie);
    expect([first.status, await first.json()]).toMatchObject([
      200,
      { commandId, streamId: DRAINAGE, dup: false },
    ]);
    const again = await post(id, { commandId, updateId: id, verdict: 'APPROVED' }, cookie);
    expect([again.status, await again.json()]).toMatchObject([200, { commandId, dup: true }]);
    const other = await post(id, { commandId: randomUUID(), verdict: 'APPROVED' }, cookie);
    expect([other.status, await other.json()]).toMatchObject([409, { code: 'public-update.not-pending' }]);
  });
});
