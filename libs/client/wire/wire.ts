import { AppError } from '#libs/contracts';
import type { ClientEvents, WireError } from '#libs/contracts';
import type { Clock } from '../clock.js';
import type { AnswerOf, RequestName, RequestOf, Transport } from './transport.js';

/** An answer that takes longer is none. */
export const ANSWER_TIMEOUT_MS = 10_000;

type Granted<E extends RequestName> = Extract<AnswerOf<E>, { ok: true }>;

/** Requests with an end: each is answered, or ends with `null` at its timeout or with its connection. */
export class Wire {
  online = false;
  private readonly waiting = new Set<(answer: null) => void>();

  constructor(
    private readonly transport: Transport,
    private readonly clock: Clock,
    /** The server answered something: the connection lives. */
    private readonly heard: () => void,
  ) {}

  /** `done` is called exactly once. `null`: no answer; what was asked may have been done or not. */
  ask<E extends RequestName>(
    event: E,
    data: RequestOf<E>,
    timeoutMs: number,
    done: (answer: AnswerOf<E> | null) => void,
  ): void {
    if (!this.online) {
      done(null);
      return;
    }
    const end = (answer: AnswerOf<E> | null): void => {
      if (!this.waiting.delete(end)) return;
      cancel();
      done(answer);
    };
    this.waiting.add(end);
    const cancel = this.clock.after(timeoutMs, () => end(null));
    this.transport.send(event, data, (answer) => {
      this.heard();
      end(answer);
    });
  }

  /** The answer, or AppError: the refusal, or `unavailable` when there was none. */
  request<E extends RequestName>(event: E, data: RequestOf<E>): Promise<Granted<E>> {
    return new Promise((resolve, reject) => {
      this.ask(event, data, ANSWER_TIMEOUT_MS, (answer) => {
        if (!answer) reject(new AppError('unavailable', {}));
        else if (answer.ok) resolve(answer as Granted<E>);
        else reject(new AppError(answer.error.code, answer.error.details));
      });
    });
  }

  /** Says something whose answer is of no use. */
  tell(
    event: 'workspace.leave' | 'board.leave',
    data: RequestOf<'workspace.leave'> | RequestOf<'board.leave'>,
  ): void {
    this.ask(event, data, ANSWER_TIMEOUT_MS, () => undefined);
  }

  hint(event: 'typing', data: Parameters<ClientEvents['typing']>[0]): void {
    if (this.online) this.transport.hint(event, data);
  }

  up(): void {
    this.online = true;
  }

  down(): void {
    this.online = false;
    for (const end of this.waiting) end(null);
  }
}

/** What a request was refused with, as it is shown. */
export function wireError(error: unknown): WireError {
  const { code, details } = error as Partial<WireError>;
  return code === undefined ? { code: 'internal', details: {} } : { code, details: details ?? {} };
}
