import type { CookieOptions } from 'express';

export const SESSION_COOKIE = 'simpul_session';

// 32 random bytes in base64url: nothing else can be a token, and nothing else reaches the database.
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The session's token in a `Cookie` header; null when there is none that could be ours. */
export function readSessionCookie(header: string | undefined): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (part.slice(0, at).trim() !== SESSION_COOKIE) continue;
    const value = part.slice(at + 1).trim();
    if (TOKEN.test(value)) return value;
  }
  return null;
}

export function sessionCookieOptions(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure };
}
