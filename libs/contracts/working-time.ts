import { DAY_MS, toDay, weekday } from './day-number.js';
import type { Day, Instant } from './organization.js';
import { parseHours, ruleOn, ZONES, type HolidayKind, type WorkingTimeRule } from './working-hours.js';

/** A stretch of time, in milliseconds since 1970, its end not included. */
interface Span {
  start: number;
  end: number;
}

/** When a unit works. Made by `workingTimeOf`; the functions below calculate with it. */
export interface WorkingTime {
  /** The day, counted from 1970-01-01, in which a moment lies where the unit is. */
  dayAt(ms: number): number;
  /** What is worked on a day, in order. */
  spansOn(day: number): readonly Span[];
}

const MINUTE_MS = 60_000;
/** So many days without any work are no long holiday: no rule holds there. */
const MOST_FREE_DAYS = 400;

/**
 * The working time of a unit (`null`: of the city) by all rules and holidays that are known. On days for which there
 * is no rule nothing is worked.
 *
 * @throws RangeError for rules of the unit in different zones, or hours that cannot be read
 */
export function workingTimeOf(
  rules: readonly WorkingTimeRule[],
  holidays: ReadonlyMap<Day, HolidayKind>,
  opdId: string | null,
): WorkingTime {
  const own = rules.filter((rule) => rule.opdId === null || rule.opdId === opdId);
  const zones = new Set(own.map(({ zone }) => ZONES[zone]));
  if (zones.size > 1) throw new RangeError('working hours of one unit in different zones');
  const offset = ([...zones][0] ?? ZONES['Asia/Jakarta']) * MINUTE_MS;
  const weeks = new Map(own.map((rule) => [rule, weekOf(rule)]));

  return {
    dayAt: (ms) => Math.floor((ms + offset) / DAY_MS),
    spansOn(number) {
      const day = toDay(number);
      const rule = ruleOn(own, opdId, day);
      if (!rule || !worksIn(rule, holidays.get(day))) return [];
      const midnight = number * DAY_MS - offset;
      return (weeks.get(rule)?.[weekday(number) - 1] ?? []).map(({ from, to }) => ({
        start: midnight + from * MINUTE_MS,
        end: midnight + to * MINUTE_MS,
      }));
    },
  };
}

/** Whether a moment is worked; the end of the day's hours, and the beginning of a break, no longer are. */
export function isWorkingTime(at: Instant, time: WorkingTime): boolean {
  const ms = toMs(at);
  return time.spansOn(time.dayAt(ms)).some(({ start, end }) => start <= ms && ms < end);
}

/** The moment itself when it is worked, else the next one that is. @throws RangeError when there is none */
export function nextWorkingMoment(at: Instant, time: WorkingTime): Instant {
  const ms = toMs(at);
  for (const { start, end } of spansFrom(ms, time)) {
    if (end > ms) return toInstant(Math.max(start, ms));
  }
  throw neverWorked(at);
}

/**
 * The moment by which so many minutes have been worked since `at`: the earliest one, so that a whole day ends with
 * the day's hours and not with the next morning.
 *
 * @throws RangeError for a negative number, and where no rule holds any more
 */
export function addWorkingMinutes(at: Instant, minutes: number, time: WorkingTime): Instant {
  let left = Math.round(minutes * MINUTE_MS);
  if (!(left >= 0)) throw new RangeError(`not a number of minutes to work: ${minutes}`);
  const ms = toMs(at);
  for (const { start, end } of spansFrom(ms, time)) {
    const begin = Math.max(start, ms);
    if (begin + left <= end) return toInstant(begin + left);
    left -= Math.max(0, end - begin);
  }
  throw neverWorked(at);
}

/** Minutes worked from one moment to another, exact to the millisecond; 0 when `to` is not later. */
export function workingMinutesBetween(from: Instant, to: Instant, time: WorkingTime): number {
  const [first, last] = [toMs(from), toMs(to)];
  let sum = 0;
  for (let day = time.dayAt(first); day <= time.dayAt(last); day++) {
    for (const { start, end } of time.spansOn(day)) {
      sum += Math.max(0, Math.min(end, last) - Math.max(start, first));
    }
  }
  return sum / MINUTE_MS;
}

/** When half of the working time between two moments is over, to the millisecond. */
export function halfwayBetween(from: Instant, to: Instant, time: WorkingTime): Instant {
  return addWorkingMinutes(from, workingMinutesBetween(from, to, time) / 2, time);
}

/**
 * When a number of working days is over: day 0 is that of the event, and the last one ends with its hours. With 0 it
 * is the end of the day of the event, or of the next one that is worked.
 *
 * @throws RangeError
 */
export function endOfWorkingDay(at: Instant, days: number, time: WorkingTime): Instant {
  if (!Number.isInteger(days) || days < 0) throw new RangeError(`not a number of days: ${days}`);
  const ms = toMs(at);
  let left = days;
  // Asked for no day at all, the day of the event itself may be the one.
  for (let day = time.dayAt(ms) + (days === 0 ? 0 : 1), free = 0; free < MOST_FREE_DAYS; day++, free++) {
    const end = time.spansOn(day).at(-1)?.end;
    if (end === undefined || end < ms) continue;
    free = 0;
    left -= 1;
    if (left <= 0) return toInstant(end);
  }
  throw neverWorked(at);
}

/** What is worked from the day of a moment on, until there is nothing for too long. */
function* spansFrom(ms: number, time: WorkingTime): Generator<Span> {
  for (let day = time.dayAt(ms), free = 0; free < MOST_FREE_DAYS; day++, free++) {
    for (const span of time.spansOn(day)) {
      free = 0;
      yield span;
    }
  }
}

function weekOf({ hours }: WorkingTimeRule) {
  return hours.map((text) => {
    const spans = parseHours(text);
    if (!spans) throw new RangeError(`not the hours of a day: ${text}`);
    return spans;
  });
}

function worksIn(rule: WorkingTimeRule, holiday: HolidayKind | undefined): boolean {
  if (holiday === undefined) return true;
  return holiday === 'libur_nasional' ? rule.worksOnHolidays : rule.worksOnJointLeave;
}

function toMs(at: Instant): number {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) throw new RangeError(`not a moment: ${at}`);
  return ms;
}

function toInstant(ms: number): Instant {
  return new Date(ms).toISOString();
}

function neverWorked(at: Instant): RangeError {
  return new RangeError(`no working time is known after ${at}`);
}
