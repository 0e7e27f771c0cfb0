import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  Clarification,
  ClockStepKind,
  ClockTimes,
  Day,
  DeciderRole,
  DecisionOutcome,
  DecisionRequestView,
  DecisionStatus,
  Instant,
  PositionMode,
  PostRef,
} from '#libs/contracts';
import type { Names } from '../organization/organization.service.js';

/** As a clarification is stored: persons by id. */
export interface StoredClarification {
  question: string;
  askedBy: string;
  askedAt: Instant;
  answer: string | null;
  answeredBy: string | null;
  answeredAt: Instant | null;
}

/** As a clock is stored: posts and persons by id. */
export interface StoredClock extends ClockTimes {
  told: { kind: ClockStepKind; at: Instant; post: PostRef; personIds: string[] }[];
  /** Steps until this moment of the ladder are told, or were over when the clock was set. */
  toldUntil: Instant;
}

/** What a request was before the decider spoke, to be put back by an undo. */
export interface BeforeDecision {
  status: DecisionStatus;
  postRole: DeciderRole | null;
  postOpdId: string | null;
  deciderId: string;
  forwards: number;
  clarification: StoredClarification | null;
  dueDate: Day | null;
  clock: StoredClock | null;
}

/** A question that one post has to decide. */
@Entity('decision_requests')
export class DecisionRequest {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'task_id' })
  taskId: string;

  @Column('text')
  title: string;

  @Column('text')
  question: string;

  @Column('text', { array: true })
  options: string[];

  @Column('text', { nullable: true })
  recommendation: string | null;

  @Column('text', { nullable: true })
  consequence: string | null;

  @Column('text', { name: 'post_role', nullable: true })
  postRole: DeciderRole | null;

  @Column('uuid', { name: 'post_opd_id', nullable: true })
  postOpdId: string | null;

  @Column('uuid', { name: 'decider_id' })
  deciderId: string;

  @Column('uuid', { name: 'requested_by' })
  requestedBy: string;

  @Column('timestamptz', { name: 'requested_at' })
  requestedAt: Date;

  @Column('date', { name: 'due_date', nullable: true })
  dueDate: Day | null;

  @Column('date', { name: 'first_due_date', nullable: true })
  firstDueDate: Day | null;

  @Column('jsonb', { nullable: true })
  clock: StoredClock | null;

  @Column('text')
  status: DecisionStatus;

  @Column('text', { nullable: true })
  outcome: DecisionOutcome | null;

  @Column('text', { nullable: true })
  decision: string | null;

  @Column('text', { name: 'chosen_option', nullable: true })
  chosenOption: string | null;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt: Date | null;

  @Column('uuid', { name: 'decided_by', nullable: true })
  decidedBy: string | null;

  @Column('text', { name: 'decided_as', nullable: true })
  decidedAs: PositionMode | null;

  @Column('uuid', { name: 'on_behalf_of', nullable: true })
  onBehalfOf: string | null;

  @Column('timestamptz', { name: 'effective_at', nullable: true })
  effectiveAt: Date | null;

  @Column('boolean', { default: false })
  effective: boolean;

  /** Counts what deciders said: each time takes effect once. */
  @Column('int', { default: 0 })
  round: number;

  @Column('int', { default: 0 })
  forwards: number;

  @Column('jsonb', { nullable: true })
  clarification: StoredClarification | null;

  @Column('jsonb', { name: 'undone_to', nullable: true })
  undoneTo: BeforeDecision | null;

  @Column('text', { nullable: true })
  basis: string | null;

  @Column('uuid', { nullable: true })
  supersedes: string | null;

  @Column('uuid', { name: 'superseded_by', nullable: true })
  supersededBy: string | null;
}

/** The post that decides; null where only a person was named. */
export function postOf({ postRole, postOpdId }: DecisionRequest): PostRef | null {
  return postRole === null ? null : { role: postRole, opdId: postOpdId };
}

/** Everybody whom the view of a request names. */
export function peopleIn(row: DecisionRequest): (string | null)[] {
  const { clarification, clock } = row;
  return [
    ...(clock?.told.flatMap(({ personIds }) => personIds) ?? []),
    ...[row.deciderId, row.requestedBy, row.decidedBy, row.onBehalfOf],
    ...[clarification?.askedBy ?? null, clarification?.answeredBy ?? null],
  ];
}

/** Every unit that the view of a request names. */
export function unitsIn({ postOpdId, clock }: DecisionRequest): (string | null)[] {
  return [postOpdId, ...(clock?.told.map(({ post }) => post.opdId) ?? [])];
}

export function toDecisionView(row: DecisionRequest, names: Names): DecisionRequestView {
  const opd = (id: string | null) => (id === null ? null : names.opd(id));
  const person = (id: string | null) => (id === null ? null : names.person(id));
  return {
    id: row.id,
    title: row.title,
    question: row.question,
    options: row.options,
    recommendation: row.recommendation,
    consequence: row.consequence,
    post: row.postRole === null ? null : { role: row.postRole, opd: opd(row.postOpdId) },
    decider: names.person(row.deciderId),
    requestedBy: names.person(row.requestedBy),
    requestedAt: row.requestedAt.toISOString(),
    dueDate: row.dueDate,
    firstDueDate: row.firstDueDate,
    clock: row.clock && {
      opdId: row.clock.opdId,
      askedAt: row.clock.askedAt,
      remindAt: row.clock.remindAt,
      dueAt: row.clock.dueAt,
      pausedAt: row.clock.pausedAt,
      told: row.clock.told.map(({ kind, at, post, personIds }) => ({
        kind,
        at,
        post: { role: post.role, opd: opd(post.opdId) },
        persons: personIds.map((id) => names.person(id)),
      })),
    },
    status: row.status,
    outcome: row.outcome,
    decision: row.decision,
    chosenOption: row.chosenOption,
    note: row.note,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decidedBy: person(row.decidedBy),
    decidedAs: row.decidedAs,
    onBehalfOf: person(row.onBehalfOf),
    effectiveAt: row.effectiveAt?.toISOString() ?? null,
    effective: row.effective,
    forwards: row.forwards,
    clarification: row.clarification && toClarification(row.clarification, names),
    basis: row.basis,
    supersedes: row.supersedes,
    supersededBy: row.supersededBy,
  };
}

function toClarification(stored: StoredClarification, names: Names): Clarification {
  return {
    ...stored,
    askedBy: names.person(stored.askedBy),
    answeredBy: stored.answeredBy === null ? null : names.person(stored.answeredBy),
  };
}
