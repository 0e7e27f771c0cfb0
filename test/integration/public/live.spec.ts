import type { PublicPageView } from '#libs/contracts';
import { commandOf, event, uuidOf } from '#libs/database';
import { freshDatabase } from '../../support/postgres.js';
import { publicApp, type PublicApp } from './app.js';
import { aCity, type City } from './city.js';

let app: PublicApp;
let city: City;
let made = 0;

beforeAll(async () => {
  app = await publicApp(await freshDatabase());
  city = await aCity(app.source, app.log);
  for (const { sample, lead } of city.tasks) {
    if (sample.public.published) await app.service.publishPage(lead, city.pageOf(sample.code));
  }
  await settled();
});

afterAll(() => app.close());

const DRAINAGE = uuidOf('tgs-2026-0001');

interface Row {
  id: string;
  address: string;
  page: PublicPageView;
  published: boolean;
  seq: number;
}

async function pageRow(taskId = DRAINAGE, db = app.source): Promise<Row> {
  const [row] = await db.query<Row[]>(
    `SELECT p.id, p.address, p.page, p.published, h.seq::int AS seq FROM public_pages p JOIN stream_head h ON h.id = p.id
     WHERE p.task_id = $1`,
    [taskId],
  );
  return row!;
}

/** Waits until the projection has read all that was committed. */
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

/** Changes a column of the task as its services do: the row and the event in one commit. */
async function change(set: string, type: 'task.updated' | 'task.status-changed', on = app): Promise<void> {
  const { lead } = city.tasks[0]!;
  await on.log.record(
    commandOf(lead, type, { commandId: uuidOf(`change ${++made} ${Date.now()}`) }),
    async (tx) => {
      await tx.query(`UPDATE tasks SET ${set} WHERE id = $1`, [DRAINAGE]);
      return {
        events: [event(type, DRAINAGE, { task: {}, change: { from: 'ASSIGNED', to: 'BLOCKED' } } as never)],
      };
    },
  );
}

const to = (status: string) => change(`status = '${status}', status_since = now()`, 'task.status-changed');

describe('an open page', () => {
  it('gets nothing while it has the present version, then each new one within a second', async () => {
    const { address, id, seq } = await pageRow();
    const version = JSON.parse((await app.get(`/pekerjaan/${address}/terkini`)).body) as { version: string };
    expect(version.version).toMatch(new RegExp(`^[0-9a-f]{8}\\.${seq}$`));
    const reader = await app.events(`/pekerjaan/${address}/peristiwa?v=${version.version}`);
    expect(reader.answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(reader.answer.headers['cache-control']).toBe('no-store, no-transform');

    const began = Date.now();
    await to('ON_HOLD');
    const held = await reader.next();
    expect(Date.now() - began).toBeLessThan(1_000);
    const shown = JSON.parse(held.data) as { version: string; html: string; note: string };
    expect(shown.html).toContain('Ditunda sejak');
    expect(shown.note).toMatch(/^Halaman ini baru diperbarui pukul \d\d\.\d\d WIB\. Ditunda sejak/);
    expect(held.id).toBe(shown.version);
    expect(shown.version.split('.')[1]).toBe(String(seq + 1));
    // Whoever opens the page now sees the same.
    expect((await app.get(`/pekerjaan/${(await pageRow()).page.slug}-${address}`)).body).toContain(
      'Ditunda sejak',
    );

    await to('IN_PROGRESS');
    expect(JSON.parse((await reader.next()).data)).toMatchObject({
      note: expect.stringContaining('Sedang dikerjakan'),
    });
    reader.close();
    expect((await pageRow()).id).toBe(id);
  });

  it('gets what it missed when it comes back with the last version it had', async () => {
    const { address } = await pageRow();
    const first = await app.events(`/pekerjaan/${address}/peristiwa`);
    const { id } = await first.next();
    first.close();
    await change(`due_date = '2026-12-28'`, 'task.updated');
    await settled();
    const again = await app.events(`/pekerjaan/${address}/peristiwa?v=old.1`, { 'Last-Event-ID': id });
    expect(JSON.parse((await again.next()).data)).toMatchObject({
      html: expect.stringContaining('berubah dari 18 Desember 2026 menjadi 28 Desember 2026'),
    });
    again.close();
  });

  it('is told nothing of what citizens are not shown', async () => {
    const { seq, page } = await pageRow();
    await to('BLOCKED');
    await change(`description = 'sangat rahasia', priority = 'LOW'`, 'task.updated');
    await to('IN_PROGRESS');
    await settled();
    const now = await pageRow();
    expect(now.seq).toBe(seq);
    expect(now.page).toEqual(page);
  });

  it('hears that the work is no longer published, and then finds nothing there', async () => {
    const { address, page } = await pageRow();
    const reader = await app.events(`/pekerjaan/${address}/peristiwa`);
    await reader.next();
    await change('published = false', 'task.updated');
    expect((await reader.next()).event).toBe('gone');
    await reader.end();
    expect((await app.get(`/pekerjaan/${page.slug}-${address}`)).status).toBe(404);
    expect((await app.get(`/pekerjaan/${address}/terkini`)).status).toBe(404);
    expect((await app.get('/?q=drainase')).body).not.toContain(address);

    await change('published = true', 'task.updated');
    await settled();
    const back = await pageRow();
    // Published again it is the same page, with the same questions, at the same address.
    expect(back).toMatchObject({
      address,
      published: true,
      page: { questions: page.questions, summary: page.summary },
    });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await app.get(`/pekerjaan/${page.slug}-${address}`)).status).toBe(200);
  });
});

