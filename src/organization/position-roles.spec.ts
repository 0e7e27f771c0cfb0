import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { fieldOf, FIELDS, heldRoles, rolesOfPost, type Post } from './position-roles.js';

const read = (file: string) =>
  parse<Record<string, string>>(readFileSync(new URL(`../demo/data/${file}`, import.meta.url), 'utf8'), {
    columns: true,
  });
const units = read('opd-jambi.csv').map(({ code = '', kind = '', parent_code }) => ({
  code,
  kind,
  parentCode: parent_code || null,
}));
const unitByCode = new Map(units.map((unit) => [unit.code, unit]));
const staff = [...read('asn-sample.csv'), ...read('asn-sample-pppk.csv')];
const posts: Post[] = staff.map(({ nip = '', opd_code = '', position = '', position_kind = '' }) => ({
  personId: nip,
  opdId: opd_code,
  opdKind: unitByCode.get(opd_code)?.kind ?? '',
  title: position,
  positionKind: position_kind,
  mode: 'DEFINITIVE',
}));
const held = heldRoles(posts);
const titleOf = (nip: string) => posts.find(({ personId }) => personId === nip)?.title;

describe('roles from posts', () => {
  test('the sample city has one Sekda, three asisten and a head for every unit that has one', () => {
    expect(held.filter(({ role }) => role === 'SEKDA')).toEqual([
      { role: 'SEKDA', opdId: null, personId: '196806221994021001' },
    ]);
    expect(held.filter(({ role }) => role === 'ASISTEN').map(({ opdId }) => opdId)).toEqual([
      'ASISTEN-1',
      'ASISTEN-2',
      'ASISTEN-3',
    ]);
    const headed = held.filter(({ role }) => role === 'KEPALA_OPD').map(({ opdId }) => opdId);
    // Nobody heads the city's root, the three expert staff or an asisten's office beside the asisten.
    const without = ['PEMKOT', 'STAFAHLI', 'ASISTEN-1', 'ASISTEN-2', 'ASISTEN-3'];
    const expected = units.map(({ code }) => code).filter((code) => !without.includes(code));
    expect(headed).toHaveLength(expected.length);
    expect(new Set(headed)).toEqual(new Set(expected));
  });

  test('every role holder of the sample has a leading title', () => {
    for (const { personId } of held) {
      expect(titleOf(personId)).toMatch(
        /^(Sekretaris (Daerah|DPRD)|Asisten|Kepala (Dinas|Badan|Satuan|Bagian|Pelaksana)|Inspektur$|Direktur|Camat)/,
      );
    }
  });

  test.each([
    ['Kepala Bidang Bina Marga', 'dinas', 'administrator'],
    ['Sekretaris Dinas Kesehatan', 'dinas', 'administrator'],
    ['Kepala Bagian Persidangan dan Perundang-undangan', 'sekretariat_dprd', 'administrator'],
    ['Inspektur Pembantu Wilayah I', 'inspektorat', 'administrator'],
    ['Sekretaris BPBD', 'badan', 'administrator'],
    ['Sekretaris Camat Kota Baru', 'kecamatan', 'administrator'],
    ['Lurah Legok', 'kecamatan', 'pengawas'],
    ['Staf Ahli Bidang Ekonomi', 'staf_ahli', 'jpt_pratama'],
    ['Kepala Dinas Kesehatan', 'dinas', 'pelaksana'],
    ['Wali Kota', 'pemerintah_kota', 'jpt_pratama'],
    ['Kepala Dinas Kesehatan', 'badan', 'jpt_pratama'],
  ])('%s in a %s as %s gives none', (title, opdKind, positionKind) => {
    expect(rolesOfPost({ opdId: 'x', opdKind, title, positionKind })).toEqual([]);
  });

  test('the two elected leaders have theirs about the whole city', () => {
    const of = (title: string) =>
      rolesOfPost({ opdId: 'x', opdKind: 'pemerintah_kota', title, positionKind: 'kepala_daerah' });
    expect(of('Wali Kota')).toEqual([{ role: 'WALI_KOTA', opdId: null }]);
    expect(of('Wakil Wali Kota Jambi')).toEqual([{ role: 'WAKIL_WALI_KOTA', opdId: null }]);
  });

  test('a Plt. has the role of the vacant post, and a Plh. alone has it while standing in', () => {
    const head = { opdId: 'd', opdKind: 'dinas', title: 'Kepala Dinas Sosial', positionKind: 'jpt_pratama' };
    const who = (...modes: Post['mode'][]) =>
      heldRoles(modes.map((mode) => ({ ...head, mode, personId: mode }))).map(({ personId }) => personId);
    expect(who('PLT')).toEqual(['PLT']);
    expect(who('DEFINITIVE', 'PLH')).toEqual(['PLH']);
    expect(who('PLT', 'PLH')).toEqual(['PLH']);
  });

  test('a Plh. of one unit leaves the head of another alone', () => {
    const post = (opdId: string, mode: Post['mode']): Post => ({
      personId: opdId,
      opdId,
      opdKind: 'kecamatan',
      title: 'Camat',
      positionKind: 'administrator',
      mode,
    });
    expect(heldRoles([post('a', 'DEFINITIVE'), post('b', 'PLH')])).toHaveLength(2);
  });
});

describe("the asisten's fields", () => {
  test('each of the 57 units lies in exactly one', () => {
    expect(units).toHaveLength(57);
    const asisten = units.filter(({ kind }) => kind === 'asisten').map(({ code }) => code);
    for (const { code } of units) expect(asisten).toContain(fieldOf(code, unitByCode));
    const listed = Object.values(FIELDS).flat();
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed.filter((code) => !unitByCode.has(code))).toEqual([]);
  });

  test.each([
    ['SETDA-EKON', 'ASISTEN-2'],
    ['SETDA-ORG', 'ASISTEN-3'],
    ['ASISTEN-1', 'ASISTEN-1'],
    ['RSUD-HAM', 'ASISTEN-1'],
    ['DLH', 'ASISTEN-2'],
    ['KEC-JT', 'ASISTEN-1'],
  ])('%s lies in the field of %s', (code, field) => {
    expect(fieldOf(code, unitByCode)).toBe(field);
  });

  test('a new unit below a listed one follows it, any other has none', () => {
    const more = new Map<string, { kind: string; parentCode: string | null }>([
      ...unitByCode,
      ['KEL-X', { kind: 'kelurahan', parentCode: 'KEC-JT' }],
      ['BARU', { kind: 'dinas', parentCode: 'PEMKOT' }],
    ]);
    expect(fieldOf('KEL-X', more)).toBe('ASISTEN-1');
    expect(fieldOf('BARU', more)).toBeNull();
    expect(fieldOf('TIADA', more)).toBeNull();
  });

  test('a circle of parents ends', () => {
    const circle = new Map([
      ['A', { kind: 'dinas', parentCode: 'B' }],
      ['B', { kind: 'dinas', parentCode: 'A' }],
    ]);
    expect(fieldOf('A', circle)).toBeNull();
  });
});
