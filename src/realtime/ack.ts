import {
  Catch,
  Injectable,
  Logger,
  type ArgumentsHost,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type WsExceptionFilter,
} from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { isAppError, mayRetry, type AckRefused } from '#libs/contracts';
import { asAppError } from '#libs/database';

/** The refusal as it goes over the wire. Anything unknown becomes `internal`, with the stack in the log only. */
export function toRefusal(error: unknown): AckRefused {
  const known = asAppError(error);
  if (isAppError(known)) return { ok: false, retry: mayRetry(known.code), error: known.toWire() };
  Logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error), 'Realtime');
  return { ok: false, retry: true, error: { code: 'internal', details: {} } };
}

@Injectable()
export class AckInterceptor implements NestInterceptor<object | undefined, object> {
  intercept(_context: ExecutionContext, next: CallHandler<object | undefined>): Observable<object> {
    return next.handle().pipe(map((answer) => ({ ok: true, ...answer })));
  }
}

/** Nest's own filters would emit an 'exception' event and leave the sender without an answer. */
@Catch()
export class AckFilter implements WsExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const refusal = toRefusal(error);
    const ack = host.getArgs<unknown[]>().find(isAck);
    ack?.(refusal);
  }
}

/** Socket.IO hands the sender's acknowledgement over as a function among the arguments. */
export function isAck(argument: unknown): argument is (answer: object) => void {
  return typeof argument === 'function';
}
