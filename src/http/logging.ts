import type { LoggerService } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { pino, type Level, type Logger } from 'pino';
import type { Environment } from '../config/environment.js';
import { describeError, onlyFrames, withoutPersonalData, withoutValues, words } from './redaction.js';
import { nameRequest, type Trust } from './request-id.js';

/** JSON lines on standard output. No names, no NIP, no cookies, bodies or query strings. */
export function createLogger(
  { logLevel, instance }: Pick<Environment, 'logLevel' | 'instance'>,
  to?: { write(line: string): void },
): Logger {
  const options = {
    level: logLevel,
    base: { instance },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => describeError(error) },
  };
  return to ? pino(options, to) : pino(options);
}

/**
 * One line a request: method, route, status, time, id. Nothing of what the caller wrote, the path included. Health
 * checks come every second and are left out.
 */
export function requestLog(logger: Logger, trusts: Trust): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const reference = nameRequest(request, response, trusts);
    const since = performance.now();
    response.once('close', () => {
      if (request.originalUrl.startsWith('/health/')) return;
      const level = response.statusCode >= 500 ? 'warn' : 'info';
      logger[level](
        {
          reference,
          method: request.method,
          route: describeRoute(request),
          status: response.statusCode,
          ms: Math.round(performance.now() - since),
          ...(!response.writableFinished && { cut: true }),
        },
        'request',
      );
    });
    next();
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The template of the route, such as `/pekerjaan/:name`; `/app` for all of the client; `none` for what is nothing. */
export function routeOf({ route, originalUrl }: Pick<Request, 'route' | 'originalUrl'>): string {
  const path: unknown = (route as { path?: unknown } | undefined)?.path;
  if (typeof path === 'string') return path;
  return /^\/app(?:[/?]|$)/.test(originalUrl) ? '/app' : 'none';
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The method, or `other`: a caller may make one up. */
export function methodOf({ method }: Pick<Request, 'method'>): string {
  return METHODS.has(method) ? method : 'other';
}

/** The template with the ids of ours in it: a path may hold whatever somebody typed. */
function describeRoute(request: Request): string {
  return routeOf(request).replaceAll(/:(\w+)/g, (name, key: string) => {
    const value = request.params[key];
    return typeof value === 'string' && UUID.test(value) ? value : name;
  });
}

// What Nest says about each route and module while it starts.
const CHATTER = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'WebSocketsController',
]);

// Without words of ours pino would repeat the error's message as it is.
const FAULT = 'a fault';

/** Nest's logger on top of ours. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...more: unknown[]): void {
    const context = more.at(-1);
    this.write(typeof context === 'string' && CHATTER.has(context) ? 'debug' : 'info', message, more);
  }

  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more);
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.write('trace', message, more);
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.write('fatal', message, more);
  }

  /** Nest hands on (message, stack?, context). */
  private write(level: Level, message: unknown, more: unknown[]): void {
    const context = words({ context: more.at(-1) });
    if (message instanceof Error) this.logger[level]({ ...context, err: message }, FAULT);
    else if (typeof message === 'object' && message !== null) {
      this.logger[level]({ ...context, ...describeFields(message) });
    } else {
      const text = String(message);
      const stack = more.length > 1 && typeof more[0] === 'string' ? more[0] : undefined;
      if (stack !== undefined)
        this.logger[level]({ ...context, stack: onlyFrames(stack) }, withoutValues(text));
      // A whole stack as a message begins with an error's message.
      else if (/\n\s+at /.test(text))
        this.logger[level]({ ...context, stack: onlyFrames(text) }, withoutValues(text));
      else this.logger[level](context, withoutPersonalData(text));
    }
  }
}

/** Of an object only what we know: our own words, an error, ids. The names of all other fields show what is missing. */
function describeFields(fields: object): object {
  const { err, msg, reference, connection, person, ...others } = fields as Record<string, unknown>;
  const leftOut = Object.keys(others).filter((name) => /^[a-zA-Z]{1,32}$/.test(name));
  return {
    ...words({ reference, connection, person }),
    ...(err !== undefined && { err }),
    msg: typeof msg === 'string' ? withoutPersonalData(msg) : FAULT,
    ...(leftOut.length > 0 && { leftOut }),
  };
}
