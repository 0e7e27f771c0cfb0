import { AppError, isAppError, type ErrorCode, type ErrorDetails } from '#libs/contracts';

/**
 * Asks the server. Answers the body; throws `AppError` for every refusal, `unavailable` when nobody answered or `signal`
 * ended it. A `Blob` is sent as the bytes it is.
 */
export async function api<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const isBytes = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined
          ? {}
          : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isBytes ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch {
    throw new AppError('unavailable', {});
  }
  const text = await response.text();
  const answer = parse(text);
  if (response.ok) return answer as T;
  throw problem(response.status, answer);
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problem(status: number, answer: unknown): AppError {
  if (isProblem(answer)) return new AppError(answer.code, answer.details ?? {});
  // A proxy or a stopping server answers without our body.
  if (status === 401) return new AppError('unauthenticated', {});
  if (status === 404) return new AppError('not-found', {});
  if (status === 429) return new AppError('rate-limited', { retryAfterMs: 5_000 });
  return new AppError(status >= 502 ? 'unavailable' : 'internal', {});
}

function isProblem(answer: unknown): answer is { code: ErrorCode; details?: ErrorDetails[ErrorCode] } {
  return typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string';
}

/** Any fault as what it means to the person: a refusal as it is, everything else as `internal`. */
export function asAppError(error: unknown): AppError {
  return isAppError(error) ? error : new AppError('internal', {});
}
