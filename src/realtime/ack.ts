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
import { map, tap, type Observable } from 'rxjs';
import { isAppError, mayRetry, type AckRefused } from '#libs/contracts';
import { asAppError } from '#libs/database';
import type { SimpulSocket } from './rooms.js';
import { Traffic } from './traffic.js';

/**
 * The refusal as it goes over the wire. Anything unknown becomes `internal`, with the stack in the log only, beside
 * the id of the connection.
 */
export function toRefusal(error: unknown, connection: string): AckRefused {
  const known = asAppError(error);
  if (isAppError(known)) return { ok: false, retry: mayRetry(known.code), error: known.toWire() };
  Logger.error({ connection, err: error }, 'Realtime');
  return { ok: false, retry: true, error: { code: 'internal', details: {} } };
}

@Injectable()
export class AckInterceptor implements NestInterceptor<object | undefined, object> {
  constructor(private readonly traffic: Traffic) {}

  intercept(context: ExecutionContext, next: CallHandler<object | undefined>): Observable<object> {
    const { answered, began } = this.traffic;
    if (!answered && !began) return next.handle().pipe(map(accepted));
    const name = context.switchToWs().getPattern();
    const since = performance.now();
    const recording = began?.(name);
    const tell = (outcome: string) => {
      recording?.end(outcome);
      answered?.(name, outcome, performance.now() - since);
    };
    const answers = recording ? recording.run(() => next.handle()) : next.handle();
    return answers.pipe(
      map(accepted),
      tap({
        next: (answer) => tell('dup' in answer && answer.dup === true ? 'duplicate' : 'accepted'),
        error: (error: unknown) => tell(codeOf(error)),
      }),
    );
  }
}

/** Nest's own filters would emit an 'exception' event and leave the sender without an answer. */
@Catch()
export class AckFilter implements WsExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const refusal = toRefusal(error, host.switchToWs().getClient<SimpulSocket>().id);
    const ack = host.getArgs<unknown[]>().find(isAck);
    ack?.(refusal);
  }
}

function accepted(answer: object | undefined): object {
  return { ok: true, ...answer };
}

function codeOf(error: unknown): string {
  const known = asAppError(error);
  return isAppError(known) ? known.code : 'internal';
}

/** Socket.IO hands the sender's acknowledgement over as a function among the arguments. */
export function isAck(argument: unknown): argument is (answer: object) => void {
  return typeof argument === 'function';
}
