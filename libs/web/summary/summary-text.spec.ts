import type { SummaryView } from '#libs/contracts';
import { isLong, otherVersion } from './summary-text.js';

const sari = { id: 's', name: 'Sari Wulandari', opd: 'BPBD' };
const shown = (version: number, body: string): SummaryView => ({
  version,
  body,
  by: sari,
  at: '2026-11-24T01:00:00.000Z',
});

describe('a summary', () => {
  it('is compared with what was written over the version it began from', () => {
    expect(otherVersion('Punya saya', 1, shown(2, 'Punya Sari'), null)).toEqual({
      version: 2,
      body: 'Punya Sari',
      by: 'Sari Wulandari',
    });
    expect(otherVersion('Punya saya', 2, shown(2, 'Punya Sari'), null)).toBeNull();
    expect(otherVersion('Punya saya', 0, null, null)).toBeNull();
  });

  it('is not compared with its own words', () => {
    expect(otherVersion('Sama.\n', 1, shown(2, 'Sama.'), null)).toBeNull();
  });

  it('is compared with what a refusal tells before the room knows of it', () => {
    const refused = { version: 3, body: 'Punya Dedi', by: 'Dedi Kurniawan' };
    expect(otherVersion('Punya saya', 1, shown(2, 'Punya Sari'), refused)).toEqual(refused);
    expect(otherVersion('Punya saya', 1, shown(4, 'Lagi'), refused)?.version).toBe(4);
    expect(otherVersion('Punya saya', 3, shown(2, 'Punya Sari'), refused)).toBeNull();
  });

  it('is long when it would push the discussion out of sight', () => {
    expect(isLong('Dua pompa terpasang. Tinggal uji coba.')).toBe(false);
    expect(isLong('a'.repeat(241))).toBe(true);
    expect(isLong('1\n2\n3\n4\n5')).toBe(true);
  });
});
