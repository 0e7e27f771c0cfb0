import fc from 'fast-check';
import { split, wholeMinutes } from './ages.js';

it('shows minutes that add up to those of all together', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 10 ** 10 })), (ages) => {
      const total = ages.reduce((sum, age) => sum + age, 0);
      const shown = wholeMinutes(ages);
      expect(shown.reduce((sum, minutes) => sum + minutes, 0)).toBe(Math.floor(total / 60_000));
      shown.forEach((minutes, i) => expect(Math.abs(minutes - (ages[i] ?? 0) / 60_000)).toBeLessThan(1));
    }),
  );
});

it('says hours and minutes', () => {
  expect(split(125)).toEqual([2, 5]);
});
