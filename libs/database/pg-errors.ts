import { AppError, isAppError } from '#libs/contracts';

function codeOf(error: unknown): string {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return driverError?.code ?? code ?? '';
}

/** Somebody wrote the same key first. */
export function isDuplicateKey(error: unknown): boolean {
  return codeOf(error) === '23505';
}

/** Lost to another transaction; the same work may simply be done again. */
export function isContention(error: unknown): boolean {
  return ['40001', '40P01', '55P03'].includes(codeOf(error));
}

/**
 * The database could not be asked, or did not answer in time: whether a commit under way took effect is unknown,
 * and the sender repeats the same command id.
 */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (/^(08|53|57)/.test(code) || ['25006', '25P03', '55P03', '40P01', '40001'].includes(code)) return true;
  if (['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOENT', 'EHOSTUNREACH'].includes(code))
    return true;
  const message = error instanceof Error ? error.message : '';
  return /Connection terminated|timeout exceeded|Query read timeout|not queryable|Cannot use a pool after/i.test(
    message,
  );
}

/** An answer for the sender: a refusal stays itself, a database that is away becomes `unavailable`. */
export function asAppError(error: unknown): unknown {
  if (isAppError(error)) return error;
  return isUnavailable(error) ? new AppError('unavailable', {}) : error;
}
