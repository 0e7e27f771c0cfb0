import { randomUUID } from 'node:crypto';
import {
  addDays,
  clockFrom,
  dayOf,
  endOfWorkingDay,
  nextWorkingMoment,
  workingTimeOf,
  type AppError,
  type DecisionRequestView,
  type Instant,
  type MakeDecision,
  type PostRef,
  type RequestDecision,
  type WorkspaceEvent,
} from '#libs/contracts';
import { readEvents } from '#libs/database';
import { Today } from '../../../src/access/today.service.js';
import { DecisionHolders } from '../../../src/inbox/decision-holders.js';
import { readWorkingTimes } from '../../../src/working-time/working-time.queries.js';
import { City, today, type PersonName } from '../../support/city.js';

const SEKDA: PostRef = { role: 'SEKDA', opdId: null };

let city: City;
beforeAll(async () => {
  city = await City.build();
});
afterAll(() => city.close());

const head = (): PostRef => ({ role: 'KEPALA_OPD', opdId: city.opds.PUPR });
const about = (workspaceId: string, decisionId: string) => ({
  ...{ workspaceId, decisionId, commandId: randomUUID() },
});
const ask = async (taskId: string, more: Partial<RequestDecision> = {}) => {
  const decisionId = randomUUID();
  await city.here.deciding.request(city.people.member, {
    ...{ ...about(taskId, decisionId), title: 'Sewa pompa', options: [], decider: head(), ...more },
  });
  return decisionId;
};
const decide = (who: PersonName, taskId: string, decisionId: string, more: Partial<MakeDecision> = {}) =>
  city.here.deciding.decide(city.people[who], { ...about(taskId, decisionId), outcome: 'APPROVED', ...more });
const extend = (who: PersonName, taskId: string, decisionId: string, dueDate: string) =>
  city.here.deciding
    .extend(city.people[who], { ...about(taskId, decisionId), dueDate, reason: 'Menunggu rapat anggaran' })
    .then(
      () => 'done',
      ({ code }: AppError) => code,
    );
const view = async (taskId: string, decisionId: string): Promise<DecisionRequestView> => {
  const { state } = await city.here.reader.snapshot(city.people.lead.id, taskId);
  const found = state.decisions.find(({ id }) => id === decisionId);
  if (!found) throw new Error('it is not there');
  return found;
};
const clockOf = async (taskId: string, decisionId: string) => {
  const { clock } = await view(taskId, decisionId);
  if (!clock) throw new Error('it has no clock');
  return clock;
};
/** What was told, to whom. */
const told = async (taskId: string, decisionId: string) =>
  (await clockOf(taskId, decisionId)).told.map(({ kind, persons }) => [
    kind,
    ...persons.map(({ name }) => name),
  ]);
const types = async (taskId: string) =>
  ((await readEvents(city.here.source.manager, taskId, 0, 1_000_000, 1_000)) as WorkspaceEvent[])
    .map(({ type }) => type)
    .filter((type) => type.startsWith('decision.'));
const office = async () =>
  workingTimeOf(
    await readWorkingTimes(city.here.source.manager),
    await city.here.organization.holidays(),
    null,
  );
const after = (at: Instant, ms: number) => new Date(Date.parse(at) + ms).toISOString();

/** As if it had been asked then, and due at the end of that day. */
const askedThen = async (taskId: string, decisionId: string, askedAt: Instant, dueDate: string) => {
  const clock = clockFrom(askedAt, dueDate, city.opds.PUPR, await office());
  await city.here.source.query(
    `WITH asked AS (UPDATE decision_requests SET requested_at = $2, due_date = $3, clock = clock || $4::jsonb WHERE id = $1::uuid)
     UPDATE timers SET due_at = $5, run_at = $5 WHERE kind = 'decision.clock' AND key = $1::text`,
    [decisionId, askedAt, dueDate, JSON.stringify({ ...clock, toldUntil: askedAt }), clock.remindAt],
  );
  return clock;
};
const wib = (text: string) => new Date(`${text.replace(' ', 'T')}:00+07:00`).toISOString();

it('runs to the end of the third working day where the asker named none, and of the named day otherwise', async () => {
  const taskId = await city.aTask();
  const time = await office();
  const { askedAt, dueAt } = await clockOf(taskId, await ask(taskId));
  expect(dueAt).toBe(endOfWorkingDay(askedAt, 3, time));
  const named = await view(taskId, await ask(taskId, { dueDate: addDays(today(), 14) }));
  expect(named).toMatchObject({ dueDate: addDays(today(), 14), firstDueDate: addDays(today(), 14) });
  expect(named.clock?.dueAt).toBe(endOfWorkingDay(wib(`${addDays(today(), 14)} 00:00`), 0, time));
});

