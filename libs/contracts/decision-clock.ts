import { dayOf } from './calendar.js';
import type { DecisionClock } from './decisions.js';
import type { Day, Instant } from './organization.js';
import { addWorkingMinutes, endOfWorkingDay, halfwayBetween, workingMinutesBetween } from './working-time.js';
import type { WorkingTime } from './working-time.js';

/** Working days that a post has for a decision when the asker names no day. */
export const DECISION_DAYS = 3;
/** Working days that a post has at least to which a question is handed on. */
const HANDED_ON_DAYS = 1;

/** The moments of a decision's clock. */
export type ClockTimes = Omit<DecisionClock, 'told'>;

/** A question is asked: until the end of the day that was named, or of the third working day. */
export function clockFrom(
  askedAt: Instant,
  dueDate: Day | null,
  opdId: string | null,
  time: WorkingTime,
): ClockTimes {
  const dueAt =
    dueDate === null ? endOfWorkingDay(askedAt, DECISION_DAYS, time) : endOf(dueDate, askedAt, time);
  return { opdId, askedAt, remindAt: halfwayBetween(askedAt, dueAt, time), dueAt, pausedAt: null };
}

/** Another post has the question now: the day stays, but it has a whole working day at least. */
export function clockHandedOn(
  { dueAt }: ClockTimes,
  at: Instant,
  opdId: string | null,
  time: WorkingTime,
): ClockTimes {
  const soonest = dayOf(endOfWorkingDay(at, HANDED_ON_DAYS, time));
  const day = dayOf(dueAt);
  return clockFrom(at, day > soonest ? day : soonest, opdId, time);
}

/** It goes on with what was left, to the end of the day in which that would be used up. */
export function clockResumed(clock: ClockTimes, at: Instant, time: WorkingTime): ClockTimes {
  const { pausedAt, remindAt, dueAt } = clock;
  if (pausedAt === null) return clock;
  const later = (moment: Instant) =>
    moment <= pausedAt ? moment : addWorkingMinutes(at, workingMinutesBetween(pausedAt, moment, time), time);
  return {
    ...clock,
    pausedAt: null,
    remindAt: later(remindAt),
    dueAt: dueAt <= pausedAt ? dueAt : endOfWorkingDay(later(dueAt), 0, time),
  };
}

/** The end of a day's hours, or of the next day that is worked; never before `from`. */
function endOf(day: Day, from: Instant, time: WorkingTime): Instant {
  const midnight = new Date(`${day}T00:00:00+07:00`).toISOString();
  return endOfWorkingDay(midnight > from ? midnight : from, 0, time);
}
