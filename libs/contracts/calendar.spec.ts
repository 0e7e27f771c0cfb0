import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  addDays,
  addWorkingDays,
  dayOf,
  FIVE_DAY_WEEK,
  isDay,
  isWorkingDay,
  workingDaysBetween,
  type WorkCalendar,
} from './calendar.js';

const holidays = new Set(
  readFileSync(new URL('../../src/demo/data/holidays-2026.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, 10)),
);
const office: WorkCalendar = { workingWeekdays: [...FIVE_DAY_WEEK], holidays };
const sixDays: WorkCalendar = { workingWeekdays: [1, 2, 3, 4, 5, 6], holidays };

describe('working days in Asia/Jakarta', () => {
  test.each([
    ['2026-05-13', 3, '2026-05-20'],
    ['2026-05-26', 2, '2026-06-02'],
    ['2026-12-23', 1, '2026-12-28'],
    ['2026-03-17', 3, '2026-03-27'],
    ['2026-11-19', 2, '2026-11-23'],
  ])('%s and %i working days give %s', (from, days, to) => {
    expect(addWorkingDays(from, days, office)).toBe(to);
    expect(workingDaysBetween(from, to, office)).toBe(days);
  });

  test('a unit that works on Saturdays counts them', () => {
    expect(addWorkingDays('2026-11-20', 1, office)).toBe('2026-11-23');
    expect(addWorkingDays('2026-11-20', 1, sixDays)).toBe('2026-11-21');
  });

  test('the day of the event never counts, and nothing counts backwards', () => {
    expect(workingDaysBetween('2026-11-24', '2026-11-24', office)).toBe(0);
    expect(workingDaysBetween('2026-11-25', '2026-11-24', office)).toBe(0);
    expect(addWorkingDays('2026-11-24', 0, office)).toBe('2026-11-24');
  });

  test('counting back lands on working days', () => {
    expect(addWorkingDays('2026-12-28', -1, office)).toBe('2026-12-23');
  });

  test('a moment belongs to the day it is in Jambi, whatever zone the machine has', () => {
    expect(dayOf('2026-11-24T16:59:59.999Z')).toBe('2026-11-24');
    expect(dayOf('2026-11-24T17:00:00Z')).toBe('2026-11-25');
    expect(dayOf('2026-11-24T00:30:00+07:00')).toBe('2026-11-24');
    expect(dayOf(new Date('1969-12-31T18:00:00Z'))).toBe('1970-01-01');
  });

  test('weekdays are right on both sides of 1970', () => {
    expect(isWorkingDay('1969-12-31', office)).toBe(true);
    expect(isWorkingDay('1969-12-28', office)).toBe(false);
    expect(isWorkingDay('2026-11-22', office)).toBe(false);
    expect(isWorkingDay('2026-12-25', office)).toBe(false);
  });

  test('months, leap years and year ends are real ones', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(isDay('2026-02-29')).toBe(false);
    expect(isDay('2026-2-9')).toBe(false);
  });

  test('what is no day, no number and no calendar is refused', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
    expect(() => dayOf('besok')).toThrow(RangeError);
    expect(() => addWorkingDays('2026-11-24', 1.5, office)).toThrow(RangeError);
    expect(() => addWorkingDays('2026-11-24', 1, { ...office, workingWeekdays: [] })).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  });

  test('counting the long way gives the same number', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 800 }), fc.integer({ min: 0, max: 400 }), (offset, length) => {
        const from = addDays('2026-01-01', offset);
        const to = addDays(from, length);
        let count = 0;
        for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
          if (isWorkingDay(day, sixDays)) count += 1;
        }
        expect(workingDaysBetween(from, to, sixDays)).toBe(count);
      }),
    );
  });
});
