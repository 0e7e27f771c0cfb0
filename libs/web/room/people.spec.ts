import { initials, presence } from './people.js';

describe('marks of people', () => {
  it.each([
    ['Dr. Ir. H. Dedi Kurniawan, S.T., M.Si.', 'DK'],
    ['Suparno', 'S'],
    ["Hj. Siti Ma'rufah, S.Pd.", 'SM'],
    ['Raden Ajeng Nur Aini', 'RA'],
    ['H. M.', 'HM'],
    ['', ''],
  ])('%s is %s', (name, mark) => {
    expect(initials(name)).toBe(mark);
  });

  const member = (personId: string, name: string) => ({
    person: { id: personId, name, opd: 'PUPR' },
    opdId: 'o',
    teamRole: 'ANGGOTA' as const,
    mode: 'APPOINTED' as const,
    until: null,
  });
  const reader = { id: 'a', name: 'Ani' };

  it('claim nothing while presence is not known', () => {
    expect(presence(null, [member('a', 'Ani')], reader)).toBeNull();
  });

  it('show five and count the rest, also those who are not members', () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f', 'leader'];
    const seen = presence(
      people,
      ['b', 'c', 'd', 'e', 'f'].map((one) => member(one, `Nama ${one}`)),
      reader,
    );
    expect(seen).toMatchObject({ count: 7, more: 2, includesReader: true });
    expect(seen?.shown).toHaveLength(5);
  });
});
