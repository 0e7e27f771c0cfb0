import { readFrom, type Held } from './reading-hold.js';

const after = (...marks: (boolean | undefined)[]): Held => marks.reduce<Held>(readFrom, 'unknown');

describe('what is on the screen counts as read', () => {
  it.each([
    ['when nothing is marked', [undefined, false, false], 'free'],
    ['when it was marked before the topic was opened: opening is reading', [undefined, true, true], 'marked'],
    ['when that reading has arrived', [true, false], 'free'],
  ] as const)('%s', (_, marks, held) => {
    expect(after(...marks)).toBe(held);
  });

  it.each([
    ['not when it is marked while the topic is open, wherever that was done', [false, true]],
    ['nor when it is marked again after it was read', [true, false, true]],
    ['and stays unread whatever is heard then', [false, true, false, undefined, true]],
  ])('%s', (_, marks) => {
    expect(after(...marks)).toBe('held');
  });
});
