import type { Day } from '#libs/contracts';

/** The day that was typed as 24-11-2026, 24/11/2026 or 24.11.2026; `null` when there is no such day. */
export function typedDay(text: string): Day | null {
  const match = /^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\s*$/.exec(text);
  if (!match) return null;
  const [, day = '', month = '', year = ''] = match;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const real = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(written) ? written : null;
}

/** A day as one types it: 24-11-2026. */
export function asTyped(day: Day): string {
  return day.split('-').reverse().join('-');
}
