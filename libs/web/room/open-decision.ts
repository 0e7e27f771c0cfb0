import type { DecisionStatus } from '#libs/contracts';

/** Does somebody still have to act on it? */
export function isOpenDecision(status: DecisionStatus): boolean {
  return status === 'PENDING' || status === 'CLARIFICATION_REQUESTED' || status === 'FORWARDED';
}
