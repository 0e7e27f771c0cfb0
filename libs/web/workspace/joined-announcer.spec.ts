import { jest } from '@jest/globals';
import { JOIN_MS, joinedAnnouncer } from './joined-announcer.js';

describe('announcing changes', () => {
  const join = (count: number, last: string) => `${count} pembaruan. Terakhir: ${last}`;
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('says the first at once and joins those of the next five seconds', () => {
    const said: string[] = [];
    const announcer = joinedAnnouncer((text) => said.push(text), join);
    announcer.say('satu');
    announcer.say('dua');
    announcer.say('tiga');
    expect(said).toEqual(['satu']);
    jest.advanceTimersByTime(JOIN_MS);
    expect(said).toEqual(['satu', '2 pembaruan. Terakhir: tiga']);
  });

  it('says a single later one in its own words, and nothing more', () => {
    const said: string[] = [];
    const announcer = joinedAnnouncer((text) => said.push(text), join);
    announcer.say('satu');
    announcer.say('dua');
    jest.advanceTimersByTime(JOIN_MS * 3);
    expect(said).toEqual(['satu', 'dua']);
    announcer.say('tiga');
    expect(said.at(-1)).toBe('tiga');
  });

  it('keeps silent after it was stopped', () => {
    const said: string[] = [];
    const announcer = joinedAnnouncer((text) => said.push(text), join);
    announcer.say('satu');
    announcer.say('dua');
    announcer.stop();
    jest.advanceTimersByTime(JOIN_MS * 3);
    expect(said).toEqual(['satu']);
  });
});
