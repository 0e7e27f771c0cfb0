import { ReactionPace } from './reaction-pace.js';

describe('the pace of reactions', () => {
  it('lets a page full of taps through, then as many as a person reads, for each person alone', () => {
    let now = 0;
    const pace = new ReactionPace(() => now);
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
