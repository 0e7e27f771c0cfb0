import { workingMinutesBetween, type HandoverAge, type WorkingTime } from '#libs/contracts';

/** One hold of a piece, as far as its age goes. */
export interface Held {
  opdId: string;
  at: Date;
  /** Null: it goes on. */
  until: Date | null;
  /** Null while it goes on. */
  workedMs: number | null;
}

const MINUTE_MS = 60_000;

/** What a unit has worked between two moments, in whole milliseconds. */
export function workedBetween(from: Date, to: Date, time: WorkingTime): number {
  return Math.round(workingMinutesBetween(from.toISOString(), to.toISOString(), time) * MINUTE_MS);
}

/** How long a hold has lasted; one that goes on, until `asOf`. */
export function ageOf(hold: Held, asOf: Date, timeOf: (opdId: string) => WorkingTime): HandoverAge {
  const until = hold.until ?? new Date(Math.max(asOf.getTime(), hold.at.getTime()));
  return {
    elapsedMs: until.getTime() - hold.at.getTime(),
    workedMs: hold.workedMs ?? workedBetween(hold.at, until, timeOf(hold.opdId)),
  };
}

/** Adds up the ages of all holds of a piece: by unit in the order in which they had it first, and together. */
export function addUp(
  holds: readonly Held[],
  asOf: Date,
  timeOf: (opdId: string) => WorkingTime,
): { byOpd: Map<string, HandoverAge>; total: HandoverAge } {
  const byOpd = new Map<string, HandoverAge>();
  let total: HandoverAge = { elapsedMs: 0, workedMs: 0 };
  for (const hold of holds) {
    const age = ageOf(hold, asOf, timeOf);
    byOpd.set(hold.opdId, plus(byOpd.get(hold.opdId) ?? { elapsedMs: 0, workedMs: 0 }, age));
    total = plus(total, age);
  }
  return { byOpd, total };
}

function plus(a: HandoverAge, b: HandoverAge): HandoverAge {
  return { elapsedMs: a.elapsedMs + b.elapsedMs, workedMs: a.workedMs + b.workedMs };
}
