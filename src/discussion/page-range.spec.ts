import fc from 'fast-check';
import { pageRange } from './page-range.js';

const numbers = ([from, to]: [number, number]) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

describe('the numbers of a page', () => {
  it.each([
    [{}, 10, [8, 9, 10]],
    [{ before: 8 }, 10, [5, 6, 7]],
    [{ before: 2 }, 10, [1]],
    [{ before: 1 }, 10, []],
    [{ before: 99 }, 10, [8, 9, 10]],
    [{ after: 0 }, 10, [1, 2, 3]],
    [{ after: 8 }, 10, [9, 10]],
    [{ after: 10 }, 10, []],
    [{ after: 2_147_483_647 }, 10, []],
    [{ around: 5 }, 10, [4, 5, 6]],
    [{ around: 1 }, 10, [1, 2, 3]],
    [{ around: 10 }, 10, [8, 9, 10]],
    [{ around: 99 }, 10, [8, 9, 10]],
    [{ around: 1 }, 0, []],
    [{}, 0, []],
    [{}, 2, [1, 2]],
  ])('%j of %i', (place, count, expected) => {
    expect(numbers(pageRange({ ...place, limit: 3 }, count))).toEqual(expected);
  });

  it('are never more than asked for, lie in the thread, and have the one that was asked for', () => {
    const no = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(no, fc.integer({ min: 1, max: 200 }), fc.nat(300), (around, limit, count) => {
        const page = numbers(pageRange({ around, limit }, count));
        expect(page.length).toBe(Math.min(limit, count));
        expect(page.every((each) => each >= 1 && each <= count)).toBe(true);
        if (around <= count) expect(page).toContain(around);
      }),
    );
  });

  it('can be asked for in one way at a time', () => {
    expect(() => pageRange({ before: 3, around: 3 }, 10)).toThrow(
      expect.objectContaining({
        code: 'validation',
        details: {
          fields: [
            { field: 'before', rule: 'invalid' },
            { field: 'around', rule: 'invalid' },
          ],
        },
      }) as Error,
    );
  });
});
