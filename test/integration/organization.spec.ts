import { DataSource } from 'typeorm';
import { AppError, type Day } from '#libs/contracts';
import { dataSourceOptions } from '#libs/database';
import { BoardAccess } from '../../src/access/boards.service.js';
import { Today } from '../../src/access/today.service.js';
import { ORGANIZATION_ENTITIES } from '../../src/organization/entities.js';
import { OrganizationChanges } from '../../src/organization/organization-changes.js';
import { OrganizationService } from '../../src/organization/organization.service.js';
import { freshDatabase } from '../support/postgres.js';

let source: DataSource;
let organization: OrganizationService;
let boards: BoardAccess;
let changes: OrganizationChanges;
let told: string[][];

const UNITS = [
  // A child before its parent, as a file may have it.
  {
    code: 'SETDA-EKON',
    name: 'Bagian Perekonomian',
    abbreviation: 'Bag. Ekon',
    kind: 'bagian',
    parentCode: 'ASISTEN-2',
  },
  {
    code: 'PEMKOT',
    name: 'Pemerintah Kota Jambi',
    abbreviation: 'Pemkot',
    kind: 'pemerintah_kota',
    parentCode: null,
  },
  {
    code: 'SETDA',
    name: 'Sekretariat Daerah',
    abbreviation: 'Setda',
    kind: 'sekretariat_daerah',
    parentCode: 'PEMKOT',
  },
  {
    code: 'ASISTEN-1',
    name: 'Asisten Pemerintahan',
    abbreviation: 'Asisten I',
    kind: 'asisten',
    parentCode: 'SETDA',
  },
  {
    code: 'ASISTEN-2',
    name: 'Asisten Perekonomian',
    abbreviation: 'Asisten II',
    kind: 'asisten',
    parentCode: 'SETDA',
  },
  { code: 'DINKES', name: 'Dinas Kesehatan', abbreviation: 'Dinkes', kind: 'dinas', parentCode: 'PEMKOT' },
  { code: 'DLH', name: 'Dinas Lingkungan Hidup', abbreviation: 'DLH', kind: 'dinas', parentCode: 'PEMKOT' },
];
const START = '2026-01-05';

beforeEach(async () => {
  source = await new DataSource({
    ...dataSourceOptions(await freshDatabase()),
    entities: ORGANIZATION_ENTITIES,
  }).initialize();
  organization = new OrganizationService(source);
  boards = new BoardAccess(organization, new Today());
  changes = new OrganizationChanges(source, organization);
  told = [];
  organization.changed.subscribe((ids) => told.push([...ids].sort()));
  await changes.upsertOpds(UNITS, START);
});
afterEach(() => source.destroy());

async function opdId(code: string): Promise<string> {
  return (await organization.opdByCode(code))?.id ?? '';
}

async function aPerson(name: string, code: string | null = 'DINKES'): Promise<string> {
  return changes.addPerson({
    nip: null,
    frontTitles: 'Dr. Ir. H.',
    name,
    backTitles: 'S.T., M.Si.',
    email: `${name.toLowerCase()}@jambikota.example`,
    opdId: code && (await opdId(code)),
  });
}

async function aHead(
  personId: string,
  mode: 'DEFINITIVE' | 'PLT' | 'PLH',
  validFrom: Day,
  validTo: Day | null = null,
  code = 'DINKES',
): Promise<string[]> {
  return changes.assignPosition({
    personId,
    opdId: await opdId(code),
    title: code === 'DINKES' ? 'Kepala Dinas Kesehatan' : 'Kepala Dinas Lingkungan Hidup',
    positionKind: 'jpt_pratama',
    grade: 'IV/b',
    mode,
    validFrom,
    validTo,
  });
}

const roles = async (personId: string, day: Day) =>
  (await organization.rolesOf(personId, day)).map(({ role }) => role);

