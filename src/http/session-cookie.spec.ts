import { readSessionCookie } from './session-cookie.js';

const TOKEN = 'A'.repeat(43);

describe('readSessionCookie', () => {
  it('finds the token among other cookies', () => {
    expect(readSessionCookie(`theme=dark; simpul_session=${TOKEN}; x=1`)).toBe(TOKEN);
  });

  it('takes the first that could be ours when there are several', () => {
    expect(readSessionCookie(`simpul_session=old; simpul_session=${TOKEN}`)).toBe(TOKEN);
  });

  it.each([
    undefined,
    '',
    'simpul_session',
    'simpul_session=',
    `simpul_session=${TOKEN}x`,
    `simpul_session="${TOKEN}"`,
    `not_simpul_session=${TOKEN}`,
    `simpul_session=${"' OR 1=1 --".padEnd(43, '-')}`,
  ])('finds nothing in %s', (header) => {
    expect(readSessionCookie(header)).toBeNull();
  });
});
