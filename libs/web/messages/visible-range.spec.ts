import fc from 'fast-check';
import { visibleRange } from './visible-range.js';

/** Rows of these heights, the first one at `start`. */
const stack = (heights: readonly number[], start = 0) =>
  heights.map((height, i) => {
    const top = start + heights.slice(0, i).reduce((sum, each) => sum + each, 0);
    return { top, bottom: top + height };
  });
const range = (rows: ReturnType<typeof stack>, top: number, bottom: number) =>
  visibleRange(rows.length, (i) => rows[i] ?? { top: Number.NaN, bottom: Number.NaN }, { top, bottom });

describe('which rows are on the screen', () => {
  it.each([
    ['the first ones', 0, 25, [0, 2]],
    ['those in the middle', 15, 30, [1, 2]],
    ['the last one', 45, 90, [4, 4]],
    ['a part of one', 12, 14, [1, 1]],
  ])('%s', (_, top, bottom, expected) => {
    expect(range(stack([10, 10, 10, 10, 10]), top, bottom)).toEqual(expected);
  });

  it('none, when all are above, below, or there are none', () => {
    expect(range(stack([10, 10]), 20, 40)).toBeNull();
    expect(range(stack([10, 10], 50), 0, 50)).toBeNull();
    expect(range([], 0, 50)).toBeNull();
  });

  it('is what looking at every row would say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 60 }),
        fc.integer({ min: -2_000, max: 2_000 }),
        fc.integer({ min: 1, max: 800 }),
        (heights, start, height) => {
          const rows = stack(heights, start);
          const seen = rows.flatMap(({ top, bottom }, i) => (bottom > 0 && top < height ? [i] : []));
          expect(range(rows, 0, height)).toEqual(seen.length === 0 ? null : [seen[0], seen.at(-1)]);
        },
      ),
    );
  });
});
