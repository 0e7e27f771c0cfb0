import type { PublicPageView } from '#libs/contracts';
import { en } from './page-words.en.js';
import { id } from './page-words.js';

const base = {
  statusLabel: 'Sedang dikerjakan',
  statusSince: '2026-11-03T18:00:00.000Z',
  startDate: '2026-09-07',
  dueDate: '2026-12-20',
} as PublicPageView;

const TODAY = '2026-11-24';

it.each<[Partial<PublicPageView>, string, string]>([
  [
    {},
    'Sedang dikerjakan. Perkiraan selesai 20 Desember 2026.',
    'Under way. Expected to be finished on 20 December 2026.',
  ],
  [
    { dueDate: TODAY },
    'Sedang dikerjakan. Perkiraan selesai 24 November 2026.',
    'Under way. Expected to be finished on 24 November 2026.',
  ],
  [
    { dueDate: '2026-11-20' },
    'Sedang dikerjakan. Perkiraan selesai 20 November 2026 sudah terlewati.',
    'Under way. The expected date of completion, 20 November 2026, has passed.',
  ],
  [
    { dueDate: null },
    'Sedang dikerjakan. Tanggal selesai belum ditetapkan.',
    'Under way. No date of completion has been set.',
  ],
  [
    { statusLabel: 'Direncanakan', startDate: '2026-12-01' },
    'Direncanakan. Mulai 1 Desember 2026, perkiraan selesai 20 Desember 2026.',
    'Planned. Starts on 1 December 2026, expected to be finished on 20 December 2026.',
  ],
  [
    { statusLabel: 'Direncanakan' },
    'Direncanakan. Perkiraan selesai 20 Desember 2026.',
    'Planned. Expected to be finished on 20 December 2026.',
  ],
  [{ statusLabel: 'Ditunda' }, 'Ditunda sejak 4 November 2026.', 'On hold since 4 November 2026.'],
  [{ statusLabel: 'Selesai' }, 'Selesai pada 4 November 2026.', 'Finished on 4 November 2026.'],
  [{ statusLabel: 'Dibatalkan' }, 'Dibatalkan pada 4 November 2026.', 'Cancelled on 4 November 2026.'],
  [{ statusLabel: 'Disiapkan' }, 'Disiapkan.', 'Disiapkan.'],
  [{ statusLabel: 'constructor' }, 'constructor.', 'constructor.'],
])('says %j in one sentence', (change, indonesian, english) => {
  const page = { ...base, ...change };
  expect(id.sentence(page, TODAY)).toBe(indonesian);
  expect(en.sentence(page, TODAY)).toBe(english);
});

it('keeps a change of date in sight', () => {
  expect(id.moved('2026-11-30', '2026-12-20')).toBe(
    'Perkiraan selesai berubah dari 30 November 2026 menjadi 20 Desember 2026.',
  );
});

it('names the moment in Jambi’s time', () => {
  expect(id.date.moment('2026-11-24T03:30:00.000Z')).toBe('24 November 2026 pukul 10.30 WIB');
});
