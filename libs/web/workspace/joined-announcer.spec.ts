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

  it('says nothing of what is gone meanwhile, and passes on what each sentence is about', () => {
    const said: [string, string | undefined][] = [];
    const announcer = joinedAnnouncer((text, about) => said.push([text, about]), join);
    announcer.say('satu', 'a');
    announcer.say('dua', 'b');
    announcer.say('tiga', 'c');
    announcer.unsay('c');
    jest.advanceTimersByTime(JOIN_MS);
    expect(said).toEqual([
      ['satu', 'a'],
      ['dua', 'b'],
    ]);
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