it('tells holder, superior and Sekda, each the next time that is worked, over a weekend', async () => {
  const taskId = await city.aTask();
  const decisionId = await ask(taskId);
  // Thursday afternoon until Monday.
  await askedThen(taskId, decisionId, wib('2027-01-07 16:00'), '2027-01-11');
  const at = async (moment: string) => {
    await city.here.fireTimers(wib(moment));
    return told(taskId, decisionId);
  };
  expect(await at('2027-01-08 15:00')).toEqual([]);
  // Half of the time is over on Monday morning; on Saturday nobody is told.
  expect(await at('2027-01-09 10:00')).toEqual([]);
  expect(await at('2027-01-11 07:46')).toEqual([['REMINDER', 'head, S.T.']]);
  // The end is that of the day: the next morning tells.
  expect(await at('2027-01-11 20:00')).toHaveLength(1);
  expect(await at('2027-01-12 07:15')).toEqual([
    ['REMINDER', 'head, S.T.'],
    ['SUPERIOR', 'asisten, S.T.'],
  ]);
  expect(await at('2027-01-14 20:00')).toHaveLength(2);
  expect((await at('2027-01-15 07:15')).at(-1)).toEqual(['SEKDA', 'sekda, S.T.']);
  expect(await types(taskId)).toEqual(['decision.requested', ...Array<string>(3).fill('decision.reminded')]);
  expect(await at('2027-02-15 09:00')).toHaveLength(3);
});

it('waits for the end of joint leave, and works by the hours of Ramadan', async () => {
  const { source, organization } = city.here;
  await source.query(
    `INSERT INTO holidays (day, name, kind) VALUES ('2027-03-09', 'Cuti bersama', 'cuti_bersama'),
       ('2027-03-10', 'Idulfitri', 'libur_nasional') ON CONFLICT DO NOTHING`,
  );
  await source.query(
    `INSERT INTO working_times (id, opd_id, kind, pattern, valid_from, valid_to, zone, hours, works_on_holidays,
       works_on_joint_leave)
     VALUES ($1, NULL, 'RAMADAN', 'FIVE_DAY', '2027-02-08', '2027-03-10', 'Asia/Jakarta', $2, false, false)`,
    [randomUUID(), [...Array<string>(4).fill('07:30-12:00, 12:30-15:00'), '07:00-11:30', '', '']],
  );
  organization.refresh([]);
  const there = await city.anotherInstance();
  const taskId = await city.aTask();
  const decisionId = await ask(taskId);
  const clock = await askedThen(taskId, decisionId, wib('2027-03-05 11:30'), '2027-03-08');
  expect(clock.dueAt).toBe(wib('2027-03-08 15:00'));
  await there.fireTimers(wib('2027-03-08 14:59'));
  expect(await told(taskId, decisionId)).toEqual([['REMINDER', 'head, S.T.']]);
  for (const moment of ['2027-03-08 15:00', '2027-03-09 09:00', '2027-03-10 09:00'])
    await there.fireTimers(wib(moment));
  expect(await told(taskId, decisionId)).toHaveLength(1);
  await there.fireTimers(wib('2027-03-11 07:15'));
  expect((await told(taskId, decisionId)).at(-1)).toEqual(['SUPERIOR', 'asisten, S.T.']);
});

it('stands while something is to be explained, and goes on with what was left; an undo goes on as before', async () => {
  const taskId = await city.aTask();
  const decisionId = await ask(taskId);
  const before = await clockOf(taskId, decisionId);
  const question = { outcome: 'CLARIFICATION_REQUESTED' as const, note: 'Berapa unit?' };
  await decide('head', taskId, decisionId, question);
  expect((await clockOf(taskId, decisionId)).pausedAt).not.toBeNull();
  await city.here.deciding.undo(city.people.head, about(taskId, decisionId));
  expect(await clockOf(taskId, decisionId)).toEqual(before);
  await decide('head', taskId, decisionId, question);
  await city.here.fireTimers(after(before.dueAt, 864e5));
  expect(await told(taskId, decisionId)).toEqual([]);
  await city.here.deciding.clarify(city.people.member, { ...about(taskId, decisionId), answer: 'Dua.' });
  const { pausedAt, dueAt } = await clockOf(taskId, decisionId);
  expect([pausedAt, dueAt >= before.dueAt]).toEqual([null, true]);
});

