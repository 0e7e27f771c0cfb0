import type { Day } from './organization.js';

export const HOLIDAY_KINDS = ['libur_nasional', 'cuti_bersama'] as const;
export type HolidayKind = (typeof HOLIDAY_KINDS)[number];

/** Part of a day that is worked, in minutes after midnight; `to` is its end and no longer worked. */
export interface HourSpan {
  from: number;
  to: number;
}

/** How a unit works through the week; Ramadan hours are set for each pattern. Shifts have none of their own. */
export const WORK_PATTERNS = ['FIVE_DAY', 'SIX_DAY', 'SHIFT'] as const;
export type WorkPattern = (typeof WORK_PATTERNS)[number];

export const WORKING_TIME_KINDS = ['ORDINARY', 'RAMADAN'] as const;
export type WorkingTimeKind = (typeof WORKING_TIME_KINDS)[number];

/** Minutes east of UTC. The zones of Indonesia have no summer time, so a number is the whole rule. */
export const ZONES = { 'Asia/Jakarta': 420, 'Asia/Makassar': 480, 'Asia/Jayapura': 540 } as const;
export type Zone = keyof typeof ZONES;

/** The hours of a unit, or of the whole city, from a day to a day (both included). */
export interface WorkingTimeRule {
  /** `null`: for every unit that has none of its own. */
  opdId: string | null;
  kind: WorkingTimeKind;
  pattern: WorkPattern;
  validFrom: Day;
  validTo: Day | null;
  zone: Zone;
  /** Monday to Sunday, each as `parseHours` reads it. */
  hours: readonly string[];
  /** Works on public holidays as on other days; offices do not. */
  worksOnHolidays: boolean;
  worksOnJointLeave: boolean;
}

/** A rule as an administrator sees it. */
export interface WorkingTimeView extends WorkingTimeRule {
  id: string;
}

const SPAN = /^([01]\d|2[0-4])[:.]([0-5]\d)\s*[-–]\s*([01]\d|2[0-4])[:.]([0-5]\d)$/;
const DAY_MINUTES = 24 * 60;

/**
 * The hours of one day: `07:15-12:00, 13:00-16:00`, in order, what lies between them is the break. Empty is a free
 * day. `null` for anything else, also for hours that overlap or go past midnight.
 */
export function parseHours(text: string): HourSpan[] | null {
  if (text.trim() === '') return [];
  const spans: HourSpan[] = [];
  for (const part of text.split(',')) {
    const [, fromHour, fromMinute, toHour, toMinute] = SPAN.exec(part.trim()) ?? [];
    const span = {
      from: Number(fromHour) * 60 + Number(fromMinute),
      to: Number(toHour) * 60 + Number(toMinute),
    };
    const isInOrder = span.from < span.to && span.from >= (spans.at(-1)?.to ?? 0) && span.to <= DAY_MINUTES;
    // What did not match is NaN, and no comparison with that holds.
    if (!isInOrder) return null;
    spans.push(span);
  }
  return spans;
}

/** The one way of writing hours: `07:15-12:00, 13:00-16:00`. */
export function formatHours(spans: readonly HourSpan[]): string {
  return spans.map(({ from, to }) => `${clock(from)}-${clock(to)}`).join(', ');
}

/**
 * The rule that counts for a unit on a day: its own Ramadan hours, those of the city for its pattern, its own
 * ordinary hours, the city's. The pattern is that of the ordinary hours. Among rules for the same the one that began
 * last counts, so that what is passing covers what goes on below it.
 *
 * @param rules of any units; others than this one and the city's are passed over
 */
export function ruleOn<R extends WorkingTimeRule>(
  rules: readonly R[],
  opdId: string | null,
  day: Day,
): R | undefined {
  const holding = rules.filter(({ validFrom, validTo }) => validFrom <= day && (validTo ?? day) >= day);
  const newest = (whose: string | null, fits: (rule: R) => boolean) =>
    holding
      .filter((rule) => rule.opdId === whose && fits(rule))
      .reduce<R | undefined>(
        (best, rule) => (best && best.validFrom > rule.validFrom ? best : rule),
        undefined,
      );
  const isOrdinary = ({ kind }: R) => kind === 'ORDINARY';
  const isRamadan = ({ kind }: R) => kind === 'RAMADAN';
  const own = opdId === null ? undefined : newest(opdId, isOrdinary);
  const ordinary = own ?? newest(null, isOrdinary);
  return (
    (opdId === null ? undefined : newest(opdId, isRamadan)) ??
    newest(null, (rule) => isRamadan(rule) && rule.pattern === ordinary?.pattern) ??
    ordinary
  );
}

function clock(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
