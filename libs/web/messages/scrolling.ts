/** How far above the end (px) still counts as reading the end. */
export const NEAR_END = 64;

/**
 * A thread's list is laid out from its bottom (`column-reverse`): `scrollTop` is 0 at the end and negative above it,
 * so older pages never move what is being read, and a thread opens at its end without any script.
 */
export function isAtEnd(scrollTop: number): boolean {
  return -scrollTop <= NEAR_END;
}

export interface ListChange {
  /** Was the reader at the end before the change? */
  wasAtEnd: boolean;
  /** Did the person's own message just enter the list? */
  ownEntered: boolean;
  /** How far the change moved the entry that is being read, in px; positive is downwards. `null`: it is gone. */
  anchorMoved: number | null;
}

/** What the list does after a change: follow the end, or hold what is being read in place. */
export function afterChange(change: ListChange): { to: 'end' } | { by: number } | null {
  if (change.ownEntered || change.wasAtEnd) return { to: 'end' };
  if (change.anchorMoved === null || Math.abs(change.anchorMoved) < 1) return null;
  return { by: change.anchorMoved };
}
