import { commandOf, event, uuidOf } from '#libs/database';
import { freshDatabase } from '../../support/postgres.js';
import { publicApp, type PublicApp } from './app.js';
import { aCity, type City } from './city.js';

let url: string;
let app: PublicApp;
let city: City;

beforeAll(async () => {
  url = await freshDatabase();
  app = await publicApp(url);
  city = await aCity(app.source, app.log);
  await settled();
});

afterAll(() => app.close());

const DRAINAGE = uuidOf('tgs-2026-0001');
let made = 0;

async function settled(): Promise<void> {
  for (;;) {
    const [row] = await app.source.query<{ behind: boolean }[]>(
      `SELECT EXISTS (SELECT 1 FROM stream_event e, consumer_cursor c
         WHERE c.name = 'public' AND (e.xid, e.stream_id, e.seq) > (c.xid, c.stream_id, c.seq)
           AND e.type NOT LIKE 'page.%') AS behind`,
    );
    if (!row?.behind) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function rename(title: string, on = app): Promise<void> {
  const command = commandOf(city.tasks[0]!.lead, 'task.update', { commandId: uuidOf(`rename ${++made}`) });
  await on.log.record(command, async (tx) => {
    await tx.query('UPDATE tasks SET title = $2 WHERE id = $1', [DRAINAGE, title]);
    return { events: [event('task.updated', DRAINAGE, { task: {} as never })] };
  });
}

interface Version {
  seq: number;
  title: string;
  actor: { id: string; name: string; opd: string };
}

function versions(): Promise<Version[]> {
  return app.source.query<Version[]>(
    `SELECT e.seq::int AS seq, e.data->'page'->>'title' AS title, e.actor FROM stream_event e
     JOIN public_pages p ON p.id = e.stream_id WHERE p.task_id = $1 ORDER BY e.seq`,
    [DRAINAGE],
  );
}

it('makes a page for each published task, and none for a draft or a proposal', async () => {
  const rows = await app.source.query<{ code: string }[]>(
    'SELECT t.code FROM public_pages p JOIN tasks t ON t.id = p.task_id WHERE p.published ORDER BY t.code',
  );
  expect(rows.map(({ code }) => code)).toEqual(
    city.tasks.filter(({ sample }) => sample.public.published).map(({ sample }) => sample.code),
  );
});

it('numbers each version in the page’s own stream, in no person’s name', async () => {
  const [first, ...more] = await versions();
  expect(more).toEqual([]);
  expect(first).toMatchObject({
    seq: 1,
    actor: { id: '00000000-0000-0000-0000-000000000000', name: 'Simpul', opd: '' },
  });
});

it('makes one version of what a failure in the middle had made before', async () => {
  const before = await versions();
  await app.source.query(`
    CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stumbled'; END $$;
    CREATE TRIGGER stumble BEFORE UPDATE ON consumer_cursor FOR EACH ROW WHEN (OLD.name = 'public') EXECUTE FUNCTION stumble();`);
  await rename('Judul setelah gangguan');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await versions()).toEqual(before);
  await app.source.query('DROP TRIGGER stumble ON consumer_cursor');
  await settled();
  expect((await versions()).slice(before.length).map(({ title }) => title)).toEqual([
    'Judul setelah gangguan',
  ]);
});

it('writes nothing when it reads its history again', async () => {
  const before = await versions();
  await app.source.query(
    `UPDATE consumer_cursor SET xid = '0', stream_id = '00000000-0000-0000-0000-000000000000', seq = 0 WHERE name = 'public'`,
  );
  await settled();
  expect(await versions()).toEqual(before);
});

it('counts each change once with several instances at work, one of them stopped in the middle', async () => {
  const others = [await publicApp(url), await publicApp(url)];
  for (let i = 0; i < 30; i++) {
    await rename(`Judul ${i}`, [app, ...others][i % 3]);
    if (i === 15) await others[0]!.close();
    if (i === 15) others[0] = app;
  }
  await settled();
  const all = await versions();
  expect(all.map(({ seq }) => seq)).toEqual(all.map((_, i) => i + 1));
  expect(all.at(-1)?.title).toBe('Judul 29');
  expect(all.every(({ title }, i) => title !== all[i - 1]?.title)).toBe(true);
  await others[1]!.close();
});

it('takes what was published before once, however often it is given', async () => {
  const { lead } = city.tasks[0]!;
  const wish = city.pageOf('TGS-2026-0001');
  await app.service.publishPage(lead, wish);
  await settled();
  const after = await versions();
  const updates = () =>
    app.source.query('SELECT * FROM public_updates WHERE task_id = $1 ORDER BY id', [DRAINAGE]);
  const stored = await updates();
  await app.service.publishPage(lead, wish);
  await settled();
  expect(await versions()).toEqual(after);
  expect(await updates()).toEqual(stored);
  const [row] = await app.source.query<{ updates: { at: string }[]; slug: string }[]>(
    `SELECT page->'updates' AS updates, page->>'slug' AS slug FROM public_pages WHERE task_id = $1`,
    [DRAINAGE],
  );
  expect(row?.slug).toBe('drainase-musim-hujan-2026');
  // Newest first, with the dates of then.
  expect(row?.updates.map(({ at }) => at)).toEqual(
    wish.updates.map(({ at }) => at).sort((a, b) => (a < b ? 1 : -1)),
  );
});

it('does not publish by hand what is not published', async () => {
  const proposed = city.tasks.find(({ sample }) => sample.status === 'PROPOSED')!;
  await expect(
    app.service.publishPage(proposed.lead, { taskId: proposed.id, summary: 'x', updates: [], questions: [] }),
  ).rejects.toMatchObject({ code: 'public.not-published' });
});

it('passes over a page whose stream is missing, says so and counts it', async () => {
  const { projection } = app;
  const { skipped } = projection;
  const before = await pageTitle();
  const [{ id } = { id: '' }] = await app.source.query<{ id: string }[]>(
    'SELECT id FROM public_pages WHERE task_id = $1',
    [DRAINAGE],
  );
  const [head] = await app.source.query<object[]>('SELECT * FROM stream_head WHERE id = $1', [id]);
  await app.source.query('DELETE FROM stream_head WHERE id = $1', [id]);
  try {
    await rename('Judul yang tidak sampai');
    await settled();
    expect(projection.skipped).toBe(skipped + 1);
    expect(await pageTitle()).toBe(before);
  } finally {
    await app.source.query(
      'INSERT INTO stream_head SELECT * FROM jsonb_populate_record(NULL::stream_head, $1)',
      [JSON.stringify(head)],
    );
  }
  await rename('Judul sesudahnya');
  await settled();
  expect(await pageTitle()).toBe('Judul sesudahnya');
});

async function pageTitle(): Promise<string | undefined> {
  const [row] = await app.source.query<{ title: string }[]>(
    `SELECT page->>'title' AS title FROM public_pages WHERE task_id = $1`,
    [DRAINAGE],
  );
  return row?.title;
}
