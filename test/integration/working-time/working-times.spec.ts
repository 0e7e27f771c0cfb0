import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { addDays, nextWorkingMoment, workingMinutesBetween, type WorkingTimeView } from '#libs/contracts';
import { Today } from '../../../src/access/today.service.js';
import { OrganizationService } from '../../../src/organization/organization.service.js';
import { OrganizationChanges } from '../../../src/organization/organization-changes.js';
import { HolidaysImporter } from '../../../src/organization/import/holidays.importer.js';
import { WorkingTimeService } from '../../../src/working-time/working-time.service.js';
import { WorkingTimesImporter } from '../../../src/working-time/working-times.importer.js';
import { City, type PersonName } from '../../support/city.js';
import { LiveApp, signIn } from '../../support/live-app.js';

const TODAY = '2026-11-24';
const dataFile = (name: string) =>
  createReadStream(new URL(`../../../src/demo/data/${name}`, import.meta.url));
const wib = (text: string) => new Date(`${text.replace(' ', 'T')}:00+07:00`).toISOString();
const SIX_DAYS = [...Array<string>(4).fill('07:30-14:30'), '07:00-11:30', '07:30-12:30', ''];

let city: City;
let app: LiveApp;
let times: WorkingTimeService;
let importer: WorkingTimesImporter;

beforeAll(async () => {
  city = await City.build();
  app = await LiveApp.start(city.url);
  app.get(Today).now = () => new Date(wib(`${TODAY} 09:00`));
  times = app.get(WorkingTimeService);
  importer = app.get(WorkingTimesImporter);
  await app.get(OrganizationChanges).grantRole({
    personId: city.people.outsider.id,
    role: 'ADMIN_SISTEM',
    opdId: null,
    validFrom: '2026-01-01',
  });
  await app.get(HolidaysImporter).run(dataFile('holidays-2026.csv'));
}, 60_000);
afterAll(async () => {
  await app?.close();
  await city?.close();
});

const wish = (about: object = {}) => ({
  id: randomUUID(),
  opdId: city.opds.DINKES,
  kind: 'ORDINARY',
  pattern: 'SIX_DAY',
  validFrom: addDays(TODAY, 7),
  hours: SIX_DAYS,
  worksOnHolidays: false,
  worksOnJointLeave: false,
  ...about,
});

