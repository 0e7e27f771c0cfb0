/** One wrong field of a command or form; the client puts `rule` and `limit` into words. */
export interface FieldProblem {
  field: string;
  rule:
    | 'required'
    | 'blank'
    | 'too-long'
    | 'too-short'
    | 'not-text'
    | 'not-well-formed'
    | 'control-character'
    | 'direction-override'
    | 'not-a-uuid'
    | 'not-a-date'
    | 'out-of-range'
    | 'not-one-of'
    | 'not-a-number'
    | 'unknown-field'
    | 'invalid';
  limit?: number;
}

/**
 * Every refusal the product can give, with what the client needs to put it into words.
 * `retry` in an ack says whether the same command may be sent again unchanged.
 */
export interface ErrorDetails {
  validation: { fields: FieldProblem[] };
  unauthenticated: Record<string, never>;
  forbidden: { action: string; who?: string[] };
  'not-found': Record<string, never>;
  'origin-refused': Record<string, never>;
  'rate-limited': { retryAfterMs: number };
  'frame-too-large': { limit: number };
  'unknown-event': { event: string };
  unavailable: Record<string, never>;
  internal: { reference?: string };
  'command.reused': Record<string, never>;
  'command.out-of-order': { after: string };
  'sign-in.failed': { left: number };
  'sign-in.throttled': { retryAfterSeconds: number };
  'task.read-only': { status: string };
  'task.transition-not-allowed': { from: string; to: string; allowed: string[] };
  'task.reason-required': { to: string };
  'task.public-sentence-required': { to: string };
  'task.opd-pending': { opds: string[] };
  /** Somebody wrote another version meanwhile: what it says, and who. */
  'summary.conflict': { version: number; body: string; by: string };
  /** The unit takes part, or is asked, already. */
  'opd.already-in': Record<string, never>;
  /** It no longer is where the wish supposed it. `by`: who brought it there, when that was a decision. */
  'decision.not-pending': { status: string; by: string | null };
  /** Nobody decides what they asked themselves. */
  'decision.own': Record<string, never>;
  /** It holds by now. */
  'decision.undo-over': Record<string, never>;
  /** Only a decision that holds can be replaced, and only once. */
  'decision.not-in-force': { status: string };
  /** It no longer is where the wish supposed it. `holder`: who has it now; `by`: who brought it there. */
  'handover.moved-on': { status: string; holder: string; by: string };
  'milestone.too-many': { limit: number };
  'milestone.unchanged': { status: string };
  /** It is closed already. */
  'thread.closed': { threadId: string };
  /** There is nothing to reopen. */
  'thread.not-closed': { threadId: string };
  'message.reply-elsewhere': { replyTo: string };
  /** Who or what does not take part in the task can't be called on. */
  'message.mention-elsewhere': { kind: string; id: string };
  'message.too-late': { minutes: number };
  'message.deleted': { messageId: string };
  /** It was changed since the editor read it. `body` and `edits` are what it is at present. */
  'message.edit-conflict': { messageId: string; edits: number; body: string };
  'message.too-many-pins': { limit: number };
  'public-update.not-pending': { status: string };
  'public-update.too-many': { limit: number };
  'public.not-published': Record<string, never>;
  'too-many-workspaces': { limit: number };
  'organization.duplicate': { field: string };
  /** What has begun stays as it is; only from this day on it may be another. */
  'working-time.begun': { from: string };
  /** The city's ordinary hours can be followed by others, not end. */
  'working-time.needed': Record<string, never>;
  'file.empty': Record<string, never>;
  'file.too-large': { limit: number };
  /** `left`: bytes that this workspace still has room for. */
  'file.quota': { limit: number; left: number };
  /** `PHOTO`: the place it was taken at can't be removed from this format. `PROGRAM`: it would run. */
  'file.type-refused': { reason: 'PHOTO' | 'PROGRAM' };
  'file.image-too-big': { limit: number };
  'file.image-broken': Record<string, never>;
  'file.infected': Record<string, never>;
  /** Somebody else was quicker to replace the same version, or it is gone. */
  'file.not-replaceable': Record<string, never>;
  'upload.too-many': { limit: number };
  /** Bytes are wanted from here on. */
  'upload.offset': { offset: number };
}

export type ErrorCode = keyof ErrorDetails;

export interface WireError<C extends ErrorCode = ErrorCode> {
  code: C;
  details: ErrorDetails[C];
}

/** A refusal that is an answer, not a fault: thrown by services and policies, never logged as an error. */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  constructor(
    readonly code: C,
    readonly details: ErrorDetails[C],
  ) {
    super(code);
    this.name = 'AppError';
  }

  toWire(): WireError<C> {
    return { code: this.code, details: this.details };
  }
}

/** Whether something thrown is a refusal; `instanceof` alone would lose which details belong to which code. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}

const RETRYABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'unavailable',
  'internal',
  'rate-limited',
  'command.out-of-order',
]);

/** Whether the same command may be sent again unchanged. */
export function mayRetry(code: ErrorCode): boolean {
  return RETRYABLE.has(code);
}

export interface AckOk {
  ok: true;
  commandId: string;
  streamId: string;
  seq: number;
  at: string;
  /** True when this command had been carried out before; the answer is the first one. */
  dup?: boolean;
}

export interface AckRefused {
  ok: false;
  retry: boolean;
  error: WireError;
}

export type Ack = AckOk | AckRefused;
