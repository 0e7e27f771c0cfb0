import fc from 'fast-check';
import {
  HANDOVER_STEPS,
  RETURNS_TO_SEKDA,
  stepsFrom,
  STEPS_WITH_UNIT,
  workingTimeOf,
  workingMinutesBetween,
  type HandoverStep,
  type WorkingTimeRule,
} from '#libs/contracts';
import { addUp, ageOf, workedBetween, type Held } from './ages.js';
import { moved, opened, type Standing } from './moves.js';

const UNITS = ['pupr', 'dlh', 'bpbd'];
const SEKDA = 'setda';

const rule = (opdId: string | null, week: string, weekend: string): WorkingTimeRule => ({
  opdId,
  kind: 'ORDINARY',
  pattern: 'FIVE_DAY',
  validFrom: '2000-01-01',
  validTo: null,
  zone: 'Asia/Jakarta',
  hours: [...Array<string>(5).fill(week), weekend, weekend],
  worksOnHolidays: false,
  worksOnJointLeave: false,
});
const RULES = [
  rule(null, '07:15-12:00, 13:00-16:00', ''),
  rule('dlh', '07:30-13:30', '07:30-11:00'),
  rule('bpbd', '00:00-24:00', '00:00-24:00'),
];
const timeOf = (opdId: string) => workingTimeOf(RULES, new Map(), opdId);

interface Tried {
  step: HandoverStep;
  to: string;
  afterMs: number;
}

const history = fc.record({
  from: fc.constantFrom(...UNITS),
  to: fc.constantFrom(...UNITS),
  start: fc.integer({ min: 1_790_000_000_000, max: 1_800_000_000_000 }),
  steps: fc.array(
    fc.record<Tried>({
      step: fc.constantFrom(...HANDOVER_STEPS),
      to: fc.constantFrom(...UNITS),
      afterMs: fc.integer({ min: 1, max: 20 * 24 * 3_600_000 }),
    }),
    { maxLength: 40 },
  ),
  restMs: fc.integer({ min: 0, max: 20 * 24 * 3_600_000 }),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

/** Lives a history as the service writes it: each step ends a hold and begins the next; what can't be taken is not. */
function live({ from, to, start, steps, restMs }: History) {
  let piece: Standing = opened(from, to === from ? (UNITS.find((unit) => unit !== from) ?? to) : to);
  let at = start;
  const holds: Held[] = [{ opdId: piece.holderOpdId, at: new Date(at), until: null, workedMs: null }];
  const told: { before: Standing; step: HandoverStep; after: Standing }[] = [];
  for (const { step, to: next, afterMs } of steps) {
    at += afterMs;
    const isToItself = STEPS_WITH_UNIT.has(step) && next === piece.holderOpdId;
    if (!stepsFrom(piece.status).includes(step) || isToItself) continue;
    const before = piece;
    piece = moved(before, step, next, SEKDA);
    told.push({ before, step, after: piece });
    const hold = holds.at(-1);
    if (!hold) throw new Error('it was never held');
    const until = new Date(at);
    Object.assign(hold, { until, workedMs: workedBetween(hold.at, until, timeOf(hold.opdId)) });
    const isDone = piece.status === 'DONE';
    holds.push({
      opdId: piece.holderOpdId,
      at: until,
      ...(isDone ? { until, workedMs: 0 } : { until: null, workedMs: null }),
    });
  }
  return { piece, holds, told, begin: new Date(start), asOf: new Date(at + restMs) };
}

describe('a piece of work between units, whatever is done with it', () => {
  it('has exactly one holder at every moment until it is done', () => {
    fc.assert(
      fc.property(history, (given) => {
        const { piece, holds, begin } = live(given);
        expect(holds[0]?.at).toEqual(begin);
        holds.slice(1).forEach((hold, i) => expect(holds[i]?.until).toEqual(hold.at));
        expect(holds.filter(({ until }) => until === null)).toHaveLength(piece.status === 'DONE' ? 0 : 1);
        expect(holds.at(-1)?.opdId).toBe(piece.holderOpdId);
      }),
    );
  });

  it('is as old as all units together have had it, by the wall and by their own hours', () => {
    fc.assert(
      fc.property(history, (given) => {
        const { piece, holds, begin, asOf } = live(given);
        const { byOpd, total } = addUp(holds, asOf, timeOf);
        const sum = (of: 'elapsedMs' | 'workedMs') =>
          [...byOpd.values()].reduce((all, age) => all + age[of], 0);
        const end = piece.status === 'DONE' ? (holds.at(-1)?.at ?? asOf) : asOf;
        expect(total.elapsedMs).toBe(end.getTime() - begin.getTime());
        expect(sum('elapsedMs')).toBe(total.elapsedMs);
        expect(sum('workedMs')).toBe(total.workedMs);
        const worked = holds.reduce(
          (all, { opdId, at, until }) =>
            all +
            Math.round(
              workingMinutesBetween(at.toISOString(), (until ?? asOf).toISOString(), timeOf(opdId)) * 60_000,
            ),
          0,
        );
        expect(total.workedMs).toBe(worked);
      }),
    );
  });

  it('goes to the Sekda with the third return and with no other, and waits for nobody else there', () => {
    fc.assert(
      fc.property(history, (given) => {
        const { told } = live(given);
        let returns = 0;
        for (const { before, step, after } of told) {
          if (step === 'RETURNED') returns += 1;
          if (step === 'DIRECTED') returns = 0;
          expect(after.returns).toBe(returns);
          if (step === 'RETURNED')
            expect([after.status, after.holderOpdId]).toEqual(
              returns === RETURNS_TO_SEKDA ? ['WITH_SEKDA', SEKDA] : ['RETURNED', before.giverOpdId],
            );
          else expect(after.status).not.toBe('WITH_SEKDA');
          if (before.status === 'WITH_SEKDA') expect(['DIRECTED', 'DONE']).toContain(step);
          if (step === 'ASKED') expect(after.holderOpdId).toBe(before.giverOpdId);
          if (step === 'ANSWERED') expect(after.holderOpdId).toBe(before.receiverOpdId);
        }
      }),
    );
  });
});

it('goes back like before where the city has no unit of a Sekda', () => {
  const piece: Standing = { ...opened('pupr', 'dlh'), returns: RETURNS_TO_SEKDA - 1 };
  expect(moved(piece, 'RETURNED', null, null)).toMatchObject({ status: 'RETURNED', holderOpdId: 'pupr' });
});

it('never counts less than nothing when the clock was set back', () => {
  const hold: Held = { opdId: 'bpbd', at: new Date(2_000), until: null, workedMs: null };
  expect(ageOf(hold, new Date(1_000), timeOf)).toEqual({ elapsedMs: 0, workedMs: 0 });
});
