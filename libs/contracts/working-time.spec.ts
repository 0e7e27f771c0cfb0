import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { addDays } from './calendar.js';
import type { Day } from './organization.js';
import { formatHours, parseHours, ruleOn, type HolidayKind, type WorkingTimeRule } from './working-hours.js';
import {
  addWorkingMinutes,
  endOfWorkingDay,
  halfwayBetween,
  isWorkingTime,
  nextWorkingMoment,
  workingMinutesBetween,
  workingTimeOf,
  type WorkingTime,
} from './working-time.js';

const holidays = new Map(
  readFileSync(new URL('../../src/demo/data/holidays-2026.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line): [Day, HolidayKind] => [
      line.slice(0, 10),
      line.endsWith('cuti_bersama') ? 'cuti_bersama' : 'libur_nasional',
    ]),
);

const rule = (about: Partial<WorkingTimeRule>): WorkingTimeRule => ({
  opdId: null,
  kind: 'ORDINARY',
  pattern: 'FIVE_DAY',
  validFrom: '2000-01-01',
  validTo: null,
  zone: 'Asia/Jakarta',
  hours: [...Array<string>(4).fill('07:15-12:00, 13:00-16:00'), '07:15-11:30, 13:30-16:00', '', ''],
  worksOnHolidays: false,
  worksOnJointLeave: false,
  ...about,
});
const ramadan = { kind: 'RAMADAN', validFrom: '2026-02-19', validTo: '2026-03-20' } as const;
const RULES: WorkingTimeRule[] = [
  rule({}),
  rule({
    ...ramadan,
    hours: [...Array<string>(4).fill('07:30-12:00, 12:30-15:00'), '07:00-11:30', '', ''],
  }),
  rule({
    ...ramadan,
    pattern: 'SIX_DAY',
    hours: [...Array<string>(4).fill('07:30-13:30'), '07:00-11:30', '07:30-13:30', ''],
  }),
  rule({
    opdId: 'school',
    pattern: 'SIX_DAY',
    hours: [...Array<string>(4).fill('07:30-14:30'), '07:00-11:30', '07:30-12:30', ''],
  }),
  rule({
    opdId: 'fire brigade',
    pattern: 'SHIFT',
    hours: Array<string>(7).fill('00:00-24:00'),
    worksOnHolidays: true,
    worksOnJointLeave: true,
  }),
];
const office = workingTimeOf(RULES, holidays, 'any office');
const school = workingTimeOf(RULES, holidays, 'school');
const brigade = workingTimeOf(RULES, holidays, 'fire brigade');

/** A moment in Jambi. */
const wib = (text: string) => new Date(`${text.replace(' ', 'T')}:00+07:00`).toISOString();
/** A day of an office, and of a Friday. */
const DAY = 465;

describe('the vectors of the field', () => {
  it.each([
    ['2026-05-13', 3, '2026-05-20'],
    ['2026-05-26', 2, '2026-06-02'],
    ['2026-12-23', 1, '2026-12-28'],
    ['2026-03-17', 3, '2026-03-27'],
    ['2026-11-19', 2, '2026-11-23'],
  ])('%s and %i working days end with the hours of %s', (from, days, to) => {
    expect(endOfWorkingDay(wib(`${from} 09:00`), days, office)).toBe(wib(`${to} 16:00`));
    expect(endOfWorkingDay(wib(`${from} 21:00`), days, office)).toBe(wib(`${to} 16:00`));
  });

  it('the week of an office, of Ramadan with five and with six days', () => {
    const week = (monday: Day, time: WorkingTime) =>
      workingMinutesBetween(wib(`${monday} 00:00`), wib(`${addDays(monday, 7)} 00:00`), time) / 60;
    expect(week('2026-11-16', office)).toBe(37.75);
    expect(week('2026-11-16', school)).toBe(37.5);
    expect(week('2026-03-02', office)).toBe(32.5);
    expect(week('2026-03-02', school)).toBe(34.5);
    expect(week('2026-03-16', brigade)).toBe(168);
  });

  it('four working hours for a moderation, over a break, an evening and a weekend', () => {
    expect(addWorkingMinutes(wib('2026-11-24 09:00'), 240, office)).toBe(wib('2026-11-24 14:00'));
    expect(addWorkingMinutes(wib('2026-11-24 15:00'), 240, office)).toBe(wib('2026-11-25 10:15'));
    expect(addWorkingMinutes(wib('2026-11-27 15:00'), 240, office)).toBe(wib('2026-11-30 10:15'));
    expect(addWorkingMinutes(wib('2026-11-28 11:00'), 240, office)).toBe(wib('2026-11-30 11:15'));
    expect(addWorkingMinutes(wib('2026-11-27 15:00'), 240, school)).toBe(wib('2026-11-28 11:30'));
  });

  it('joint leave stops an office, not a shift', () => {
    expect(addWorkingMinutes(wib('2026-12-23 15:00'), 120, office)).toBe(wib('2026-12-28 08:15'));
    expect(addWorkingMinutes(wib('2026-12-23 15:00'), 120, brigade)).toBe(wib('2026-12-23 17:00'));
    const open = workingTimeOf([rule({ worksOnJointLeave: true })], holidays, null);
    expect(addWorkingMinutes(wib('2026-12-23 15:00'), 120, open)).toBe(wib('2026-12-24 08:15'));
    expect(nextWorkingMoment(wib('2026-12-25 09:00'), open)).toBe(wib('2026-12-28 07:15'));
  });
});

