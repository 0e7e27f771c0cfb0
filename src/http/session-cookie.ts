import { Injectable } from '@nestjs/common';
import type { CookieOptions, Response } from 'express';
import { Environment } from '../config/environment.js';

/** Over plain HTTP, on one's own computer or in an office without TLS. */
export const PLAIN_COOKIE = 'simpul_session';
/**
 * Over HTTPS. Browsers take a cookie of this name only over HTTPS, for this host alone and all its paths: a page of
 * another subdomain can't give somebody a sign-in of its own.
 */
export const SECURE_COOKIE = '__Host-simpul_session';

// 32 random bytes in base64url: nothing else can be a token, and nothing else reaches the database.
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The session's token in a `Cookie` header; null when there is none that could be ours. */
export function readSessionCookie(name: string, header: string | undefined): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (part.slice(0, at).trim() !== name) continue;
    const value = part.slice(at + 1).trim();
    if (TOKEN.test(value)) return value;
  }
  return null;
}

/** The one cookie: which name it has here, reading it, giving it and taking it back. */
@Injectable()
export class SessionCookie {
  readonly name: string;
  private readonly options: CookieOptions;

  constructor({ secureCookie: secure }: Environment) {
    this.name = secure ? SECURE_COOKIE : PLAIN_COOKIE;
    this.options = { httpOnly: true, sameSite: 'lax', path: '/', secure };
  }

  /** The token in a `Cookie` header; a cookie of the other name counts for nothing. */
  read(header: string | undefined): string | null {
    return readSessionCookie(this.name, header);
  }

  give(response: Response, token: string, expires: Date): void {
    response.cookie(this.name, token, { ...this.options, expires });
  }

  takeBack(response: Response): void {
    response.clearCookie(this.name, this.options);
  }
}