/** What the API answers: status and body. */
async function ask(path: string, body?: object, who: PersonName = 'outsider') {
  const cookie = await signIn(app.get(DataSource), city.people[who].id);
  const answer = await fetch(`${app.url}/api/working-times${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { cookie, origin: app.url, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as never };
}
const rulesOf = async (opdId: string) =>
  ((await ask(`?opdId=${opdId}`)).body as WorkingTimeView[]).filter((rule) => rule.opdId === opdId);

describe('administration over HTTP', () => {
  it('belongs to system administrators', async () => {
    const refused = { status: 403, body: { code: 'forbidden', details: { who: ['ADMIN_SISTEM'] } } };
    expect(await ask('', undefined, 'sekda')).toMatchObject(refused);
    expect(await ask('', wish(), 'head')).toMatchObject(refused);
    expect(await ask(`/${randomUUID()}/end`, { lastDay: TODAY }, 'head')).toMatchObject(refused);
  });

  it('begins with assumed hours of the city', async () => {
    const { status, body } = await ask('');
    expect(status).toBe(200);
    expect(body).toMatchObject([{ opdId: null, kind: 'ORDINARY', pattern: 'FIVE_DAY', validTo: null }]);
  });

  it('adds hours that count from their first day on, once', async () => {
    const rule = wish({ opdId: city.opds.DLH });
    expect(await ask('', rule)).toMatchObject({ status: 201, body: { id: rule.id, validTo: null } });
    expect(await ask('', rule)).toMatchObject({ status: 201, body: { id: rule.id } });
    expect(await rulesOf(city.opds.DLH)).toHaveLength(1);
    const time = await times.of(city.opds.DLH);
    // Saturday the 28th still as before, Saturday the 5th by the new hours.
    expect(nextWorkingMoment(wib('2026-11-28 08:00'), time)).toBe(wib('2026-11-30 07:15'));
    expect(nextWorkingMoment(wib('2026-12-05 08:00'), time)).toBe(wib('2026-12-05 08:00'));
    expect(nextWorkingMoment(wib('2026-12-05 08:00'), await times.of(city.opds.PUPR))).toBe(
      wib('2026-12-07 07:15'),
    );
    expect(await ask('', { ...rule, pattern: 'SHIFT' })).toMatchObject({ status: 409 });
    expect(await ask('', { ...rule, id: randomUUID() })).toMatchObject({
      status: 409,
      body: { code: 'organization.duplicate', details: { field: 'validFrom' } },
    });
  });

  it.each([
    [{ validFrom: TODAY }, 409, 'working-time.begun'],
    [{ validFrom: '2026-02-30' }, 400, 'validation'],
    [{ validTo: '2026-11-25' }, 400, 'validation'],
    [{ hours: ['07:15-16:00'] }, 400, 'validation'],
    [{ hours: [...SIX_DAYS.slice(1), '16:00-07:00'] }, 400, 'validation'],
    [{ hours: Array<string>(7).fill('') }, 400, 'validation'],
    [{ kind: 'RAMADAN' }, 400, 'validation'],
    [{ pattern: 'FOUR_DAY' }, 400, 'validation'],
    [{ opdId: '00000000-0000-4000-8000-000000000000' }, 404, 'not-found'],
    [{ zone: 'Asia/Jayapura' }, 400, 'validation'],
  ])('refuses %j with %i', async (about, status, code) => {
    expect(await ask('', wish(about))).toMatchObject({ status, body: { code } });
    expect(await rulesOf(city.opds.DINKES)).toEqual([]);
  });

  it('withdraws what has not begun, ends what has, and changes nothing backwards', async () => {
    const rule = wish({ opdId: city.opds['ASISTEN-1'] });
    await ask('', rule);
    expect(await ask(`/${rule.id}/end`, { lastDay: TODAY })).toMatchObject({ status: 204 });
    expect(await rulesOf(rule.opdId)).toEqual([]);

    await ask('', rule);
    app.get(Today).now = () => new Date(wib('2026-12-10 09:00'));
    try {
      expect(await ask(`/${rule.id}/end`, { lastDay: '2026-12-09' })).toMatchObject({
        status: 409,
        body: { code: 'working-time.begun', details: { from: '2026-12-10' } },
      });
      const time = await times.of(rule.opdId);
      const before = workingMinutesBetween(wib('2026-11-01 00:00'), wib('2026-12-11 00:00'), time);
      expect(await ask(`/${rule.id}/end`, { lastDay: '2026-12-10' })).toMatchObject({ status: 204 });
      expect(await ask(`/${rule.id}/end`, { lastDay: '2026-12-10' })).toMatchObject({ status: 204 });
      expect(await ask(`/${rule.id}/end`, { lastDay: '2026-12-31' })).toMatchObject({ status: 400 });
      const after = await times.of(rule.opdId);
      expect(workingMinutesBetween(wib('2026-11-01 00:00'), wib('2026-12-11 00:00'), after)).toBe(before);
      expect(nextWorkingMoment(wib('2026-12-12 08:00'), time)).toBe(wib('2026-12-12 08:00'));
      expect(nextWorkingMoment(wib('2026-12-12 08:00'), after)).toBe(wib('2026-12-14 07:15'));
    } finally {
      app.get(Today).now = () => new Date(wib(`${TODAY} 09:00`));
    }
  });

  it('never leaves the city without ordinary hours', async () => {
    const base = ((await ask('')).body as WorkingTimeView[])[0]!;
    const needed = { status: 409, body: { code: 'working-time.needed' } };
    expect(await ask(`/${base.id}/end`, { lastDay: '2026-12-31' })).toMatchObject(needed);
    const next = wish({ opdId: undefined, pattern: 'FIVE_DAY', validFrom: '2027-01-01' });
    await ask('', next);
    expect(await ask(`/${base.id}/end`, { lastDay: '2026-12-30' })).toMatchObject(needed);
    expect(await ask(`/${base.id}/end`, { lastDay: '2026-12-31' })).toMatchObject({ status: 204 });
    expect(await ask(`/${next.id}/end`, { lastDay: '2026-12-31' })).toMatchObject(needed);
    expect(await ask(`/${randomUUID()}/end`, { lastDay: TODAY })).toMatchObject({ status: 404 });
  });

  it('is in the OpenAPI document', async () => {
    const document = (await (await fetch(`${app.url}/api/docs/openapi.json`)).json()) as {
      paths: Record<string, object>;
      components: { schemas: Record<string, { required: string[] }> };
    };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/working-times', '/api/working-times/{id}/end']),
    );
    expect(document.components.schemas.AddWorkingTimeDto?.required).toEqual(
      expect.arrayContaining(['kind', 'pattern', 'validFrom', 'hours', 'worksOnHolidays']),
    );
  });
});

describe('a file of working hours', () => {
  const HEADER =
    'opd_code,jenis,pola,mulai,sampai,senin,selasa,rabu,kamis,jumat,sabtu,minggu,hari_libur,cuti_bersama\n';
  const OFFICE = '"07.30-12.00, 13.00-16.00",,,,,,,libur,libur';
  const run = (rows: string, dryRun = false) =>
    importer.run(Readable.from([Buffer.from(HEADER + rows)]), { dryRun });

  it('fills the past where nobody has decided, once, and tells why a row is refused', async () => {
    const row = `PUPR,biasa,lima_hari,2026-01-01,,${OFFICE}\n`;
    expect(await run(row, true)).toMatchObject({ added: 1 });
    expect(await run(row)).toMatchObject({ added: 1 });
    expect(await run(row)).toMatchObject({ unchanged: 1, added: 0 });
    const report = await run(
      [
        `PUPR,biasa,lima hari,2026-01-01,2026-12-31,${OFFICE}`,
        `PUPR,biasa,lima_hari,2026-06-01,,${OFFICE}`,
        `PUPR,biasa,tiga_hari,2027-01-01,,${OFFICE}`,
        `TIDAK-ADA,biasa,lima_hari,2027-01-01,,${OFFICE}`,
        `PUPR,ramadan,lima_hari,2027-02-08,,${OFFICE}`,
        `,biasa,lima_hari,2027-03-01,2027-12-31,${OFFICE}`,
        `PUPR,biasa,lima_hari,2027-01-01,,pagi,,,,,,,libur,libur`,
        `PUPR,biasa,lima_hari,2027-01-01,,${OFFICE.replace('libur', 'kadang')}`,
        `PUPR,biasa,lima_hari,2027-01-01,,${OFFICE}`,
      ].join('\n'),
    );
    expect(report.problems.map(({ code }) => code)).toEqual([
      'ALREADY_BEGUN',
      'PAST_DECIDED',
      'VALUE_UNKNOWN',
      'OPD_UNKNOWN',
      'DATE_FORMAT',
      'CITY_NEEDS_HOURS',
      'HOURS_FORMAT',
      'VALUE_UNKNOWN',
    ]);
    expect(report).toMatchObject({ rows: 9, added: 1, refused: 8 });
    expect(await run(`PUPR,biasa,enam_hari,2027-01-01,,${OFFICE}`)).toMatchObject({ changed: 1 });
  });

  it('of the demo city: its Ramadan counts for units with five and with six days', async () => {
    const { source } = city.here;
    for (const code of ['RSUD-HAM', 'RSUD-HAS', 'DAMKARTAN', 'BPBD']) {
      await source.query(
        `INSERT INTO opds (id, code, name, abbreviation, kind, valid_from) VALUES ($1, $2, $2, $2, 'dinas', '2020-01-01')`,
        [randomUUID(), code],
      );
    }
    const organization = app.get(OrganizationService);
    // The units were not added by its own changes.
    organization.refresh([]);
    expect(await importer.run(dataFile('working-times.csv'))).toMatchObject({
      rows: 6,
      added: 6,
      refused: 0,
    });
    expect(await importer.run(dataFile('working-times.csv'))).toMatchObject({ unchanged: 6 });
    const week = async (code: string) => {
      const opd = await organization.opdByCode(code);
      const time = await times.of(opd?.id ?? '');
      return workingMinutesBetween(wib('2026-03-02 00:00'), wib('2026-03-09 00:00'), time) / 60;
    };
    expect(await week('DLH')).toBe(32.5);
    expect(await week('RSUD-HAM')).toBe(34.5);
    expect(await week('BPBD')).toBe(168);
  });
});
