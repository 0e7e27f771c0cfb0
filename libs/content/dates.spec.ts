import { dateWords, daysBetween, jakartaDay, listWords, numberWords, sizeWords } from './dates.js';

const MORNING = '2026-11-24T03:30:00.000Z';

describe('dates in Indonesian', () => {
  const words = dateWords('id');

  it('write a moment in full, in Jakarta’s time', () => {
    expect(words.full(MORNING)).toBe('Selasa, 24 November 2026 pukul 10.30 WIB');
  });

  it('write midnight as 00.00', () => {
    expect(words.full('2026-11-23T17:00:00.000Z')).toBe('Selasa, 24 November 2026 pukul 00.00 WIB');
  });

  it('write a moment short, with the year only when it is another one', () => {
    expect(words.short(MORNING, MORNING)).toBe('24 Nov, 10.30');
    expect(words.short('2025-12-31T16:59:00.000Z', MORNING)).toBe('31 Des 2025, 23.59');
  });

  it('write days', () => {
    expect(words.day('2026-11-24')).toBe('Selasa, 24 November 2026');
    expect(words.shortDay('2026-01-05')).toBe('5 Jan 2026');
  });

  it.each([
    ['2026-11-24T03:29:40.000Z', 'baru saja'],
    ['2026-11-24T03:32:00.000Z', 'baru saja'],
    ['2026-11-24T03:10:00.000Z', '20 menit yang lalu'],
    ['2026-11-24T00:30:00.000Z', '3 jam yang lalu'],
    ['2026-11-23T15:00:00.000Z', 'kemarin'],
    ['2026-11-18T03:00:00.000Z', '6 hari yang lalu'],
    ['2026-11-17T03:00:00.000Z', '17 Nov, 10.00'],
  ])('see %s from the morning of 24 November as "%s"', (at, expected) => {
    expect(words.relative(at, MORNING)).toBe(expected);
  });

  it('say minutes across midnight in minutes, not as yesterday', () => {
    expect(words.relative('2026-11-23T16:50:00.000Z', '2026-11-23T17:10:00.000Z')).toBe('20 menit yang lalu');
  });

  it.each([
    ['2026-11-24', 'hari ini'],
    ['2026-11-25', 'besok'],
    ['2026-11-27', '3 hari lagi'],
    ['2026-11-30', '6 hari lagi'],
    ['2026-12-01', '1 Des 2026'],
    ['2026-11-22', 'lewat 2 hari'],
  ])('see the due day %s as "%s"', (day, expected) => {
    expect(words.due(day, '2026-11-24')).toBe(expected);
  });
});

describe('dates in English', () => {
  const words = dateWords('en');

  it('write a moment in full, in Jakarta’s time', () => {
    expect(words.full(MORNING)).toMatch(/^Tuesday,? 24 November 2026 at 10\.30 WIB$/);
  });

  it('see due days from today', () => {
    expect(words.due('2026-11-23', '2026-11-24')).toBe('1 day overdue');
    expect(words.due('2026-11-27', '2026-11-24')).toBe('in 3 days');
  });
});

it('a day begins at midnight in Jakarta, not in Greenwich', () => {
  expect(jakartaDay('2026-11-23T16:59:59.999Z')).toBe('2026-11-23');
  expect(jakartaDay('2026-11-23T17:00:00.000Z')).toBe('2026-11-24');
});

it('days are counted over month ends and leap days', () => {
  expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
  expect(daysBetween('2026-03-01', '2026-02-28')).toBe(-1);
});

it('numbers and lists are written as the language does', () => {
  expect(numberWords(1234567, 'id')).toBe('1.234.567');
  expect(listWords(['PUPR', 'BPBD', 'DLH'], 'id')).toBe('PUPR, BPBD, dan DLH');
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_024, '1 KB'],
  [1_047_000, '1.022 KB'],
  [1_048_575, '1 MB'],
  [1_258_291, '1,2 MB'],
  [26_214_400, '25 MB'],
])('a size of %i bytes is %s', (bytes, words) => {
  expect(sizeWords(bytes, 'id')).toBe(words);
});
