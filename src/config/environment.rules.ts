import { isIP } from 'node:net';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import { parseRedisUrl } from '#libs/realtime';

/** A URL that names a PostgreSQL database. Its parts are never repeated in a message: it may hold a password. */
export function IsDatabaseUrl(options: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isDatabaseUrl',
      validator: {
        validate: (value) => {
          const url = parsed(value);
          if (!url || !['postgres:', 'postgresql:'].includes(url.protocol)) return false;
          if (url.hostname === '' && !url.searchParams.has('host')) return false;
          return url.pathname.length > 1;
        },
      },
    },
    options,
  );
}

/** A URL that names a Redis in one of its forms. */
export function IsRedisUrl(options: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isRedisUrl',
      validator: {
        validate: (value) => typeof value === 'string' && parseRedisUrl(value) !== undefined,
      },
    },
    options,
  );
}

/** The address of a collector, without a secret in it: the base under which `/v1/traces` is. */
export function IsCollectorUrl(options: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isCollectorUrl',
      validator: {
        validate: (value) => {
          const url = parsed(value);
          if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
          return url.search === '' && url.hash === '' && url.username === '' && url.password === '';
        },
      },
    },
    options,
  );
}

/** A bucket of an S3-speaking store: scheme, key, secret, host and bucket. Never repeated: it holds the secret. */
export function IsBucketUrl(options: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isBucketUrl',
      validator: { validate: (value) => typeof value === 'string' && parseBucketUrl(value) !== undefined },
    },
    options,
  );
}

export interface Bucket {
  endpoint: string;
  name: string;
  region: string;
  key: string;
  secret: string;
}

/** `https://KEY:SECRET@host/bucket?region=…`; undefined when it is none. */
export function parseBucketUrl(text: string): Bucket | undefined {
  const url = parsed(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined;
  const [, name = '', ...more] = url.pathname.replace(/\/$/, '').split('/');
  const [key, secret] = [url.username, url.password].map(decodeURIComponent) as [string, string];
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || more.length > 0 || !key || !secret)
    return undefined;
  const region = url.searchParams.get('region') ?? 'us-east-1';
  return { endpoint: url.origin, name, region, key, secret };
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

/** One origin as a text, `http` or `https`. */
export function IsOneOrigin(options: ValidationOptions): PropertyDecorator {
  return ValidateBy({ name: 'isOneOrigin', validator: { validate: isOrigin } }, options);
}

/** What `readHostPort` could read. */
export function IsHostPort(options: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isHostPort',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'object' && value !== null && 'port' in value && Number(value.port) <= 65_535,
      },
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
