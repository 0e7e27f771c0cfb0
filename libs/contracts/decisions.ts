import type { ActorView, Day, Instant } from './organization.js';

export const DECISION_STATUSES = [
  'PENDING',
  'APPROVED',
  'REJECTED',
  'WITHDRAWN',
  'CLARIFICATION_REQUESTED',
  'FORWARDED',
  'SUPERSEDED',
] as const;
export type DecisionStatus = (typeof DECISION_STATUSES)[number];

export interface DecisionRequestView {
  id: string;
  title: string;
  question: string;
  options: string[];
  decider: ActorView;
  requestedBy: ActorView;
  requestedAt: Instant;
  dueDate: Day | null;
  status: DecisionStatus;
  decision: string | null;
  decidedAt: Instant | null;
  basis: string | null;
}
