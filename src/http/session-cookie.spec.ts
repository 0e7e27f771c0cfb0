import { PLAIN_COOKIE, readSessionCookie, SECURE_COOKIE } from './session-cookie.js';

const TOKEN = 'A'.repeat(43);

describe('readSessionCookie', () => {
  it('finds the token among other cookies', () => {
    expect(readSessionCookie(PLAIN_COOKIE, `theme=dark; simpul_session=${TOKEN}; x=1`)).toBe(TOKEN);
  });

  it('takes the first that could be ours when there are several', () => {
    expect(readSessionCookie(PLAIN_COOKIE, `simpul_session=old; simpul_session=${TOKEN}`)).toBe(TOKEN);
  });

  it.each([
    [PLAIN_COOKIE, SECURE_COOKIE],
    [SECURE_COOKIE, PLAIN_COOKIE],
  ])('takes %s, and %s beside it for nothing', (name, other) => {
    const header = `${other}=${'B'.repeat(43)}; ${name}=${TOKEN}`;
    expect(readSessionCookie(name, header)).toBe(TOKEN);
    expect(readSessionCookie(name, `${other}=${TOKEN}`)).toBeNull();
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
    expect(readSessionCookie(PLAIN_COOKIE, header)).toBeNull();
  });
});
