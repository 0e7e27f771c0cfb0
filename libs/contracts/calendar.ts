import { DAY_MS, toDay, toNumber, weekday } from './day-number.js';
import type { Day, Instant } from './organization.js';

export { isDay } from './day-number.js';

/** The days a unit works: weekdays as in ISO 8601 (1 Monday … 7 Sunday), less the holidays. */
export interface WorkCalendar {
  workingWeekdays: number[];
  holidays: ReadonlySet<Day>;
}

/** Monday to Friday, as most units of the city work. */
export const FIVE_DAY_WEEK: readonly number[] = [1, 2, 3, 4, 5];

// Asia/Jakarta has no summer time, so a fixed offset is the whole rule, whatever the machine's own zone is.
const JAKARTA_MS = 7 * 3_600_000;

/** The calendar day in Asia/Jakarta at a moment. @throws RangeError for what is no moment. */
export function dayOf(instant: Instant | Date): Day {
  const at = typeof instant === 'string' ? Date.parse(instant) : instant.getTime();
  return toDay(Math.floor((at + JAKARTA_MS) / DAY_MS));
}

/** `count` calendar days later, or earlier when negative. */
export function addDays(day: Day, count: number): Day {
  return toDay(toNumber(day) + whole(count));
}

export function isWorkingDay(day: Day, calendar: WorkCalendar): boolean {
  return calendar.workingWeekdays.includes(weekday(toNumber(day))) && !calendar.holidays.has(day);
}

/**
 * The `count`th working day after `day`, which is day 0 and never counts itself.
 * With 0 it is `day`; negative counts go back.
 */
export function addWorkingDays(day: Day, count: number, calendar: WorkCalendar): Day {
  assertWorks(calendar);
  const step = count < 0 ? -1 : 1;
  let left = Math.abs(whole(count));
  let at = toNumber(day);
  while (left > 0) {
    at += step;
    if (isWorkingDay(toDay(at), calendar)) left -= 1;
  }
  return toDay(at);
}

/** Working days after `from` up to and including `to`: 0 when `to` is not later. */
export function workingDaysBetween(from: Day, to: Day, calendar: WorkCalendar): number {
  const start = toNumber(from);
  const end = toNumber(to);
  if (end <= start) return 0;
  const weekdays = new Set(calendar.workingWeekdays);
  const weeks = Math.floor((end - start) / 7);
  let count = weeks * weekdays.size;
  for (let at = start + weeks * 7 + 1; at <= end; at++) {
    if (weekdays.has(weekday(at))) count += 1;
  }
  for (const holiday of calendar.holidays) {
    if (holiday > from && holiday <= to && weekdays.has(weekday(toNumber(holiday)))) count -= 1;
  }
  return count;
}

function whole(count: number): number {
  if (!Number.isInteger(count)) throw new RangeError(`not a whole number of days: ${count}`);
  return count;
}

function assertWorks(calendar: WorkCalendar): void {
  if (!calendar.workingWeekdays.some((day) => Number.isInteger(day) && day >= 1 && day <= 7)) {
    throw new RangeError('a calendar without a working weekday');
  }
}