describe('moments', () => {
  it.each([
    ['2026-11-24 07:14', false, '2026-11-24 07:15'],
    ['2026-11-24 07:15', true, '2026-11-24 07:15'],
    ['2026-11-24 12:00', false, '2026-11-24 13:00'],
    ['2026-11-24 16:00', false, '2026-11-25 07:15'],
    ['2026-11-27 12:00', false, '2026-11-27 13:30'],
    ['2026-11-27 23:00', false, '2026-11-30 07:15'],
    ['2026-03-03 15:30', false, '2026-03-04 07:30'],
    ['2026-03-18 09:00', false, '2026-03-25 07:15'],
  ])('%s is worked: %s; work goes on at %s', (at, isWorked, next) => {
    expect(isWorkingTime(wib(at), office)).toBe(isWorked);
    expect(nextWorkingMoment(wib(at), office)).toBe(wib(next));
  });

  it('half of the time is half of what is worked', () => {
    expect(halfwayBetween(wib('2026-11-26 16:00'), wib('2026-11-30 16:00'), office)).toBe(
      // 405 minutes of Friday and 465 of Monday.
      wib('2026-11-30 07:45'),
    );
    expect(halfwayBetween(wib('2026-11-24 12:15'), wib('2026-11-24 12:45'), office)).toBe(
      wib('2026-11-24 13:00'),
    );
  });

  it('no minutes more leave a worked moment, and the end of a day, where they are', () => {
    expect(addWorkingMinutes(wib('2026-11-24 16:00'), 0, office)).toBe(wib('2026-11-24 16:00'));
    expect(addWorkingMinutes(wib('2026-11-24 16:01'), 0, office)).toBe(wib('2026-11-25 07:15'));
    expect(addWorkingMinutes(wib('2026-11-23 16:00'), DAY, office)).toBe(wib('2026-11-24 16:00'));
    expect(endOfWorkingDay(wib('2026-11-24 16:00'), 0, office)).toBe(wib('2026-11-24 16:00'));
    expect(endOfWorkingDay(wib('2026-11-24 16:01'), 0, office)).toBe(wib('2026-11-25 16:00'));
  });

  it('another zone is another moment', () => {
    const east = workingTimeOf([rule({ zone: 'Asia/Jayapura' })], holidays, null);
    expect(nextWorkingMoment('2026-11-24T18:00:00Z', east)).toBe('2026-11-24T22:15:00.000Z');
    const both = [rule({}), rule({ opdId: 'east', zone: 'Asia/Jayapura' })];
    expect(() => workingTimeOf(both, holidays, 'east')).toThrow(RangeError);
  });

  it('what cannot be calculated is refused', () => {
    const ended = workingTimeOf([rule({ validTo: '2026-11-24' })], holidays, null);
    expect(() => nextWorkingMoment(wib('2026-11-25 09:00'), ended)).toThrow(RangeError);
    expect(() => addWorkingMinutes(wib('2026-11-24 15:00'), 61, ended)).toThrow(RangeError);
    expect(() => endOfWorkingDay(wib('2026-11-24 15:00'), 1, ended)).toThrow(RangeError);
    expect(() => addWorkingMinutes(wib('2026-11-24 15:00'), -1, office)).toThrow(RangeError);
    expect(() => addWorkingMinutes('besok', 1, office)).toThrow(RangeError);
    expect(() => workingTimeOf([rule({ hours: ['pagi'] })], holidays, null)).toThrow(RangeError);
  });
});

