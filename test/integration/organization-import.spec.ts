import { createReadStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '#libs/database';
import { ORGANIZATION_ENTITIES } from '../../src/organization/entities.js';
import { HolidaysImporter } from '../../src/organization/import/holidays.importer.js';
import { LeadersImporter } from '../../src/organization/import/leaders.importer.js';
import { OpdsImporter } from '../../src/organization/import/opds.importer.js';
import { PeopleImporter } from '../../src/organization/import/people.importer.js';
import type { ImportOptions, ImportReport } from '../../src/organization/import/report.js';
import { OrganizationChanges } from '../../src/organization/organization-changes.js';
import { OrganizationService } from '../../src/organization/organization.service.js';
import { freshDatabase } from '../support/postgres.js';

const TODAY = '2026-11-24';
const HEADER = 'nip,name_with_titles,opd_code,position,position_kind,grade,email\n';
const dataFile = (name: string) => new URL(`../../src/demo/data/${name}`, import.meta.url);

let source: DataSource;
let organization: OrganizationService;
let opds: OpdsImporter;
let people: PeopleImporter;
let leaders: LeadersImporter;
let holidays: HolidaysImporter;

beforeEach(async () => {
  source = await new DataSource({
    ...dataSourceOptions(await freshDatabase()),
    entities: ORGANIZATION_ENTITIES,
  }).initialize();
  organization = new OrganizationService(source);
  const changes = new OrganizationChanges(source, organization);
  opds = new OpdsImporter(organization, changes);
  people = new PeopleImporter(source, organization, changes);
  leaders = new LeadersImporter(organization, changes);
  holidays = new HolidaysImporter(source, changes);
});
afterEach(() => source.destroy());

const counts = ({ rows, added, changed, unchanged, refused }: ImportReport) => ({
  rows,
  added,
  changed,
  unchanged,
  refused,
});
const all = (rows: number, outcome: 'added' | 'changed' | 'unchanged' | 'refused') => ({
  rows,
  added: 0,
  changed: 0,
  unchanged: 0,
  refused: 0,
  [outcome]: rows,
});
const fromFile = (importer: { run: PeopleImporter['run'] }, name: string, options: ImportOptions = {}) =>
  importer.run(createReadStream(dataFile(name)), { day: TODAY, ...options });
const fromText = (importer: { run: PeopleImporter['run'] }, text: string, options: ImportOptions = {}) =>
  importer.run(Readable.from([Buffer.from(text)]), { day: TODAY, ...options });
const staff = (rows: string, options: ImportOptions = {}) => fromText(people, HEADER + rows, options);
const tables = async () =>
  source.query<
    object[]
  >(`SELECT (SELECT count(*)::int FROM opds) AS opds, (SELECT count(*)::int FROM persons) AS persons,
                       (SELECT count(*)::int FROM position_assignments) AS posts,
                       (SELECT count(*)::int FROM holidays) AS holidays`);

const BUDI = '198609262015051001,"Budi, S.T.",DLH,Pengolah Data,pelaksana,III/a,budi@jambikota.example\n';

describe('the sample city', () => {
  test('is accepted whole, a second time changes nothing, a dry run writes nothing', async () => {
    expect(counts(await fromFile(opds, 'opd-jambi.csv', { dryRun: true }))).toEqual(all(57, 'added'));
    expect(await tables()).toEqual([{ opds: 0, persons: 0, posts: 0, holidays: 0 }]);

    for (const outcome of ['added', 'unchanged'] as const) {
      expect(counts(await fromFile(opds, 'opd-jambi.csv'))).toEqual(all(57, outcome));
      if (outcome === 'added') {
        expect(counts(await fromFile(people, 'asn-sample.csv', { dryRun: true }))).toEqual(all(240, 'added'));
        expect(await tables()).toEqual([{ opds: 57, persons: 0, posts: 0, holidays: 0 }]);
      }
      const asn = await fromFile(people, 'asn-sample.csv');
      expect(counts(asn)).toEqual(all(240, outcome));
      expect(asn.warnings.filter(({ code }) => code !== 'NIP_AGE_UNUSUAL')).toEqual([]);
      expect(counts(await fromFile(people, 'asn-sample-pppk.csv'))).toEqual(all(24, outcome));
      expect(counts(await fromFile(holidays, 'holidays-2026.csv'))).toEqual(all(25, outcome));
      expect(await tables()).toEqual([{ opds: 57, persons: 264, posts: 264, holidays: 25 }]);
    }
    const [sekda] = await organization.holdersOf('SEKDA', null, TODAY);
    expect(await organization.personView(sekda ?? '')).toMatchObject({
      name: 'Rahmat Saragih, S.H., M.T.',
      opd: 'Setda',
    });
  });

  test('refuses each of the twelve bad rows for its stated reason', async () => {
    await fromFile(opds, 'opd-jambi.csv');
    await fromFile(people, 'asn-sample.csv');
    const report = await fromFile(people, 'asn-sample-bad.csv');
    expect(counts(report)).toEqual(all(12, 'refused'));
    const stated = parse<{ problem: string }>(readFileSync(dataFile('asn-sample-bad.csv')), {
      columns: true,
    }).map(({ problem }, at) => [at + 2, problem.split(':')[0]]);
    expect(report.problems.map(({ line, code }) => [line, code])).toEqual(stated);
    for (const { field, reason, remedy } of report.problems) {
      expect([field, reason, remedy]).not.toContain('');
      expect(reason + remedy).not.toMatch(/\d{9}|Baris Rusak|@jambikota\.example/);
    }
    expect(await tables()).toEqual([{ opds: 57, persons: 240, posts: 240, holidays: 0 }]);
  });
});

describe('staff', () => {
  beforeEach(() => fromFile(opds, 'opd-jambi.csv', { validFrom: '2026-01-01' }));

  test('is brought up to date by NIP and name', async () => {
    expect(counts(await staff(BUDI))).toEqual(all(1, 'added'));
    const renamed = BUDI.replace('Budi, S.T.', 'Ir. BUDI, S.T., M.T.').replace('III/a', 'III/b');
    expect(counts(await staff(renamed))).toEqual(all(1, 'changed'));
    expect(counts(await staff(renamed))).toEqual(all(1, 'unchanged'));
    const id = (await organization.personIdsByNip(['198609262015051001'])).get('198609262015051001') ?? '';
    expect(await organization.personView(id)).toEqual({ id, name: 'Ir. BUDI, S.T., M.T.', opd: 'DLH' });
    expect(await tables()).toEqual([{ opds: 57, persons: 1, posts: 1, holidays: 0 }]);
  });

  test('that moves keeps the post it had until then', async () => {
    await staff(BUDI, { day: '2026-03-02' });
    expect(counts(await staff(BUDI.replace('DLH', 'PUPR')))).toEqual(all(1, 'changed'));
    const id = (await organization.personIdsByNip(['198609262015051001'])).get('198609262015051001') ?? '';
    const units = async (day: string) => (await organization.positionsOf(id, day)).map(({ opd }) => opd.code);
    expect(await units('2026-11-23')).toEqual(['DLH']);
    expect(await units(TODAY)).toEqual(['PUPR']);
  });

  test('with an acting post beside its own is read from two rows, again and again', async () => {
    const rows =
      '197805072000041001,"Ani, S.E.",DLH,Kepala Dinas Lingkungan Hidup,jpt_pratama,IV/b,ani@jambikota.example\n' +
      '197805072000041001,"Ani, S.E.",DINKES,Plt. Kepala Dinas Kesehatan,jpt_pratama,IV/b,ani@jambikota.example\n';
    expect(counts(await staff(rows, { dryRun: true }))).toMatchObject({ added: 1, changed: 1 });
    expect(counts(await staff(rows))).toMatchObject({ added: 1, changed: 1 });
    expect(counts(await staff(rows))).toEqual(all(2, 'unchanged'));
    const id = (await organization.personIdsByNip(['197805072000041001'])).get('197805072000041001') ?? '';
    expect((await organization.positionsOf(id, TODAY)).map(({ mode, title }) => [mode, title])).toEqual([
      ['DEFINITIVE', 'Kepala Dinas Lingkungan Hidup'],
      ['PLT', 'Kepala Dinas Kesehatan'],
    ]);
    expect(await organization.rolesOf(id, TODAY)).toHaveLength(2);
  });

  test('whose NIP another name has is refused with the line of the first', async () => {
    const report = await staff(BUDI + BUDI.replace('Budi', 'Bambang') + BUDI + BUDI.replace('DLH', 'PUPR'));
    expect(counts(report)).toEqual({ rows: 4, added: 1, changed: 0, unchanged: 1, refused: 2 });
    expect(report.problems.map(({ line, code, reason }) => [line, code, reason])).toEqual([
      [3, 'NIP_DUPLICATE', 'NIP sama dengan baris 2, tetapi namanya lain'],
      [5, 'NIP_DUPLICATE', 'NIP sama dengan baris 2, tetapi isinya lain'],
    ]);
  });

  test('that shares an e-mail address is refused, in the file and with what is stored', async () => {
    const other = BUDI.replace('198609262015051001', '198609262015052001').replace('Budi', 'Bunga');
    expect((await staff(BUDI + other)).problems.map(({ code }) => code)).toEqual(['EMAIL_DUPLICATE']);
    expect((await staff(other)).problems.map(({ code }) => code)).toEqual(['EMAIL_DUPLICATE']);
  });

  test('good rows go in when others are bad, with Excel in Indonesian', async () => {
    const report = await fromText(
      people,
      '\uFEFFNIP;Nama;Kode OPD;Jabatan;Jenis Jabatan;Golongan;E-mail;Catatan\r\n' +
        "19860926 201505 1 001;Ma'ruf Al Hafidz, S.Sos.;dlh;Pengolah Data;Pelaksana;III/a;;\r\n" +
        '198609262015051002;;DLH;Pengolah Data;Pelaksana;III/a;;\r\n' +
        '198609262015051003;Suparno;DLH;;Pelaksana;III/a;;\r\n' +
        '198609262015051004;Suparno;DLH;Pengolah Data;Honorer;III/a;;\r\n' +
        '198609262015051005;12345;DLH;Pengolah Data;Pelaksana;III/a;;\r\n' +
        `198609262015051006;${'x'.repeat(201)};DLH;Pengolah Data;Pelaksana;III/a;;\r\n` +
        '198609262015051007;Suparno \u202Etxet;DLH;Pengolah Data;Pelaksana;III/a;;\r\n' +
        '198609262015051008;Suparno;DLH;Pengolah Data;Pelaksana;III/a;;\r\n',
    );
    expect(report.problems.map(({ line, code }) => [line, code])).toEqual([
      [3, 'NAME_EMPTY'],
      [4, 'POSITION_EMPTY'],
      [5, 'POSITION_KIND_UNKNOWN'],
      [6, 'NAME_EMPTY'],
      [7, 'NAME_TOO_LONG'],
      [8, 'NAME_CHARACTERS'],
    ]);
    expect(report).toMatchObject({ added: 2, stopped: null });
    expect(await source.query('SELECT nip, name FROM persons ORDER BY nip')).toEqual([
      { nip: '198609262015051001', name: "Ma'ruf Al Hafidz" },
      { nip: '198609262015051008', name: 'Suparno' },
    ]);
  });

  test('files that are no files of staff change nothing and say so', async () => {
    for (const [text, code] of [
      ['', 'FILE_EMPTY'],
      [HEADER, 'FILE_WITHOUT_ROWS'],
      ['nip,nama\n1,2\n', 'COLUMN_MISSING'],
      ['\u0000\u0001', 'FILE_IS_BINARY'],
    ] as const) {
      expect((await fromText(people, text)).stopped).toMatchObject({ code, line: 1 });
    }
    expect(await tables()).toEqual([{ opds: 57, persons: 0, posts: 0, holidays: 0 }]);
  });

  test('of ten thousand is in within seconds, and found unchanged', async () => {
    const codes = (await organization.opds()).map(({ code }) => code);
    const row = (n: number) =>
      `19860926201505${1 + (n % 2)}${String(((n >> 1) % 999) + 1).padStart(3, '0')}`.replace(
        /^\d{8}/,
        `19${80 + (Math.floor(n / 1998) % 10)}0926`,
      ) +
      `,"Pegawai Ke-${n}, S.E.",${codes[n % codes.length]},Pengolah Data,pelaksana,III/a,pegawai${n}@jambikota.example\n`;
    const text = HEADER + Array.from({ length: 10_000 }, (_, n) => row(n)).join('');
    const seen: number[] = [];
    for (const outcome of ['added', 'unchanged'] as const) {
      const start = performance.now();
      const report = await fromText(people, text, { onProgress: ({ line }) => seen.push(line) });
      const seconds = (performance.now() - start) / 1000;
      expect(report.problems).toEqual([]);
      expect(counts(report)).toEqual(all(10_000, outcome));
      expect(seconds).toBeLessThan(20);
      console.log(`10,000 rows ${outcome} in ${seconds.toFixed(1)} s`);
    }
    expect(seen.length).toBeGreaterThan(20);
  }, 60_000);
});

describe('units', () => {
  const HEAD = 'kode;nama;singkatan;jenis;kode_induk\n';

  test('are refused one by one, with what stands below them', async () => {
    const report = await fromText(
      opds,
      HEAD +
        'PEMKOT;Pemerintah Kota;Pemkot;pemerintah_kota;\n' +
        'DLH;Dinas Lingkungan Hidup;DLH;dinas;PEMKOT\n' +
        'dlh;Dinas Lain;DL;dinas;PEMKOT\n' +
        'A;Bagian A;A;bagian;B\n' +
        'B;Bagian B;B;bagian;A\n' +
        'C;Bagian C;C;bagian;TIADA\n' +
        'D;Bagian D;D;bagian;C\n' +
        'E E;Bagian E;E;bagian;DLH\n' +
        'F;;F;bagian;DLH\n' +
        'G;Bagian G;G;toko;DLH\n',
    );
    expect(report.problems.map(({ line, code }) => [line, code])).toEqual([
      [4, 'OPD_DUPLICATE'],
      [5, 'PARENT_CIRCLE'],
      [6, 'PARENT_CIRCLE'],
      [7, 'PARENT_UNKNOWN'],
      [8, 'PARENT_UNKNOWN'],
      [9, 'OPD_CODE_FORMAT'],
      [10, 'NAME_EMPTY'],
      [11, 'OPD_KIND_UNKNOWN'],
    ]);
    expect(report).toMatchObject({ rows: 10, added: 2, refused: 8 });
    expect((await organization.opds()).map(({ code }) => code)).toEqual(['DLH', 'PEMKOT']);
  });

  test('that are renamed count as changed once', async () => {
    const file = (name: string) =>
      `${HEAD}PEMKOT;Pemerintah Kota;Pemkot;pemerintah_kota;\nDLH;${name};DLH;dinas;PEMKOT\n`;
    await fromText(opds, file('Dinas Kebersihan'), { day: '2026-01-01' });
    expect(await fromText(opds, file('Dinas Lingkungan Hidup'), { dryRun: true })).toMatchObject({
      changed: 1,
    });
    expect(await fromText(opds, file('Dinas Lingkungan Hidup'))).toMatchObject({ changed: 1, unchanged: 1 });
    expect(await fromText(opds, file('Dinas Lingkungan Hidup'))).toMatchObject({ changed: 0, unchanged: 2 });
    expect(await source.query('SELECT name FROM opd_history')).toEqual([{ name: 'Dinas Kebersihan' }]);
  });
});

test('holidays may be dated as people write them, and one day has one', async () => {
  const report = await fromText(
    holidays,
    'tanggal;nama;jenis\n17-08-2026;Proklamasi;Libur Nasional\n2026-08-17;Proklamasi;libur_nasional\n' +
      '17/8/2026;Lain;cuti bersama\n2026-02-30;Tidak ada;cuti_bersama\n2026-05-01;Hari Buruh;pasar\n2026-05-01;;libur_nasional\n',
  );
  expect(report).toMatchObject({ rows: 6, added: 1, unchanged: 1, refused: 4 });
  expect(report.problems.map(({ code }) => code)).toEqual([
    'DATE_DUPLICATE',
    'DATE_FORMAT',
    'HOLIDAY_KIND_UNKNOWN',
    'NAME_EMPTY',
  ]);
  expect((await organization.calendar()).holidays).toEqual(new Set(['2026-08-17']));
});

test('elected leaders come without a NIP, once, each with the own address', async () => {
  await fromFile(opds, 'opd-jambi.csv');
  expect(counts(await fromFile(leaders, 'leaders-sample.csv'))).toEqual(all(2, 'added'));
  expect(counts(await fromFile(leaders, 'leaders-sample.csv'))).toEqual(all(2, 'unchanged'));
  const id = await organization.personIdByEmail('wali.kota@jambikota.example');
  expect(await organization.positionsOf(id ?? '', '2026-11-24')).toMatchObject([
    { title: 'Wali Kota Jambi', opd: { code: 'PEMKOT' }, mode: 'DEFINITIVE' },
  ]);
  const bad = await fromText(
    leaders,
    'email,name_with_titles,opd_code,position\n' +
      'wali.kota@jambikota.example,Orang Lain,PEMKOT,Wali Kota Jambi\n' +
      'bukan surel,Wali Kota,PEMKOT,Wali Kota Jambi\n' +
      'baru@jambikota.example,Wali Kota,TIDAK-ADA,Wali Kota Jambi\n',
  );
  expect(bad.problems.map(({ line, code }) => [line, code])).toEqual([
    [2, 'EMAIL_DUPLICATE'],
    [3, 'EMAIL_FORMAT'],
    [4, 'OPD_UNKNOWN'],
  ]);
});
