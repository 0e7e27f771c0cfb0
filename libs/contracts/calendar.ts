import type { Day, Instant } from './organization.js';

/** The days a unit works: weekdays as in ISO 8601 (1 Monday … 7 Sunday), less the holidays. */
export interface WorkCalendar {
  workingWeekdays: number[];
  holidays: ReadonlySet<Day>;
}

/** Monday to Friday, as most units of the city work. */
export const FIVE_DAY_WEEK: readonly number[] = [1, 2, 3, 4, 5];

const DAY_MS = 86_400_000;
// Asia/Jakarta has no summer time, so a fixed offset is the whole rule, whatever the machine's own zone is.
const JAKARTA_MS = 7 * 3_600_000;

/** The calendar day in Asia/Jakarta at a moment. @throws RangeError for what is no moment. */
export function dayOf(instant: Instant | Date): Day {
  const at = typeof instant === 'string' ? Date.parse(instant) : instant.getTime();
  return toDay(Math.floor((at + JAKARTA_MS) / DAY_MS));
}

/** Whether a text is a real calendar day, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
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

/** Days since 1970-01-01. */
function toNumber(day: Day): number {
  if (!isDay(day)) throw new RangeError(`not a day: ${day}`);
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

function toDay(number: number): Day {
  const text = new Date(number * DAY_MS).toISOString();
  // Years before 0 or past 9999 are written with a sign and six digits.
  if (!/^\d{4}-/.test(text)) throw new RangeError(`out of the calendar: ${text}`);
  return text.slice(0, 10);
}

function weekday(number: number): number {
  // 1970-01-01 was a Thursday.
  return ((((number + 3) % 7) + 7) % 7) + 1;
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
