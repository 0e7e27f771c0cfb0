import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import { pino, type Level, type Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Environment } from '../config/environment.js';

/** JSON lines on standard output. No names, no NIP, no cookies, bodies or query strings. */
export function createLogger({ logLevel, instance }: Pick<Environment, 'logLevel' | 'instance'>): Logger {
  return pino({
    level: logLevel,
    base: { instance },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
  });
}

/**
 * What is worth knowing of an error. Database errors carry the statement's parameters and the row's values: those
 * stay out, whatever fields an error may have.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: withoutPersonalData(String(error)) };
  const { code, constraint, driverError } = error as Error &
    Record<'code' | 'constraint' | 'driverError', unknown>;
  return {
    type: error.name,
    message: withoutPersonalData(error.message),
    stack: withoutPersonalData(error.stack ?? ''),
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(driverError instanceof Error && { driver: describeError(driverError) }),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

/** A NIP has 18 digits. PostgreSQL quotes the value it did not like. */
export function withoutPersonalData(text: string): string {
  return text
    .replaceAll(/\d(?:\s?\d){15,}/g, '[number]')
    .replaceAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi, '[e-mail]');
}

/** One line a request: method, path, status, time, id. Health checks come every second and are left out. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp<Request, Response>({
    logger,
    genReqId: (_request, response) => {
      const id = randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    // Nothing else of a request: no headers, no query, no address of the caller.
    wrapSerializers: false,
    serializers: { req: describeRequest, res: ({ statusCode }: Response) => ({ status: statusCode }) },
    autoLogging: { ignore: ({ originalUrl }) => originalUrl.startsWith('/health/') },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'warn' : 'info'),
    // The error itself is logged where it is answered, with its stack.
    customErrorObject: (_request, response, _error, { responseTime }: { responseTime?: number }) => ({
      res: response,
      responseTime,
    }),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
  });
}

function describeRequest({ id, method, originalUrl }: Request): object {
  const path = originalUrl.split('?', 1)[0] ?? '';
  return { id, method, path: withoutPersonalData(path.slice(0, 200)) };
}

/** The id under which a request is found in the log. */
export function requestId(request: Request): string {
  return typeof request.id === 'object' ? '' : String(request.id);
}

// What Nest says about each route and module while it starts.
const CHATTER = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'WebSocketsController',
]);

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
    const context = more.at(-1);
    const stack =
      more.length > 1 && typeof more[0] === 'string' ? { stack: withoutPersonalData(more[0]) } : {};
    if (message instanceof Error) this.logger[level]({ context, err: message });
    else if (typeof message === 'object' && message !== null) this.logger[level]({ context, ...message });
    else this.logger[level]({ context, ...stack }, withoutPersonalData(String(message)));
  }
}
