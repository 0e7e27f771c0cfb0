import { isIP } from 'node:net';
import { ValidateBy, type ValidationOptions } from 'class-validator';

/** A URL that names a server. Its parts are never repeated in a message: it may hold a password. */
export function IsServerUrl(
  rule: { schemes: string[]; database?: boolean },
  options: ValidationOptions,
): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isServerUrl',
      validator: {
        validate: (value) => {
          const url = parsed(value);
          if (!url || !rule.schemes.includes(url.protocol)) return false;
          if (url.hostname === '' && !url.searchParams.has('host')) return false;
          return !rule.database || url.pathname.length > 1;
        },
      },
    },
    options,
  );
}

export function IsOrigin(options: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isOrigin',
      validator: { validate: (value) => Array.isArray(value) && value.every(isOrigin) },
    },
    options,
  );
}

export function IsProxyTrust(options: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isProxyTrust',
      validator: {
        validate: (value) =>
          typeof value === 'number' ? value <= 10 : Array.isArray(value) && value.every(isProxyAddress),
      },
    },
    options,
  );
}

function isOrigin(value: unknown): boolean {
  const url = parsed(value);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
}

function isProxyAddress(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (['loopback', 'linklocal', 'uniquelocal'].includes(value)) return true;
  const [address = '', bits, ...more] = value.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function parsed(value: unknown): URL | undefined {
  return typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
}