describe('whatever the moments are', () => {
  const moment = fc
    .integer({ min: Date.parse('2025-12-01T00:00:00Z'), max: Date.parse('2027-02-01T00:00:00Z') })
    .map((ms) => new Date(ms).toISOString());
  const minutes = fc.integer({ min: 0, max: 30 * DAY * 60_000 }).map((ms) => ms / 60_000);
  const times = fc.constantFrom(office, school, brigade);

  it('adding and then measuring gives back the amount', () => {
    fc.assert(
      fc.property(moment, minutes, times, (at, amount, time) => {
        expect(workingMinutesBetween(at, addWorkingMinutes(at, amount, time), time)).toBe(amount);
      }),
    );
  });

  it('later or more never comes out earlier', () => {
    fc.assert(
      fc.property(moment, moment, minutes, minutes, times, (a, b, one, more, time) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        expect(addWorkingMinutes(early, one, time) <= addWorkingMinutes(late, one, time)).toBe(true);
        expect(addWorkingMinutes(a, one, time) <= addWorkingMinutes(a, one + more, time)).toBe(true);
      }),
    );
  });

  it('any cut leaves the sum as it is', () => {
    fc.assert(
      fc.property(fc.tuple(moment, moment, moment), times, (three, time) => {
        const [a, b, c] = three.toSorted() as [string, string, string];
        const inMs = (from: string, to: string) => Math.round(workingMinutesBetween(from, to, time) * 60_000);
        expect(inMs(a, b) + inMs(b, c)).toBe(inMs(a, c));
      }),
    );
    fc.assert(
      fc.property(moment, minutes, minutes, times, (at, one, two, time) => {
        const cut = addWorkingMinutes(addWorkingMinutes(at, one, time), two, time);
        expect(cut).toBe(addWorkingMinutes(at, one + two, time));
      }),
    );
  });

  it('a sum lands in working time or on its end, never on a holiday', () => {
    fc.assert(
      fc.property(moment, minutes, times, (at, amount, time) => {
        const lands = addWorkingMinutes(at, amount, time);
        const before = new Date(Date.parse(lands) - 1).toISOString();
        expect(isWorkingTime(lands, time) || isWorkingTime(before, time)).toBe(true);
      }),
    );
    for (const day of holidays.keys()) {
      expect(workingMinutesBetween(wib(`${day} 00:00`), wib(`${addDays(day, 1)} 00:00`), office)).toBe(0);
    }
  });

  it('counting minute by minute gives the same', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 * 1_440 }),
        fc.integer({ min: 0, max: 5 * 1_440 }),
        times,
        (offset, length, time) => {
          const start = Date.parse('2026-01-01T00:00:00Z') + offset * 60_000;
          let count = 0;
          for (let minute = 0; minute < length; minute++) {
            if (isWorkingTime(new Date(start + minute * 60_000).toISOString(), time)) count += 1;
          }
          const to = new Date(start + length * 60_000).toISOString();
          expect(workingMinutesBetween(new Date(start).toISOString(), to, time)).toBe(count);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('ten years cost a look at each day, not at each minute', () => {
    let looks = 0;
    const counted: WorkingTime = {
      ...office,
      spansOn: (day) => {
        looks += 1;
        return office.spansOn(day);
      },
    };
    const worked = workingMinutesBetween(wib('2020-01-01 00:00'), wib('2030-01-01 00:00'), counted);
    expect(looks).toBe(3_654);
    looks = 0;
    expect(addWorkingMinutes(wib('2020-01-01 00:00'), worked, counted)).toBe(wib('2029-12-31 16:00'));
    expect(looks).toBeLessThan(3_654);
  });
});

describe('hours', () => {
  it.each([
    ['', ''],
    ['07.15 - 12.00,13.00–16.00', '07:15-12:00, 13:00-16:00'],
    ['00:00-24:00', '00:00-24:00'],
  ])('"%s" is read as "%s"', (text, written) => {
    expect(formatHours(parseHours(text) ?? [])).toBe(written);
  });

  it.each(['pagi', '07:15', '12:00-07:15', '07:15-07:15', '07:00-12:00, 11:30-16:00', '22:00-24:30', '7-12'])(
    '"%s" is no day of work',
    (text) => expect(parseHours(text)).toBeNull(),
  );

  it('a rule holds from its first day to its last, own ones before those of the city', () => {
    const later = rule({ validFrom: '2026-07-01' });
    const first = rule({});
    const own = rule({ opdId: 'a', kind: 'RAMADAN', validFrom: '2026-02-19', validTo: '2026-03-20' });
    const rules = [first, later, own, ...RULES.slice(1)];
    expect(ruleOn(rules, 'a', '2026-06-30')).toBe(first);
    expect(ruleOn(rules, 'a', '2026-07-01')).toBe(later);
    const flood = rule({ validFrom: '2026-12-01', validTo: '2026-12-05' });
    expect(ruleOn([flood, ...rules], 'a', '2026-12-05')).toBe(flood);
    expect(ruleOn([flood, ...rules], 'a', '2026-12-06')).toBe(later);
    expect(ruleOn(rules, 'a', '2026-03-20')).toBe(own);
    expect(ruleOn(rules, 'b', '2026-03-20')).toBe(RULES[1]);
    expect(ruleOn(rules, 'school', '2026-03-20')).toBe(RULES[2]);
    expect(ruleOn(rules, 'fire brigade', '2026-03-20')).toBe(RULES[4]);
    expect(ruleOn([], 'a', '2026-03-20')).toBeUndefined();
  });
});