it('begins anew with another post and ends with the answer', async () => {
  const taskId = await city.aTask();
  const decisionId = await ask(taskId, { dueDate: today() });
  const first = await view(taskId, decisionId);
  await decide('head', taskId, decisionId, { outcome: 'FORWARDED', note: 'Anggaran', forwardTo: SEKDA });
  const next = await view(taskId, decisionId);
  expect(next).toMatchObject({ firstDueDate: today(), clock: { opdId: null, told: [] } });
  // A whole working day at least.
  expect(next.clock?.dueAt).toBe(endOfWorkingDay(next.clock?.askedAt ?? '', 1, await office()));
  expect((next.clock?.dueAt ?? '') > (first.clock?.dueAt ?? '')).toBe(true);
  await decide('sekda', taskId, decisionId);
  const left = () =>
    city.here.source.query(`SELECT kind FROM timers WHERE key = $1 ORDER BY kind`, [decisionId]);
  expect(await left()).toEqual([{ kind: 'decision.effect' }]);
  await city.here.deciding.undo(city.people.sekda, about(taskId, decisionId));
  expect(await left()).toEqual([{ kind: 'decision.clock' }]);
  await city.here.deciding.withdraw(city.people.member, about(taskId, decisionId));
  expect(await left()).toEqual([]);
});

it('is extended by the post that decides or one above it, with a reason; the first day stays', async () => {
  const taskId = await city.aTask();
  const decisionId = await ask(taskId, { dueDate: addDays(today(), 7) });
  const later = addDays(today(), 20);
  expect(await extend('member', taskId, decisionId, later)).toBe('forbidden');
  expect(await extend('supportingHead', taskId, decisionId, later)).toBe('forbidden');
  expect(await extend('head', taskId, decisionId, addDays(today(), 7))).toBe('validation');
  expect(await extend('head', taskId, decisionId, later)).toBe('done');
  expect(await extend('sekda', taskId, decisionId, addDays(later, 1))).toBe('done');
  expect(await view(taskId, decisionId)).toMatchObject({
    ...{ dueDate: addDays(later, 1), firstDueDate: addDays(today(), 7) },
  });
  await decide('head', taskId, decisionId);
  expect(await extend('head', taskId, decisionId, addDays(later, 9))).toBe('decision.not-pending');
});

it('tells once with three instances that fire at the same moment', async () => {
  const instances = [city.here, await city.anotherInstance(), await city.anotherInstance()];
  const taskIds = await Promise.all(Array.from({ length: 6 }, () => city.aTask()));
  const asked = await Promise.all(taskIds.map(async (taskId) => [taskId, await ask(taskId)] as const));
  const { remindAt } = await clockOf(asked.at(-1)?.[0] ?? '', asked.at(-1)?.[1] ?? '');
  const moment = nextWorkingMoment(after(remindAt, 60_000), await office());
  await Promise.all(instances.map((one) => one.fireTimers(moment)));
  for (const [taskId, decisionId] of asked)
    expect(await told(taskId, decisionId)).toEqual([['REMINDER', 'head, S.T.']]);
});

it('a decision at the same moment as a reminder: both are done, in one order or the other', async () => {
  for (let round = 0; round < 5; round++) {
    const taskId = await city.aTask();
    const decisionId = await ask(taskId);
    const { remindAt } = await clockOf(taskId, decisionId);
    const moment = nextWorkingMoment(after(remindAt, 60_000), await office());
    await Promise.all([city.here.fireTimers(moment), decide('head', taskId, decisionId)]);
    const seen = (await types(taskId)).filter((type) => type !== 'decision.effective');
    expect(seen.filter((type) => type === 'decision.made')).toHaveLength(1);
    expect(seen.at(-1)).toBe('decision.made');
  }
});

it('waits in the inbox of a Plh. from the first day, and afterwards with the head again', async () => {
  const { source, log, organization } = city.here;
  const clock = new Today();
  const holders = new DecisionHolders(log, organization, clock);
  const taskId = await city.aTask();
  const decisionId = await ask(taskId, { decider: { role: 'KEPALA_OPD', opdId: city.opds.DLH } });
  const [from, to] = [addDays(dayOf(new Date()), 3), addDays(dayOf(new Date()), 5)];
  await source.query(
    `INSERT INTO position_assignments (id, person_id, opd_id, title, position_kind, mode, valid_from, valid_to)
     VALUES ($1, $2, $3, 'Kepala Dinas Lingkungan Hidup', 'jpt_pratama', 'PLH', $4, $5)`,
    [randomUUID(), city.people.colleague.id, city.opds.DLH, from, to],
  );
  const open = async (day: string) => {
    clock.now = () => new Date(wib(`${day} 06:00`));
    await Promise.all([holders.look(), holders.look()]);
    const rows = await source.query<{ name: string; version: number }[]>(
      `SELECT p.name, r.version FROM inbox_rows r JOIN persons p ON p.id = r.person_id
       WHERE r.topic = $1 AND r.state = 'OPEN' ORDER BY p.name`,
      [`decision:${decisionId}`],
    );
    return rows;
  };
  expect(await open(addDays(from, -1))).toEqual([]);
  expect(await open(from)).toEqual([{ name: 'colleague', version: 1 }]);
  expect(await open(to)).toEqual([{ name: 'colleague', version: 1 }]);
  expect(await open(addDays(to, 1))).toEqual([{ name: 'supportingHead', version: 1 }]);
});
