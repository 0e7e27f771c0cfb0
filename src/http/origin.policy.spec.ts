import type { Request, Response } from 'express';
import { Environment } from '../config/environment.js';
import { OriginPolicy } from './origin.policy.js';

const local = new OriginPolicy(Environment.read({ PORT: '3100' }));
const behindProxy = new OriginPolicy(Environment.read({ SIMPUL_ORIGINS: 'https://simpul.example' }));

function refuses(method: string, headers: Request['headers'], policy = local): boolean {
  let refusal: unknown;
  policy.check({ method, headers } as Request, {} as Response, (error?: unknown) => (refusal = error));
  return refusal !== undefined;
}

describe('OriginPolicy', () => {
  it.each(['http://localhost:3100', 'http://127.0.0.1:3100', 'http://[::1]:3100'])(
    'allows our own page at %s',
    (origin) => {
      expect(local.allows({ headers: { origin } })).toBe(true);
    },
  );

  it.each([
    undefined,
    'null',
    '',
    'http://localhost:3000',
    'https://localhost:3100',
    'http://localhost:3100.evil.example',
  ])('refuses the origin %s', (origin) => {
    expect(local.allows({ headers: { origin } })).toBe(false);
  });

  it('allows only what is configured, when something is', () => {
    expect(behindProxy.allows({ headers: { origin: 'https://simpul.example' } })).toBe(true);
    expect(behindProxy.allows({ headers: { origin: 'http://localhost:3000' } })).toBe(false);
  });

  it('follows the port the app got', () => {
    const policy = new OriginPolicy(Environment.read({ PORT: '0' }));
    policy.serveAt(4567);
    expect(policy.allows({ headers: { origin: 'http://localhost:4567' } })).toBe(true);
  });

  it('lets everybody read', () => {
    expect(refuses('GET', { cookie: 'simpul_session=x', origin: 'https://evil.example' })).toBe(false);
  });

  it('refuses a change with a cookie and no Origin', () => {
    expect(refuses('POST', { cookie: 'simpul_session=x' })).toBe(true);
  });

  it('refuses a change from another site, whatever Origin it claims', () => {
    expect(refuses('POST', { origin: 'http://localhost:3100', 'sec-fetch-site': 'cross-site' })).toBe(true);
    expect(refuses('DELETE', { origin: 'https://evil.example' })).toBe(true);
  });

  it('lets a program without a cookie and a page of ours make changes', () => {
    expect(refuses('POST', {})).toBe(false);
    expect(refuses('POST', { cookie: 'simpul_session=x', origin: 'http://localhost:3100' })).toBe(false);
  });
});
