import { Pace } from './pace.js';

describe('a pace', () => {
  it('lets a burst through, then so many a second, for each person alone', () => {
    let now = 0;
    const pace = new Pace(5, 30, () => now);
    const taps = (personId: string, count: number) => {
      let passed = 0;
      for (let n = 0; n < count; n++) {
        try {
          pace.take(personId);
          passed++;
        } catch (error) {
          expect(error).toMatchObject({ code: 'rate-limited' });
        }
      }
      return passed;
    };
    expect(taps('ani', 100)).toBe(30);
    expect(taps('budi', 1)).toBe(1);
    now = 2_000;
    expect(taps('ani', 100)).toBe(10);
  });
});
