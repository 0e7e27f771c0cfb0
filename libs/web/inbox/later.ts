import { jakartaDay } from '#libs/content';
import type { Day, Instant } from '#libs/contracts';

export type LaterKey = 'noon' | 'tomorrow' | 'monday';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A moment of Jambi's clock. */
export function momentOf(day: Day, time: string): Instant {
  return new Date(`${day}T${time}:00+07:00`).toISOString();
}

/** Moments to put something off to, the nearest first; each lies ahead, and no two are the same. */
export function laterChoices(now: Date): { key: LaterKey; until: Instant }[] {
  const today = jakartaDay(now);
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  const after = (days: number): Day =>
    new Date(Date.parse(`${today}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
  const choices: { key: LaterKey; until: Instant }[] = [
    { key: 'noon', until: momentOf(today, '13:00') },
    { key: 'tomorrow', until: momentOf(after(1), '08:00') },
    // On a Monday the next one; on a Sunday tomorrow is that Monday already.
    { key: 'monday', until: momentOf(after((8 - weekday) % 7 || 7), '08:00') },
  ];
  return choices.filter(
    ({ until }, i) =>
      Date.parse(until) > now.getTime() && choices.findIndex((other) => other.until === until) === i,
  );
}

/** What a `datetime-local` field holds, read by Jambi's clock; null when it is no moment of the coming year. */
export function pickedMoment(value: string, now: Date): Instant | null {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) ? Date.parse(`${value}:00+07:00`) : Number.NaN;
  const ahead = at - now.getTime();
  return ahead > 0 && ahead < 366 * DAY_MS ? new Date(at).toISOString() : null;
}
