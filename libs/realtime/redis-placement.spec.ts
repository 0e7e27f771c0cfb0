import { slotOf } from './redis-placement.js';

describe('the slot of a key', () => {
  // As the specification of Redis Cluster and a server's CLUSTER KEYSLOT say.
  it.each([
    ['123456789', 12_739],
    ['foo', 12_182],
    ['{foo}bar', 12_182],
    ['a{foo}{bar}', 12_182],
    ['', 0],
  ])('of %j is %i', (key, slot) => {
    expect(slotOf(key)).toBe(slot);
  });

  it('takes empty and open braces as letters', () => {
    expect(slotOf('{}foo')).not.toBe(slotOf('{}bar'));
    expect(slotOf('{foo')).not.toBe(slotOf('foo'));
  });

  it('spreads streams over all slots', () => {
    const slots = Array.from({ length: 3_000 }, (_, i) => slotOf(`simpul:stream:${i}`));
    for (const third of [0, 1, 2]) {
      expect(slots.filter((slot) => Math.floor((slot / 16_384) * 3) === third).length).toBeGreaterThan(800);
    }
  });
});
