import { gzipSync } from 'node:zlib';
import type { PublicPageView } from '#libs/contracts';
import { renderDetailPage } from './detail-page.js';
import { renderErrorPage } from './error-page.js';
import { wordsOf } from './languages.js';
import { renderListPage } from './list-page.js';
import { LIVE_SCRIPT } from './live-script.js';
import { readListQuery } from './list-query.js';
import { STYLESHEET } from './stylesheet.js';

const AT = '2026-11-24T03:30:00.000Z';

const page: PublicPageView = {
  id: '00000000-0000-4000-8000-000000000001',
  address: 'abcdefghjk',
  slug: 'drainase',
  title: 'Normalisasi drainase',
  summary: 'Saluran dinormalkan.',
  category: 'Infrastruktur',
  priorityProgram: null,
  locations: ['Kec. Jelutung'],
  statusLabel: 'Sedang dikerjakan',
  statusSince: AT,
  coordinatingOpd: { name: 'Dinas Pekerjaan Umum dan Penataan Ruang', abbreviation: 'PUPR' },
  supportingOpds: [{ name: 'Badan Penanggulangan Bencana Daerah', abbreviation: 'BPBD' }],
  startDate: '2026-09-07',
  dueDate: '2126-12-20',
  originalDueDate: '2126-11-30',
  milestones: [
    { title: 'Peta', dueDate: '2026-09-25', done: true, completedOn: '2026-09-24' },
    { title: 'Pipa', dueDate: '2026-11-27', done: false, completedOn: null },
  ],
  updates: [{ id: 'u1', at: AT, body: 'Alur laporan sudah diuji.' }],
  questions: [
    {
      id: 'q1',
      askedAt: AT,
      kelurahan: 'Legok',
      text: 'Kapan?',
      answer: { body: 'Besok.', opd: 'PUPR', at: AT },
    },
  ],
  updatedAt: AT,
};

const id = wordsOf('id');
const detail = (change: Partial<PublicPageView> = {}, words = id) =>
  renderDetailPage({ page: { ...page, ...change }, version: 'abcdef01.7', words });