describe('units', () => {
  test('keep what they were called before', async () => {
    const before = await opdId('DINKES');
    const renamed = {
      code: 'DINKES',
      name: 'Dinas Kesehatan Kota',
      abbreviation: 'Dinkesta',
      kind: 'dinas',
      parentCode: 'PEMKOT',
    };
    expect((await changes.upsertOpd(renamed, '2026-06-01')).changed).toEqual(['DINKES']);
    expect((await changes.upsertOpd(renamed, '2026-06-02')).unchanged).toEqual(['DINKES']);
    expect(await organization.opdByCode('DINKES')).toMatchObject({
      id: before,
      name: 'Dinas Kesehatan Kota',
      validFrom: '2026-06-01',
    });
    const history = await source.query(
      'SELECT name, abbreviation, valid_from::text, valid_to::text FROM opd_history WHERE opd_id = $1',
      [before],
    );
    expect(history).toEqual([
      { name: 'Dinas Kesehatan', abbreviation: 'Dinkes', valid_from: START, valid_to: '2026-05-31' },
    ]);
  });

  test('renamed on the day they began are corrected without a history', async () => {
    await changes.upsertOpd({ ...UNITS[5]!, name: 'Dinas Kesehatan (baru)' }, START);
    expect(await source.query('SELECT count(*)::int AS n FROM opd_history')).toEqual([{ n: 0 }]);
  });

  test('lie in the field of an asisten', async () => {
    const field = async (...codes: string[]) => organization.fieldsOf(await Promise.all(codes.map(opdId)));
    expect(await field('DINKES')).toEqual([await opdId('ASISTEN-1')]);
    expect(await field('SETDA-EKON', 'DLH')).toEqual([await opdId('ASISTEN-2')]);
    expect(await field()).toEqual([]);
  });

  test('with an unknown parent are refused as a whole', async () => {
    await expect(
      changes.upsertOpd({ ...UNITS[5]!, code: 'BARU', parentCode: 'TIADA' }, START),
    ).rejects.toThrow(AppError);
    expect(await organization.opdByCode('BARU')).toBeNull();
  });
});

