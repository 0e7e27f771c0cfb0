import { laterChoices, pickedMoment } from './later.js';

const at = (time: string) => new Date(`${time}+07:00`);
const keys = (now: string) => laterChoices(at(now)).map(({ key, until }) => `${key} ${until}`);

describe('putting off', () => {
  it('offers noon, tomorrow and Monday by the clock of Jambi', () => {
    // Tuesday; in UTC it is still Monday.
    expect(keys('2026-11-24T06:00:00')).toEqual([
      'noon 2026-11-24T06:00:00.000Z',
      'tomorrow 2026-11-25T01:00:00.000Z',
      'monday 2026-11-30T01:00:00.000Z',
    ]);
  });

  it('offers no time that has passed, and none twice', () => {
    expect(keys('2026-11-29T14:00:00')).toEqual(['tomorrow 2026-11-30T01:00:00.000Z']);
  });

  it('on a Monday means the next one', () => {
    expect(keys('2026-11-30T07:00:00').at(-1)).toBe('monday 2026-12-07T01:00:00.000Z');
  });

  it.each([
    ['2026-11-25T09:30', '2026-11-25T02:30:00.000Z'],
    ['2026-11-24T05:59', null],
    ['2028-01-01T00:00', null],
    ['besok', null],
    ['', null],
  ])('reads the field "%s" as %s', (value, moment) => {
    expect(pickedMoment(value, at('2026-11-24T06:00:00'))).toBe(moment);
  });
});
