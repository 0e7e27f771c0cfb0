import type { Day, Instant } from '#libs/contracts';

export type Language = 'id' | 'en';

/** Dates as the city writes them: Asia/Jakarta, a dot in the time, WIB named in the long form. */
export interface DateWords {
  /** `Selasa, 24 November 2026 pukul 10.30 WIB` */
  full(at: Instant): string;
  /** `24 Nov, 10.30`; with the year when it is another year than now's. */
  short(at: Instant, now?: Instant): string;
  /** `10.30` */
  time(at: Instant): string;
  /** `Selasa, 24 November 2026` */
  day(day: Day): string;
  /** `24 Nov 2026` */
  shortDay(day: Day): string;
  /** `3 jam yang lalu`, `kemarin`; from the seventh day on the short form. */
  relative(at: Instant, now?: Instant): string;
  /** A due day as seen from today: `hari ini`, `3 hari lagi`, `lewat 2 hari`; further than 6 days the short day. */
  due(day: Day, today?: Day): string;
}

const ZONE = 'Asia/Jakarta';
const LOCALES: Record<Language, string> = { id: 'id-ID', en: 'en-GB' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The calendar day in Jakarta of a moment. */
export function jakartaDay(at: Instant | number | Date = Date.now()): Day {
  // Jakarta has no summer time: its day is the UTC day seven hours later.
  return new Date(new Date(at).getTime() + 7 * HOUR).toISOString().slice(0, 10);
}

/** Whole calendar days from one day to another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

const made = new Map<Language, DateWords>();

/** The date words of a language. */
export function dateWords(language: Language): DateWords {
  const known = made.get(language);
  if (known) return known;
  const words = make(language);
  made.set(language, words);
  return words;
}

function make(language: Language): DateWords {
  const locale = LOCALES[language];
  const format = (options: Intl.DateTimeFormatOptions, timeZone = ZONE) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone });
  const longDay = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const longDayUtc = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, 'UTC');
  const shortDayUtc = format({ day: 'numeric', month: 'short', year: 'numeric' }, 'UTC');
  const dayMonth = format({ day: 'numeric', month: 'short' });
  const dayMonthYear = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const apart = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const own = OWN[language];

  const time = (at: Instant) => clock.format(new Date(at)).replace(':', '.');
  const short = (at: Instant, now: Instant = new Date().toISOString()) => {
    const sameYear = jakartaDay(at).slice(0, 4) === jakartaDay(now).slice(0, 4);
    return `${(sameYear ? dayMonth : dayMonthYear).format(new Date(at))}, ${time(at)}`;
  };
  const shortDay = (day: Day) => shortDayUtc.format(new Date(`${day}T00:00:00Z`));

  return {
    full: (at) => `${longDay.format(new Date(at))} ${own.at} ${time(at)} WIB`,
    short,
    time,
    day: (day) => longDayUtc.format(new Date(`${day}T00:00:00Z`)),
    shortDay,
    relative(at, now = new Date().toISOString()) {
      const ago = Date.parse(now) - Date.parse(at);
      // A device's clock may run behind the server's: what just happened is not "in 2 minutes".
      if (ago < MINUTE) return own.justNow;
      if (ago < HOUR) return apart.format(-Math.floor(ago / MINUTE), 'minute');
      const days = daysBetween(jakartaDay(at), jakartaDay(now));
      if (days === 0) return apart.format(-Math.floor(ago / HOUR), 'hour');
      return days <= 6 ? apart.format(-days, 'day') : short(at, now);
    },
    due(day, today = jakartaDay()) {
      const left = daysBetween(today, day);
      if (left < 0) return own.overdue(-left);
      if (left > 6) return shortDay(day);
      return left <= 1 ? apart.format(left, 'day') : own.daysLeft(left);
    },
  };
}

interface OwnWords {
  at: string;
  justNow: string;
  overdue: (days: number) => string;
  daysLeft: (days: number) => string;
}

// The few words Intl has not, or says less plainly ("lusa" is not understood by everyone the same way).
const OWN: Record<Language, OwnWords> = {
  id: {
    at: 'pukul',
    justNow: 'baru saja',
    overdue: (days) => `lewat ${days} hari`,
    daysLeft: (days) => `${days} hari lagi`,
  },
  en: {
    at: 'at',
    justNow: 'just now',
    overdue: (days) => (days === 1 ? '1 day overdue' : `${days} days overdue`),
    daysLeft: (days) => `in ${days} days`,
  },
};

const numbers = new Map<Language, Intl.NumberFormat>();

/** A number with the separators of the language: `1.234`. */
export function numberWords(value: number, language: Language): string {
  let format = numbers.get(language);
  if (!format) numbers.set(language, (format = new Intl.NumberFormat(LOCALES[language])));
  return format.format(value);
}

/** Names in one phrase: `PUPR, BPBD, dan DLH`. */
export function listWords(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(LOCALES[language], { type: 'conjunction' }).format(items);
}

/** Bytes as people say them: `640 KB`, `1,2 MB`. */
export function sizeWords(bytes: number, language: Language): string {
  if (bytes < 1_024) return `${numberWords(bytes, language)} B`;
  if (bytes < 1_024 * 1_023.5) return `${numberWords(Math.round(bytes / 1_024), language)} KB`;
  const mb = bytes / (1_024 * 1_024);
  return `${numberWords(mb < 10 ? Math.round(mb * 10) / 10 : Math.round(mb), language)} MB`;
}
