import { freshDatabase } from '../../support/postgres.js';
import { publicApp, type Answer, type PublicApp } from './app.js';
import { aCity, type City } from './city.js';

let app: PublicApp;
let city: City;

beforeAll(async () => {
  app = await publicApp(await freshDatabase());
  city = await aCity(app.source, app.log);
  for (const { sample, lead } of city.tasks) {
    if (sample.public.published) await app.service.publishPage(lead, city.pageOf(sample.code));
  }
  await caughtUp();
});

afterAll(() => app.close());

/** Waits until the projection has read all that was committed. */
async function caughtUp(): Promise<void> {
  for (;;) {
    const [row] = await app.source.query<{ behind: boolean }[]>(
      `SELECT EXISTS (SELECT 1 FROM stream_event e, consumer_cursor c
         WHERE c.name = 'public' AND (e.xid, e.stream_id, e.seq) > (c.xid, c.stream_id, c.seq)
           AND e.type <> 'page.changed') AS behind`,
    );
    if (!row?.behind) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const links = (html: string) =>
  [...html.matchAll(/href="(\/(?:en\/)?pekerjaan\/[^"]+)"/g)].map(([, path]) => path!);
const main = (html: string) => html.slice(html.indexOf('<main'), html.indexOf('</main>'));

async function linkOf(slug: string): Promise<string> {
  const { body } = await app.get('/');
  return links(body).find((path) => path.includes(slug))!;
}

describe('the list', () => {
  it('tells how many works there are and when the last one changed, and shows each', async () => {
    const { status, body } = await app.get('/');
    expect(status).toBe(200);
    expect(body).toMatch(/11 pekerjaan terbuka\. Terakhir diperbarui \d+ \w+ \d{4} pukul \d\d\.\d\d WIB\./);
    expect(links(body).filter((path) => !path.startsWith('/en'))).toHaveLength(11);
  });

  it.each([
    ['?q=drainase', ['drainase-musim-hujan-2026']],
    ['?q=DRAIN%C3%81SE', ['drainase-musim-hujan-2026']],
    ['?q=kebanjiran+genangan', []],
    ['?q=pasar+murah', ['pasar-murah-nataru-2026']],
    ['?kecamatan=Jelutung&bidang=Lingkungan', ['tps-liar-tahap-3']],
    ['?status=Ditunda', ['sensor-air-batanghari']],
    ['?q=%27%3B+DROP+TABLE+tasks--', []],
    ['?q=%F0%9F%99%82', []],
    ['?halaman=2', []],
  ])('answers %s with %j', async (query, slugs) => {
    const { status, body } = await app.get(`/${query}`);
    expect(status).toBe(200);
    const found = links(main(body)).map((path) => path.replace(/^\/pekerjaan\/(.*)-[a-z2-9]{10}$/, '$1'));
    expect(found).toEqual(slugs);
  });

  it('counts a work of the whole city in every kecamatan', async () => {
    const { body } = await app.get('/?kecamatan=Telanaipura');
    expect(body).toContain('kampung-bahagia-kelompok-b-2026');
  });

  it('answers in English below /en, with what agencies wrote marked as Indonesian', async () => {
    const { body } = await app.get('/en?status=Ditunda');
    expect(body).toContain('<html lang="en">');
    expect(body).toContain('On hold');
    expect(links(main(body))[0]).toMatch(/^\/en\/pekerjaan\/sensor-air-batanghari-/);
    expect((await app.get(links(main(body))[0]!)).body).toMatch(/On hold since \d+ September 2026\./);
  });

  it.each(['/?q=' + 'x'.repeat(5_000), '/?q[]=a&q[b]=c', '/?q=%00%01', '/?halaman=-1e9', '/?q=a&q=b'])(
    'is not upset by %s',
    async (path) => {
      expect((await app.get(path)).status).toBe(200);
    },
  );
});

describe('the page of a work', () => {
  it('is whole without script: state, news, stages, who answers, questions', async () => {
    const { status, headers, body } = await app.get(await linkOf('drainase'));
    expect(status).toBe(200);
    for (const text of [
      'Sedang dikerjakan. Perkiraan selesai 18 Desember 2026',
      'Pemerintah Kota Jambi menormalkan saluran',
      'Alur laporan genangan lewat 112 sudah diuji.',
      'Peta 24 titik genangan disepakati lintas OPD',
      'Dinas Pekerjaan Umum dan Penataan Ruang',
      'Uang pajak kami ke mana?',
      'Dijawab DISKOMINFO, 18 November 2026',
      'Muat ulang',
    ])
      expect(body).toContain(text);
    expect(body).not.toContain('Sedimen 12 saluran prioritas terangkat');
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['content-security-policy']).toMatch(/default-src 'none'; style-src 'sha256-/);
    expect(headers['cache-control']).toBe('public, max-age=5, stale-while-revalidate=30');
  });

  it('answers 304 to who has this version, and packs it for who can unpack', async () => {
    const path = await linkOf('drainase');
    const { headers } = await app.get(path);
    const again = await app.get(path, { 'If-None-Match': String(headers.etag) });
    expect([again.status, again.body]).toEqual([304, '']);
    expect((await app.get(path, { 'If-None-Match': 'W/"other"' })).status).toBe(200);
    const packed = await fetch(app.url + path, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(await packed.text()).toContain('Sedang dikerjakan');
  });

  it('leads a wrong slug to the right one', async () => {
    const path = await linkOf('drainase');
    const address = path.slice(path.lastIndexOf('-') + 1);
    for (const wrong of [address, `apa-saja-${address}`, `-${address}`]) {
      const { status, headers } = await app.get(`/pekerjaan/${wrong}`);
      expect([status, headers.location]).toEqual([301, path]);
    }
    expect((await app.get(`/en/pekerjaan/x-${address}`)).headers.location).toBe(`/en${path}`);
  });

  it('answers alike for what never was and for what is not published', async () => {
    const never = await app.get('/pekerjaan/orang-telantar-abcdefghjk');
    const [page] = await app.source.query<{ id: string; address: string }[]>(
      `SELECT id, address FROM public_pages WHERE page->>'slug' = 'hut-kota-2026'`,
    );
    await app.source.query('UPDATE public_pages SET published = false WHERE id = $1', [page!.id]);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const hidden = await app.get(`/pekerjaan/hut-kota-2026-${page!.address}`);
    await app.source.query('UPDATE public_pages SET published = true WHERE id = $1', [page!.id]);
    const comparable = ({ status, body, headers: { date: _, ...headers } }: Answer) => ({
      status,
      body,
      headers,
    });
    expect(never.status).toBe(404);
    expect(comparable(hidden)).toEqual(comparable(never));
    for (const path of ['terkini', 'peristiwa', 'semua']) {
      expect((await app.get(`/pekerjaan/abcdefghjk/${path}`)).status).toBe(404);
    }
  });

  it('shows a friendly page where nothing is, to people only', async () => {
    const page = await app.get('/tidak-ada', { Accept: 'text/html' });
    expect([page.status, page.body.includes('Halaman tidak ditemukan')]).toEqual([404, true]);
    expect((await app.get('/en/nothing')).body).toContain('Page not found');
    expect((await app.get('/api/nothing', { Accept: 'text/html' })).headers['content-type']).toContain(
      'problem+json',
    );
    expect((await app.get('/tidak-ada', { Accept: 'application/json' })).headers['content-type']).toContain(
      'problem+json',
    );
  });
});

it('gives script and mark at addresses of their own, to be kept', async () => {
  const page = await app.get(await linkOf('drainase'));
  const [, script] = /src="(\/langsung-[0-9a-f]{12}\.js)"/.exec(page.body)!;
  const { status, headers, body } = await app.get(script!);
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([
    200,
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
  ]);
  expect(body).toContain('EventSource');
  expect((await app.get('/favicon.svg')).headers['content-type']).toBe('image/svg+xml');
  expect((await app.get('/robots.txt')).body).toContain('Disallow: /app');
});

it('has no internal word in any byte of any public answer', async () => {
  const { body } = await app.get('/');
  const paths = ['/', '/en', '/?q=jalan', '/pekerjaan/x', '/robots.txt', '/favicon.svg', '/tidak-ada'];
  for (const path of links(main(body))) {
    const address = path.slice(path.lastIndexOf('-') + 1);
    paths.push(
      path,
      `/en${path}`,
      `${path}/semua`,
      `/pekerjaan/${address}/terkini`,
      `/en/pekerjaan/${address}/terkini`,
    );
  }
  const answers = await Promise.all(paths.map(async (path) => ({ path, ...(await app.get(path)) })));
  for (const path of links(main(body))) {
    const events = await app.events(`/pekerjaan/${path.slice(path.lastIndexOf('-') + 1)}/peristiwa`);
    answers.push({ path, status: 200, headers: events.answer.headers, body: (await events.next()).data });
    events.close();
  }
  expect(city.secrets.length).toBeGreaterThan(400);
  expect(answers.length).toBeGreaterThan(60);
  const leaks = answers.flatMap(({ path, headers, body: text }) => {
    const plain = `${JSON.stringify(headers)} ${text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&')}`;
    return city.secrets.filter((secret) => plain.includes(secret)).map((secret) => `${path}: ${secret}`);
  });
  expect(leaks).toEqual([]);
  // The search looks through what is published only.
  const secretWords = await app.get(
    `/?q=${encodeURIComponent(city.tasks[0]!.sample.threads[0]!.messages[0]!.body.slice(0, 60))}`,
  );
  expect(links(main(secretWords.body))).toEqual([]);
});
