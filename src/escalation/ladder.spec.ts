import { workingTimeOf, type HolidayKind, type PostRef } from '#libs/contracts';
import { ladderOf, type ChainOfDay } from './ladder.js';

const time = workingTimeOf(
  [
    {
      opdId: null,
      kind: 'ORDINARY',
      pattern: 'FIVE_DAY',
      validFrom: '2000-01-01',
      validTo: null,
      zone: 'Asia/Jakarta',
      hours: [...Array<string>(4).fill('07:15-12:00, 13:00-16:00'), '07:15-11:30, 13:30-16:00', '', ''],
      worksOnHolidays: false,
      worksOnJointLeave: false,
    },
  ],
  new Map<string, HolidayKind>([
    ['2026-12-24', 'cuti_bersama'],
    ['2026-12-25', 'libur_nasional'],
  ]),
  null,
);
const wib = (text: string) => new Date(`${text.replace(' ', 'T')}:00+07:00`).toISOString();

const HEAD: PostRef = { role: 'KEPALA_OPD', opdId: 'rsud' };
const DINAS: PostRef = { role: 'KEPALA_OPD', opdId: 'dinkes' };
const ASISTEN: PostRef = { role: 'ASISTEN', opdId: 'asisten' };
const SEKDA: PostRef = { role: 'SEKDA', opdId: null };
const nameOf = ({ role, opdId }: PostRef) => opdId ?? role;

/** Everybody above the hospital, each held by a person of the post's name, unless it is said otherwise. */
const chain = (held: Record<string, string[]> = {}, above = [DINAS, ASISTEN, SEKDA]): ChainOfDay => ({
  superiorsOf: () => above,
  holdersOf: (post) => held[nameOf(post)] ?? [nameOf(post)],
});
/** Asked on Monday the 21st at the end of work, due on Wednesday the 23rd. */
const waiting = { owner: HEAD, askedAt: wib('2026-12-21 16:00'), dueAt: wib('2026-12-23 16:00') };
const told = (on: (day: string) => ChainOfDay, about = waiting) =>
  ladderOf(about, time, on).map(({ kind, at, to, personIds }) => [kind, at, nameOf(to), personIds.join()]);

it('reminds at half, tells the superior at the end, the asisten a working day later, the Sekda after three', () => {
  expect(told(() => chain())).toEqual([
    ['REMINDER', wib('2026-12-22 16:00'), 'rsud', 'rsud'],
    ['SUPERIOR', wib('2026-12-23 16:00'), 'dinkes', 'dinkes'],
    // Joint leave, Christmas and a weekend lie between.
    ['ASISTEN', wib('2026-12-28 16:00'), 'asisten', 'asisten'],
    ['SEKDA', wib('2026-12-30 16:00'), 'SEKDA', 'SEKDA'],
  ]);
});

it('tells nobody twice: a Dinas has the asisten as its superior', () => {
  const steps = told(() => chain({}, [ASISTEN, SEKDA]));
  expect(steps.map(([kind, at, to]) => [kind, at, to])).toEqual([
    ['REMINDER', wib('2026-12-22 16:00'), 'rsud'],
    ['SUPERIOR', wib('2026-12-23 16:00'), 'asisten'],
    ['SEKDA', wib('2026-12-30 16:00'), 'SEKDA'],
  ]);
});

it('goes by the organisation of the day of each step', () => {
  const steps = told((day) => chain(day >= '2026-12-28' ? { asisten: ['a Plh.'] } : { dinkes: ['a Plt.'] }));
  expect(steps.map(([, , to, persons]) => [to, persons])).toEqual([
    ['rsud', 'rsud'],
    ['dinkes', 'a Plt.'],
    ['asisten', 'a Plh.'],
    ['SEKDA', 'SEKDA'],
  ]);
});

it('passes over a post that is vacant, and one that the same person holds', () => {
  const vacant = told(() => chain({ dinkes: [] }));
  expect(vacant.map(([, , to]) => to)).toEqual(['rsud', 'asisten', 'SEKDA']);
  // The head of the Dinas stands in at the hospital, too.
  const twice = told(() => chain({ rsud: ['one'], dinkes: ['one'], asisten: [] }));
  expect(twice.map(([kind, , to]) => [kind, to])).toEqual([
    ['REMINDER', 'rsud'],
    ['SUPERIOR', 'SEKDA'],
  ]);
});

it('reminds once more where nobody is above', () => {
  expect(told(() => chain({}, []), { ...waiting, owner: SEKDA })).toEqual([
    ['REMINDER', wib('2026-12-22 16:00'), 'SEKDA', 'SEKDA'],
    ['REMINDER', wib('2026-12-23 16:00'), 'SEKDA', 'SEKDA'],
  ]);
});
