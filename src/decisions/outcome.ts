import {
  AppError,
  type ActorView,
  type DecisionOutcome,
  type FieldProblem,
  type Instant,
  type MakeDecision,
} from '#libs/contracts';
import type { BeforeDecision, DecisionRequest } from '../tasks/decisions.service.js';
import type { PostHolder } from './posts.service.js';

/** A form's refusal, for one field. */
export function invalid(field: string, rule: FieldProblem['rule']): AppError {
  return new AppError('validation', { fields: [{ field, rule }] });
}

const OWES_NOTE: ReadonlySet<DecisionOutcome> = new Set([
  'APPROVED_WITH_NOTE',
  'REJECTED',
  'CLARIFICATION_REQUESTED',
  'FORWARDED',
]);

/** What belongs to an outcome has to be there, and nothing else. @throws AppError `validation` */
export function assertComplete({ outcome, note, option, forwardTo }: MakeDecision, options: string[]): void {
  if (OWES_NOTE.has(outcome) !== (note !== undefined))
    throw invalid('note', note === undefined ? 'required' : 'unknown-field');
  const isApproval = outcome === 'APPROVED' || outcome === 'APPROVED_WITH_NOTE';
  if (option !== undefined && !(isApproval && options.includes(option)))
    throw invalid('option', 'not-one-of');
  if ((outcome === 'FORWARDED') !== (forwardTo !== undefined))
    throw invalid('forwardTo', forwardTo === undefined ? 'required' : 'unknown-field');
}

/** What the decider said, laid on the request; what it was before is kept for an undo. */
export function decided(
  row: DecisionRequest,
  { outcome, note, option }: MakeDecision,
  { actor, at, effectiveAt }: { actor: ActorView; at: Instant; effectiveAt: Date },
  how: PostHolder | undefined,
  /** For FORWARDED. */
  next: { post: Pick<DecisionRequest, 'postRole' | 'postOpdId'>; deciderId: string } | null,
): DecisionRequest {
  const { status, postRole, postOpdId, deciderId, forwards, clarification, dueDate, clock } = row;
  const undoneTo: BeforeDecision = {
    ...{ status, postRole, postOpdId, deciderId, forwards, clarification },
    ...{ dueDate, clock },
  };
  const asked = deciderId === actor.id ? null : deciderId;
  return Object.assign(row, {
    status: outcome,
    outcome,
    note: note ?? null,
    chosenOption: option ?? null,
    decidedAt: new Date(at),
    decidedBy: actor.id,
    decidedAs: how?.mode ?? null,
    // A vacancy has no holder to name; then it is whom the asker had before them.
    onBehalfOf: how?.mode === 'PLH' || how?.mode === 'PLT' ? (how.insteadOf ?? asked) : null,
    effectiveAt,
    effective: false,
    round: row.round + 1,
    undoneTo,
    ...(outcome === 'CLARIFICATION_REQUESTED' && {
      clock: clock && { ...clock, pausedAt: at },
      clarification: {
        question: note ?? '',
        askedBy: actor.id,
        askedAt: at,
        answer: null,
        answeredBy: null,
        answeredAt: null,
      },
    }),
    ...(next && { ...next.post, deciderId: next.deciderId, forwards: forwards + 1 }),
  });
}

/** As if the decider had not spoken yet. */
export function undone(row: DecisionRequest): DecisionRequest {
  return Object.assign(row, { ...row.undoneTo, ...NOT_SAID });
}

/** It waits for the decider again. */
export const NOT_SAID = {
  outcome: null,
  note: null,
  chosenOption: null,
  decidedAt: null,
  decidedBy: null,
  decidedAs: null,
  onBehalfOf: null,
  effectiveAt: null,
  effective: false,
  undoneTo: null,
} as const;
