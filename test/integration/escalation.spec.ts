import { randomUUID } from 'node:crypto';
import { EscalationService } from '../../src/escalation/escalation.service.js';
import { WorkingTimeService } from '../../src/working-time/working-time.service.js';
import { City } from '../support/city.js';

const wib = (text: string) => new Date(`${text.replace(' ', 'T')}:00+07:00`).toISOString();

let city: City;
let escalation: EscalationService;

beforeAll(async () => {
  city = await City.build();
  const { source, organization } = city.here;
  escalation = new EscalationService(source, organization, new WorkingTimeService(source, organization));
});
afterAll(() => city.close());

const waiting = (
  role: 'KEPALA_OPD' | 'KETUA_TIM' | 'ASISTEN' | 'SEKDA' | 'WALI_KOTA',
  opdId: string | null,
) => ({
  owner: { role, opdId },
  askedAt: wib('2026-11-23 16:00'),
  dueAt: wib('2026-11-25 16:00'),
});
const told = async (about: ReturnType<typeof waiting>) =>
  (await escalation.ladder(about, city.opds.PUPR)).map(({ kind, at, personIds }) => [kind, at, ...personIds]);

it('a request to a head goes up by the posts of each day, a Plh. in his days', async () => {
  const { head, asisten, sekda, author } = city.people;
  await city.here.changes.assignPosition({
    personId: author.id,
    opdId: city.opds.SETDA,
    title: 'Sekretaris Daerah',
    positionKind: 'jpt_pratama',
    grade: null,
    mode: 'PLH',
    validFrom: '2026-11-30',
    validTo: '2026-11-30',
  });
  expect(await told(waiting('KEPALA_OPD', city.opds.PUPR))).toEqual([
    ['REMINDER', wib('2026-11-24 16:00'), head.id],
    ['SUPERIOR', wib('2026-11-25 16:00'), asisten.id],
    ['SEKDA', wib('2026-11-30 16:00'), author.id],
  ]);
  expect(await told(waiting('ASISTEN', city.opds['ASISTEN-2']))).toEqual([
    ['REMINDER', wib('2026-11-24 16:00'), asisten.id],
    ['SUPERIOR', wib('2026-11-25 16:00'), sekda.id],
  ]);
});

it('a hospital is under its Dinas, a team lead under the head, nobody above the Sekda', async () => {
  const rsud = randomUUID();
  await city.here.source.query(
    `INSERT INTO opds (id, code, name, abbreviation, kind, parent_id, valid_from)
     VALUES ($1, 'RSUD', 'RSUD', 'RSUD', 'rsud', $2, '2020-01-01')`,
    [rsud, city.opds.DINKES],
  );
  const { organization } = city.here;
  const above = async (about: ReturnType<typeof waiting>, day = '2026-11-24') =>
    (await organization.chainOn(day)).superiorsOf(about.owner);
  const head = (opdId: string) => ({ role: 'KEPALA_OPD', opdId });
  const field = { role: 'ASISTEN', opdId: city.opds['ASISTEN-1'] };
  const sekda = { role: 'SEKDA', opdId: null };
  expect(await above(waiting('KEPALA_OPD', rsud))).toEqual([head(city.opds.DINKES), field, sekda]);
  expect(await above(waiting('KETUA_TIM', rsud))).toEqual([head(rsud), head(city.opds.DINKES), field, sekda]);
  expect(await above(waiting('KEPALA_OPD', city.opds.SETDA))).toEqual([]);
  expect(await above(waiting('SEKDA', null))).toEqual([]);
  expect(await above(waiting('WALI_KOTA', null))).toEqual([]);
  expect(await above(waiting('KEPALA_OPD', randomUUID()))).toEqual([]);
  // Until the end of last year it stood by itself.
  await city.here.source.query(
    `INSERT INTO opd_history (opd_id, valid_from, valid_to, name, abbreviation, parent_id)
     VALUES ($1, '2020-01-01', '2025-12-31', 'RSUD', 'RSUD', $2)`,
    [rsud, city.opds.PEMKOT],
  );
  expect(await above(waiting('KEPALA_OPD', rsud), '2025-12-31')).toEqual([sekda]);
});
