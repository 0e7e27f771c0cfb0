import { AppError, LIMITS, type ThreadPageRequest } from '#libs/contracts';

/**
 * The first and the last number of a page of a thread with `count` messages; the last is below the first when there is
 * nothing. Between them every number has its message.
 *
 * @throws AppError `validation` when more than one place is named
 */
export function pageRange(
  { before, after, around, limit }: Omit<ThreadPageRequest, 'workspaceId' | 'threadId'>,
  count: number,
): [number, number] {
  const named = Object.entries({ before, after, around }).filter(([, no]) => no !== undefined);
  if (named.length > 1) {
    throw new AppError('validation', { fields: named.map(([field]) => ({ field, rule: 'invalid' })) });
  }
  const size = Math.min(limit ?? LIMITS.page, LIMITS.maxPage);
  if (after !== undefined) return [after + 1, Math.min(after + size, count)];
  if (around !== undefined) {
    const from = Math.max(1, Math.min(around - Math.floor(size / 2), count - size + 1));
    return [from, Math.min(from + size - 1, count)];
  }
  const to = Math.min((before ?? count + 1) - 1, count);
  return [Math.max(1, to - size + 1), to];
}
