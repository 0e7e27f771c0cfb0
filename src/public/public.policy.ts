import type { HeldRole } from '#libs/contracts';

/**
 * Whose drafts a person reviews today: of the whole city, of some units' tasks, or nobody's (`null`).
 * A PPID of one unit answers for what that unit coordinates.
 */
export function reviewScope(roles: readonly HeldRole[]): 'city' | { opdIds: string[] } | null {
  const held = roles.filter(({ role }) => role === 'PPID');
  if (held.some(({ opdId }) => opdId === null)) return 'city';
  const opdIds = held.flatMap(({ opdId }) => opdId ?? []);
  return opdIds.length > 0 ? { opdIds } : null;
}

export function mayReview(roles: readonly HeldRole[], coordinatingOpdId: string): boolean {
  const scope = reviewScope(roles);
  return scope === 'city' || (scope?.opdIds.includes(coordinatingOpdId) ?? false);
}
