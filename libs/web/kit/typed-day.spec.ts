import { asTyped, typedDay } from './typed-day.js';

describe('a day as it is typed', () => {
  it.each([
    ['24-11-2026', '2026-11-24'],
    ['1/2/2027', '2027-02-01'],
    [' 29.02.2028 ', '2028-02-29'],
    ['29-02-2027', null],
    ['31-04-2027', null],
    ['2026-11-24', null],
    ['besok', null],
    ['', null],
  ])('%j is %j', (text, day) => expect(typedDay(text)).toBe(day));

  it('is written as it is typed', () => expect(typedDay(asTyped('2026-11-04'))).toBe('2026-11-04'));
});
