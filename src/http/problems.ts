import { HttpException } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { AppError, type ErrorCode, type WireError } from '#libs/contracts';
import { asAppError } from '#libs/database';

/** RFC 9457, with our code and details beside the standard members. */
export interface Problem extends WireError {
  type: string;
  title: string;
  status: number;
  /** Under which the request is found in the log; the header `X-Request-Id` says the same. */
  requestId: string;
}

/** Bytes of a JSON body. */
export const BODY_BYTES = 100 * 1024;

const STATUS: Readonly<Record<ErrorCode, number>> = {
  validation: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'origin-refused': 403,
  'rate-limited': 429,
  'frame-too-large': 413,
  'unknown-event': 404,
  unavailable: 503,
  internal: 500,
  'command.reused': 409,
  'command.out-of-order': 409,
  'sign-in.failed': 401,
  'sign-in.throttled': 429,
  'task.read-only': 409,
  'task.transition-not-allowed': 409,
  'task.reason-required': 422,
  'task.public-sentence-required': 422,
  'task.opd-pending': 409,
  'summary.conflict': 409,
  'opd.already-in': 409,
  'decision.not-pending': 409,
  'decision.own': 403,
  'decision.undo-over': 409,
  'decision.not-in-force': 409,
  'handover.moved-on': 409,
  'milestone.too-many': 409,
  'milestone.unchanged': 409,
  'thread.closed': 409,
  'thread.not-closed': 409,
  'message.reply-elsewhere': 409,
  'message.mention-elsewhere': 409,
  'message.too-late': 409,
  'message.deleted': 409,
  'message.edit-conflict': 409,
  'message.too-many-pins': 409,
  'public-update.not-pending': 409,
  'public-update.too-many': 429,
  'public.not-published': 404,
  'too-many-workspaces': 409,
  'organization.duplicate': 409,
  'working-time.begun': 409,
  'working-time.needed': 409,
  'file.empty': 422,
  'file.too-large': 413,
  'file.quota': 409,
  'file.type-refused': 415,
  'file.image-too-big': 422,
  'file.image-broken': 422,
  'file.infected': 422,
  'file.not-replaceable': 409,
  'upload.too-many': 429,
  'upload.offset': 409,
};

export function problemOf({ code, details }: WireError, requestId: string, status = STATUS[code]): Problem {
  const title = code.replaceAll(/[.-]/g, ' ');
  return { type: `urn:simpul:problem:${code}`, title, status, code, details, requestId };
}

/**
 * A refusal for whatever went wrong on the way: our own, a database that is away, or what Express and Nest found in
 * the request. `null` for a fault of ours.
 */
export function refusalOf(error: unknown): { error: AppError; status?: number } | null {
  const known = asAppError(error);
  if (known instanceof AppError) return { error: known as AppError };
  const status = statusOf(error);
  if (status === 413) return { error: new AppError('frame-too-large', { limit: BODY_BYTES }) };
  if (status === 415) return { error: wrong('body', 'invalid'), status };
  if (error instanceof URIError) return { error: wrong('path', 'not-well-formed') };
  if (status === 401) return { error: new AppError('unauthenticated', {}) };
  if (status === 403) return { error: new AppError('forbidden', { action: 'request' }) };
  if (status === 404 || status === 405) return { error: new AppError('not-found', {}) };
  if (status === 503) return { error: new AppError('unavailable', {}) };
  if (status !== undefined && status >= 400 && status < 500)
    return { error: wrong('request', 'invalid'), status };
  return null;
}

/** Express middleware after the body parser: Nest would make malformed JSON a bad request without a reason. */
export function unreadableBody(
  error: unknown,
  _request: Request,
  _response: Response,
  next: NextFunction,
): void {
  const isMalformed = error instanceof Error && 'type' in error && error.type === 'entity.parse.failed';
  next(isMalformed ? wrong('body', 'not-well-formed') : error);
}

/** Seconds to wait, for the header of the same name. */
export function retryAfter({ code, details }: WireError): number | undefined {
  if (code === 'unavailable') return 1;
  if ('retryAfterSeconds' in details) return details.retryAfterSeconds;
  return 'retryAfterMs' in details ? Math.ceil(details.retryAfterMs / 1_000) : undefined;
}

function wrong(field: string, rule: 'not-well-formed' | 'invalid'): AppError<'validation'> {
  return new AppError('validation', { fields: [{ field, rule }] });
}

// Express's own errors carry their status; anything else with a field of that name is not the client's fault.
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || !('expose' in error) || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}
