import { rank } from './matching.js';

const TASKS = [
  { label: 'Penanganan titik genangan dan normalisasi drainase', note: 'TGS-2026-0001 Dinas PUPR' },
  { label: 'Penutupan TPS liar', note: 'TGS-2026-0002 DLH' },
  { label: 'Pendampingan Kampung Bahagia', note: 'TGS-2026-0003 DPMPPA' },
  { label: 'Tulis pesan' },
  { label: 'Tampilan' },
];

const found = (query: string) => rank(TASKS, query).map(({ label }) => label.split(' ')[0]);

describe('what the palette finds', () => {
  it.each([
    ['a beginning', 'drai', ['Penanganan']],
    ['a middle', 'malisasi', ['Penanganan']],
    ['a slip of the hand', 'drainse', ['Penanganan']],
    ['letters that changed places', 'kapmung', ['Pendampingan']],
    ['an affix that is not there', 'menulis', ['Tulis']],
    ['a root of what stands there', 'tutup', ['Penutupan']],
    ['a code', '0003', ['Pendampingan']],
    ['a unit', 'dlh', ['Penutupan']],
    ['several words in any order', 'liar penutupan', ['Penutupan']],
    ['nothing where one word is missing', 'liar drainase', []],
    ['nothing that is only alike', 'xyz', []],
  ])('%s: %s', (_, query, labels) => {
    expect(found(query)).toEqual(labels);
  });

  it('puts whole words before parts, and labels before notes', () => {
    const entries = [{ label: 'Lain', note: 'berkas' }, { label: 'Pemberkasan' }, { label: 'Berkas' }];
    expect(rank(entries, 'berkas').map(({ label }) => label)).toEqual(['Berkas', 'Lain', 'Pemberkasan']);
  });

  it('shows everything in its order while nothing is asked', () => {
    expect(rank(TASKS, '  ')).toEqual(TASKS);
  });
});