it('asks those above the number of places to come back, and to ask now and then instead', async () => {
  const { address } = await pageRow();
  const small = await publicApp(await freshDatabase(), {
    connections: 2,
    perAddress: 50,
    waiting: 1_000_000,
    heartbeatMs: 30,
  });
  try {
    const { lead } = (await aCity(small.source, small.log)).tasks[0]!;
    await small.service.publishPage(lead, city.pageOf('TGS-2026-0001'));
    const own = await pageRow(DRAINAGE, small.source);
    const path = `/pekerjaan/${own.address}/peristiwa`;
    const readers = [await small.events(path), await small.events(path)];
    await Promise.all(readers.map((reader) => reader.next()));
    const refused = await small.get(path);
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '60']);
    expect((await small.get(`/pekerjaan/${own.address}/terkini`)).status).toBe(200);
    readers[0]!.close();
    await until(() => small.viewers.count === 1);
    const third = await small.events(path);
    expect((await third.next()).event).toBe('message');
  } finally {
    const closing = Date.now();
    await small.close();
    // Open pages do not hold up a stop.
    expect(Date.now() - closing).toBeLessThan(5_000);
  }
  expect(address).toBeDefined();
});

it('leaves places for others when one address takes many', async () => {
  const small = await publicApp(await freshDatabase(), {
    connections: 10,
    perAddress: 1,
    waiting: 1_000_000,
    heartbeatMs: 25_000,
  });
  try {
    const { lead } = (await aCity(small.source, small.log)).tasks[0]!;
    await small.service.publishPage(lead, city.pageOf('TGS-2026-0001'));
    const path = `/pekerjaan/${(await pageRow(DRAINAGE, small.source)).address}/peristiwa`;
    const reader = await small.events(path);
    await reader.next();
    expect((await small.get(path)).status).toBe(503);
    expect(small.viewers.hasPlaceFor('10.0.0.9')).toBe(true);
    reader.close();
    await until(() => small.viewers.count === 0);
    expect(small.viewers.hasPlaceFor('127.0.0.1')).toBe(true);
  } finally {
    await small.close();
  }
});

it('cuts off a reader that does not read, and nobody else', async () => {
  const slowApp = await publicApp(await freshDatabase(), {
    connections: 10,
    perAddress: 50,
    waiting: 10_000,
    heartbeatMs: 25_000,
  });
  try {
    const inside = await aCity(slowApp.source, slowApp.log);
    const wish = inside.pageOf('TGS-2026-0001');
    await slowApp.service.publishPage(inside.tasks[0]!.lead, {
      ...wish,
      summary: 'Panjang. '.repeat(60_000),
    });
    const own = await pageRow(DRAINAGE, slowApp.source);
    const slow = await slowApp.events(`/pekerjaan/${own.address}/peristiwa`);
    slow.answer.pause();
    slow.answer.socket.pause();
    const quick = await slowApp.events(`/pekerjaan/${own.address}/peristiwa`);
    for (let i = 0; i < 60 && slowApp.viewers.cutOff === 0; i++) {
      await slowApp.service.publishPage(inside.tasks[0]!.lead, {
        ...wish,
        summary: `${i} panjang. `.repeat(60_000),
      });
      await quick.next();
    }
    expect(slowApp.viewers.cutOff).toBe(1);
    await until(() => slowApp.viewers.count === 1);
  } finally {
    await slowApp.close();
  }
});

it('moves a page that is open on another instance', async () => {
  const url = (app.source.options as { url: string }).url;
  const other = await publicApp(url);
  try {
    const { address } = await pageRow();
    const reader = await other.events(`/pekerjaan/${address}/peristiwa`);
    await reader.next();
    await change(`due_date = '2026-12-30'`, 'task.updated');
    expect(JSON.parse((await reader.next()).data)).toMatchObject({
      html: expect.stringContaining('30 Desember 2026'),
    });
    reader.close();
  } finally {
    await other.close();
  }
});

async function until(done: () => boolean): Promise<void> {
  for (let i = 0; i < 250 && !done(); i++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(done()).toBe(true);
}