describe('the page of a work', () => {
  it('says the state first, then news, stages, who answers, and questions', () => {
    const html = detail().split('<body>')[1] ?? '';
    const order = [
      '<h1 lang="id">Normalisasi drainase</h1>',
      'Sedang dikerjakan. Perkiraan selesai 20 Desember 2126.',
      'Perkiraan selesai berubah dari 30 November 2126 menjadi 20 Desember 2126.',
      'Diperbarui <time dateTime="2026-11-24T03:30:00.000Z">24 November 2026 pukul 10.30 WIB</time>',
      'Alur laporan sudah diuji.',
      '1 dari 2 tahap selesai',
      'Dinas Pekerjaan Umum dan Penataan Ruang (PUPR) bertanggung jawab',
      'Kapan?',
      'Besok.',
      'Muat ulang',
    ].map((text) => html.toLowerCase().indexOf(text.toLowerCase()));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('escapes whatever was written, also in the head', () => {
    const evil = `"><script>alert(1)</script><img src=x onerror='alert(1)'>{{x}}`;
    const html = detail({
      title: evil,
      summary: evil,
      slug: 'x',
      category: evil,
      locations: [evil],
      statusLabel: evil,
      updates: [{ id: evil, at: AT, body: evil }],
      questions: [
        { id: evil, askedAt: AT, kelurahan: evil, text: evil, answer: { body: evil, opd: evil, at: AT } },
      ],
      milestones: [{ title: evil, dueDate: null, done: false, completedOn: null }],
    });
    expect(html).not.toContain('<img');
    expect(html.match(/<script/g)).toHaveLength(1);
    // Quoted values aside, no element has a handler.
    expect(html.replace(/"[^"]*"/g, '')).not.toMatch(/<[^>]+\son\w+=/);
  });

  it('is marked as Indonesian where agencies wrote, in English around it', () => {
    const html = detail({}, wordsOf('en'));
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('Under way. Expected to be finished on 20 December 2126.');
    expect(html).toMatch(/lang="id"[^>]*>Alur laporan sudah diuji\./);
    expect(html).toContain('href="/pekerjaan/drainase-abcdefghjk"');
  });

  it('points to the rest when there is much to read', () => {
    const updates = Array.from({ length: 40 }, (_, i) => ({
      id: `u${i}`,
      at: AT,
      body: 'Kabar panjang. '.repeat(30),
    }));
    const html = detail({ updates });
    expect(html).toMatch(/href="\/pekerjaan\/drainase-abcdefghjk\/semua">Lihat \d+ yang lebih lama/);
    const all = renderDetailPage({ page: { ...page, updates }, version: 'a.1', words: id, all: true });
    expect(all.match(/Kabar panjang\. Kabar/g)?.length).toBeGreaterThanOrEqual(40);
  });
});

describe('what a citizen must load', () => {
  it('is at most 30 kB for a page, 8 kB of it style, and 5 kB of packed script', () => {
    const updates = Array.from({ length: 100 }, (_, i) => ({ id: `u${i}`, at: AT, body: 'x'.repeat(2_000) }));
    const questions = Array.from({ length: 100 }, (_, i) => ({
      ...page.questions[0]!,
      id: `q${i}`,
      text: 'y'.repeat(1_500),
    }));
    const milestones = Array.from({ length: 20 }, (_, i) => ({
      ...page.milestones[0]!,
      title: `Tahap yang ke-${i}`,
    }));
    expect(Buffer.byteLength(detail({ updates, questions, milestones }))).toBeLessThan(30_000);
    expect(Buffer.byteLength(STYLESHEET)).toBeLessThan(8_000);
    expect(gzipSync(LIVE_SCRIPT).byteLength).toBeLessThan(5_000);
    const list = renderListPage({
      query: readListQuery({}),
      list: {
        all: 128,
        updatedAt: AT,
        found: 128,
        pages: Array.from({ length: 20 }, (_, i) => ({ ...page, id: String(i) })),
      },
      facets: { districts: ['Jelutung'], categories: ['Infrastruktur'], statuses: ['Selesai'] },
      words: id,
    });
    expect(Buffer.byteLength(list)).toBeLessThan(30_000);
  });
});

describe('the list', () => {
  const list = (query: Record<string, unknown>, found: number, all = 128) =>
    renderListPage({
      query: readListQuery(query),
      list: { all, updatedAt: all ? AT : null, found, pages: found ? [page] : [] },
      facets: { districts: ['Jelutung'], categories: [], statuses: [] },
      words: id,
    });

  it('begins with the count and the last update', () => {
    expect(list({}, 128)).toContain(
      '128 pekerjaan terbuka. Terakhir diperbarui 24 November 2026 pukul 10.30 WIB.',
    );
    expect(list({}, 128)).toContain('Tahap berikutnya: Pipa');
    expect(list({}, 128)).toContain('Halaman 1 dari 7');
  });

  it('keeps what was asked for in its form and in the links of its pages', () => {
    const html = list({ q: 'air "bersih" <b>', kecamatan: 'Jelutung', halaman: '2' }, 100);
    expect(html).toContain('value="air &quot;bersih&quot; &lt;b&gt;"');
    expect(html).toContain('<option value="Jelutung" selected="">');
    expect(html).toContain('href="/?q=air+%22bersih%22+%3Cb%3E&amp;kecamatan=Jelutung&amp;halaman=3"');
    expect(html).toContain('<meta name="robots" content="noindex">');
  });

  it('says what to do when nothing is found, and when nothing is there', () => {
    expect(list({ kecamatan: 'Pelayangan' }, 0)).toContain(
      'Belum ada pekerjaan di Kecamatan Pelayangan yang cocok.',
    );
    expect(list({ q: 'zzz' }, 0)).toContain('Tidak ditemukan pekerjaan untuk “zzz”.');
    expect(list({}, 0, 0)).toContain('Belum ada pekerjaan yang ditayangkan.');
  });

  it.each([
    { halaman: '-3' },
    { halaman: '1e99' },
    { q: ['a', 'b'] },
    { q: { toString: 1 } },
    { status: 'x'.repeat(9_999) },
  ])('answers %j with a list', (query) => {
    expect(list(query as Record<string, unknown>, 3)).toContain('pekerjaan terbuka');
  });
});

it('has friendly pages for what is not there and what went wrong', () => {
  expect(renderErrorPage(404, id)).toContain('Halaman tidak ditemukan');
  expect(renderErrorPage(500, id)).toContain('Status terakhir tetap dapat dilihat di daftar pekerjaan.');
  expect(renderErrorPage(503, wordsOf('en'))).toContain('This page is busy');
});
