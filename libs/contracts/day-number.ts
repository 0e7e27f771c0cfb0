import type { Day } from './organization.js';

export const DAY_MS = 86_400_000;

/** Whether a text is a real calendar day, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Days since 1970-01-01. @throws RangeError */
export function toNumber(day: Day): number {
  if (!isDay(day)) throw new RangeError(`not a day: ${day}`);
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

/** @throws RangeError for what a `Day` cannot say */
export function toDay(number: number): Day {
  const text = new Date(number * DAY_MS).toISOString();
  // Years before 0 or past 9999 are written with a sign and six digits.
  if (!/^\d{4}-/.test(text)) throw new RangeError(`out of the calendar: ${text}`);
  return text.slice(0, 10);
}

/** As in ISO 8601: 1 Monday … 7 Sunday. */
export function weekday(number: number): number {
  // 1970-01-01 was a Thursday.
  return ((((number + 3) % 7) + 7) % 7) + 1;
}