describe('people', () => {
  test('are shown with their titles and the unit they stand in', async () => {
    const id = await aPerson('Budi');
    expect(await organization.personView(id)).toEqual({
      id,
      name: 'Dr. Ir. H. Budi, S.T., M.Si.',
      opd: 'Dinkes',
    });
    const leader = await aPerson('Wati', null);
    expect((await organization.personView(leader)).opd).toBe('');
    await expect(organization.personView('00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('cannot share an e-mail address', async () => {
    const id = await aPerson('Budi');
    await expect(aPerson('BUDI')).rejects.toMatchObject({
      code: 'organization.duplicate',
      details: { field: 'email' },
    });
    expect(await organization.personIdByEmail(' Budi@Jambikota.example ')).toBe(id);
  });
});

describe('dated posts', () => {
  test('give a role from their first to their last day', async () => {
    const budi = await aPerson('Budi');
    await aHead(budi, 'DEFINITIVE', '2026-03-02', '2026-06-30');
    expect(await roles(budi, '2026-03-01')).toEqual([]);
    expect(await organization.rolesOf(budi, '2026-03-02')).toEqual([
      { role: 'KEPALA_OPD', opdId: await opdId('DINKES') },
    ]);
    expect(await roles(budi, '2026-06-30')).toEqual(['KEPALA_OPD']);
    expect(await roles(budi, '2026-07-01')).toEqual([]);
    expect(await organization.positionsOf(budi, '2026-04-01')).toEqual([
      {
        title: 'Kepala Dinas Kesehatan',
        opd: { id: await opdId('DINKES'), code: 'DINKES', name: 'Dinas Kesehatan', abbreviation: 'Dinkes' },
        mode: 'DEFINITIVE',
        validFrom: '2026-03-02',
        validTo: '2026-06-30',
      },
    ]);
  });

  test('of a Plh. take the role from the definitive holder for these days only', async () => {
    const [budi, wati] = [await aPerson('Budi'), await aPerson('Wati')];
    await aHead(budi, 'DEFINITIVE', START);
    expect(await aHead(wati, 'PLH', '2026-05-04', '2026-05-08')).toEqual(
      expect.arrayContaining([budi, wati]),
    );
    const holders = async (day: Day) => organization.holdersOf('KEPALA_OPD', await opdId('DINKES'), day);
    expect(await holders('2026-05-03')).toEqual([budi]);
    expect(await holders('2026-05-04')).toEqual([wati]);
    expect(await holders('2026-05-08')).toEqual([wati]);
    expect(await holders('2026-05-09')).toEqual([budi]);
    expect(await roles(budi, '2026-05-05')).toEqual([]);
    expect(await roles(wati, '2026-05-05')).toEqual(['KEPALA_OPD']);
    expect(told.at(-1)).toEqual([budi, wati].sort());
  });

  test('of a Plt. stand beside the own definitive post in another unit', async () => {
    const budi = await aPerson('Budi', 'DLH');
    await aHead(budi, 'DEFINITIVE', START, null, 'DLH');
    await aHead(budi, 'PLT', '2026-02-02');
    expect(await organization.rolesOf(budi, '2026-02-02')).toHaveLength(2);
    expect((await organization.positionsOf(budi, '2026-02-02')).map(({ mode }) => mode)).toEqual([
      'DEFINITIVE',
      'PLT',
    ]);
    expect(
      (await boards.boardsFor(await organization.rolesOf(budi, '2026-02-02')))
        .map(({ label }) => label)
        .sort(),
    ).toEqual(['DLH', 'Dinkes']);
  });

  test('end when the person gets another definitive one', async () => {
    const budi = await aPerson('Budi');
    await aHead(budi, 'DEFINITIVE', START);
    await aHead(budi, 'DEFINITIVE', '2026-07-01', null, 'DLH');
    expect((await organization.positionsOf(budi, '2026-06-30')).map(({ opd }) => opd.code)).toEqual([
      'DINKES',
    ]);
    expect((await organization.positionsOf(budi, '2026-07-01')).map(({ opd }) => opd.code)).toEqual(['DLH']);
  });

  test('can be ended, and nobody is told before the change is committed', async () => {
    const budi = await aPerson('Budi');
    await aHead(budi, 'DEFINITIVE', START);
    const [post] = await source.query<{ id: string }[]>('SELECT id FROM position_assignments');
    const id = post?.id ?? '';
    const seen: Promise<string[]>[] = [];
    organization.changed.subscribe(() => seen.push(roles(budi, '2026-04-01')));
    expect(await changes.endPosition(id, '2026-03-31')).toContain(budi);
    expect(await Promise.all(seen)).toEqual([[]]);
    await expect(changes.endPosition(id, '2025-01-01')).rejects.toMatchObject({ code: 'validation' });
    await expect(changes.endPosition(budi, '2026-03-31')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('of the elected leaders open the whole city', async () => {
    const wati = await aPerson('Wati', null);
    await changes.assignPosition({
      personId: wati,
      opdId: await opdId('PEMKOT'),
      title: 'Wali Kota',
      positionKind: 'kepala_daerah',
      grade: null,
      mode: 'DEFINITIVE',
      validFrom: START,
    });
    expect(await organization.rolesOf(wati, START)).toEqual([{ role: 'WALI_KOTA', opdId: null }]);
    expect(await organization.holdersOf('WALI_KOTA', null, START)).toEqual([wati]);
    expect(await boards.boardsFor(await organization.rolesOf(wati, START))).toEqual([
      { scope: 'city', label: 'Seluruh kota' },
    ]);
  });
});

describe('granted roles', () => {
  test('hold from day to day, once', async () => {
    const budi = await aPerson('Budi');
    const grant = { personId: budi, role: 'PPID' as const, opdId: null, validFrom: START };
    expect(await changes.grantRole(grant)).toEqual([budi]);
    expect(await changes.grantRole(grant)).toEqual([]);
    expect(await organization.rolesOf(budi, START)).toEqual([{ role: 'PPID', opdId: null }]);
    expect(await organization.holdersOf('PPID', null, START)).toEqual([budi]);
    expect(await changes.revokeRole(budi, 'PPID', null, '2026-02-01')).toEqual([budi]);
    expect(await roles(budi, '2026-02-01')).toEqual(['PPID']);
    expect(await roles(budi, '2026-02-02')).toEqual([]);
  });

  test('of a monitor open the city', async () => {
    const budi = await aPerson('Budi');
    await changes.grantRole({ personId: budi, role: 'PEMANTAU', opdId: null, validFrom: START });
    expect(await boards.boardsFor(await organization.rolesOf(budi, START))).toEqual([
      { scope: 'monitor', label: 'Seluruh kota' },
    ]);
  });
});

test('holidays are in the calendar as soon as they are saved', async () => {
  expect((await organization.calendar()).holidays.size).toBe(0);
  await changes.upsertHolidays([{ day: '2026-08-17', name: 'Proklamasi', kind: 'libur_nasional' }]);
  await changes.upsertHolidays([
    { day: '2026-08-17', name: 'Proklamasi Kemerdekaan', kind: 'libur_nasional' },
  ]);
  expect(await organization.calendar()).toEqual({
    workingWeekdays: [1, 2, 3, 4, 5],
    holidays: new Set(['2026-08-17']),
  });
});

test('the entities have the columns of the schema', async () => {
  for (const { tableName, columns } of ORGANIZATION_ENTITIES.map((entity) => source.getMetadata(entity))) {
    const inDatabase = await source.query(
      `SELECT column_name AS name, is_nullable = 'YES' AS nullable, data_type AS type
         FROM information_schema.columns WHERE table_name = $1 ORDER BY column_name`,
      [tableName],
    );
    const inEntity = columns
      .map(({ databaseName: name, isNullable: nullable, type }) => ({
        name,
        nullable,
        type: type === 'timestamptz' ? 'timestamp with time zone' : type,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(inEntity).toEqual(inDatabase);
  }
});
