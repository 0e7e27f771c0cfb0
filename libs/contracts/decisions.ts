import type { ActorView, Day, Instant, OpdRef, PositionMode, Role } from './organization.js';

export const DECISION_STATUSES = [
  'PENDING',
  'APPROVED',
  'APPROVED_WITH_NOTE',
  'REJECTED',
  'WITHDRAWN',
  'CLARIFICATION_REQUESTED',
  'FORWARDED',
  'SUPERSEDED',
] as const;
export type DecisionStatus = (typeof DECISION_STATUSES)[number];

/** What a decider can say. */
export const DECISION_OUTCOMES = [
  'APPROVED',
  'APPROVED_WITH_NOTE',
  'REJECTED',
  'CLARIFICATION_REQUESTED',
  'FORWARDED',
] as const satisfies readonly DecisionStatus[];
export type DecisionOutcome = (typeof DECISION_OUTCOMES)[number];

/** Who can be asked, from the nearest to the highest. */
export const DECIDER_ROLES = [
  'KETUA_TIM',
  'KEPALA_OPD',
  'ASISTEN',
  'SEKDA',
  'WAKIL_WALI_KOTA',
  'WALI_KOTA',
] as const satisfies readonly (Role | 'KETUA_TIM')[];
export type DeciderRole = (typeof DECIDER_ROLES)[number];

/** The post that decides, whoever holds it on the day; `opdId` null for the lead and for posts about the whole city. */
export interface PostRef {
  role: DeciderRole;
  opdId: string | null;
}

/** `GET /api/tasks/:id/deciders`: a post that can be asked in a task, with who holds it today. */
export interface DeciderChoice extends PostRef {
  person: ActorView;
  /** The post's title, `Plt.` or `Plh.` before it where it is held so; empty for the lead. */
  position: string;
}

export interface Clarification {
  question: string;
  askedBy: ActorView;
  askedAt: Instant;
  answer: string | null;
  answeredBy: ActorView | null;
  answeredAt: Instant | null;
}

/** Half of the time, its end, and what follows one and three working days later. */
export type ClockStepKind = 'REMINDER' | 'SUPERIOR' | 'ASISTEN' | 'SEKDA';

/** Somebody was told that a question waits. */
export interface ToldStep {
  kind: ClockStepKind;
  at: Instant;
  /** Whose holders were told. */
  post: { role: DeciderRole; opd: OpdRef | null };
  persons: ActorView[];
}

/** By when a post has to decide, and who was told meanwhile. It runs in the working time of one unit (null: of the city). */
export interface DecisionClock {
  opdId: string | null;
  /** Since when the present decider has the question. */
  askedAt: Instant;
  /** Half of the time. */
  remindAt: Instant;
  dueAt: Instant;
  /** It stands since then: the asker has to explain something first. */
  pausedAt: Instant | null;
  told: ToldStep[];
}

export interface DecisionRequestView {
  id: string;
  title: string;
  question: string;
  options: string[];
  /** What the asker would do, and why. */
  recommendation: string | null;
  /** What happens while nobody decides. */
  consequence: string | null;
  /** The post that decides; null where only a person was named. */
  post: { role: DeciderRole; opd: OpdRef | null } | null;
  /** Who held that post when it was asked. */
  decider: ActorView;
  requestedBy: ActorView;
  requestedAt: Instant;
  dueDate: Day | null;
  /** The day that was named first; it stays when another one holds. */
  firstDueDate: Day | null;
  /** Null where only a person was named. */
  clock: DecisionClock | null;
  status: DecisionStatus;
  /** What the decider said last; it stays when another decision takes its place. */
  outcome: DecisionOutcome | null;
  /** As it was put in words elsewhere; only what was imported has it. */
  decision: string | null;
  chosenOption: string | null;
  /** The note, the reason, or the question back. */
  note: string | null;
  decidedAt: Instant | null;
  decidedBy: ActorView | null;
  /** How the decider held the post; null for the lead and where that is not known. */
  decidedAs: PositionMode | null;
  /** In whose place, when the decider only stood in. */
  onBehalfOf: ActorView | null;
  /** Until then it can be undone; it holds from then on. */
  effectiveAt: Instant | null;
  effective: boolean;
  /** How often it was handed on. */
  forwards: number;
  clarification: Clarification | null;
  basis: string | null;
  /** The decision that this one is to replace. */
  supersedes: string | null;
  supersededBy: string | null;
}

/** A question for one post. Its id is its author's. */
export interface RequestDecision {
  workspaceId: string;
  commandId: string;
  decisionId: string;
  title: string;
  question?: string;
  options: string[];
  recommendation?: string;
  consequence?: string;
  basis?: string;
  /** From today on. */
  dueDate?: Day;
  decider: PostRef;
  /** A decision that holds, which the new one is to replace. */
  supersedes?: string;
}

export interface MakeDecision {
  workspaceId: string;
  commandId: string;
  decisionId: string;
  outcome: DecisionOutcome;
  /** Owed with every outcome but APPROVED, which has none. */
  note?: string;
  /** One of the options; with APPROVED and APPROVED_WITH_NOTE. */
  option?: string;
  /** For FORWARDED. */
  forwardTo?: PostRef;
}

export interface ClarifyDecision {
  workspaceId: string;
  commandId: string;
  decisionId: string;
  answer: string;
}

/** Takes a request back that nobody has decided. */
export interface WithdrawDecision {
  workspaceId: string;
  commandId: string;
  decisionId: string;
}

/** More time, from the side of the decider. */
export interface ExtendDecision {
  workspaceId: string;
  commandId: string;
  decisionId: string;
  /** Later than the one that holds. */
  dueDate: Day;
  reason: string;
}

/** Takes back what one said oneself, before it takes effect. */
export interface UndoDecision {
  workspaceId: string;
  commandId: string;
  decisionId: string;
}

const FOR_DECIDER: ReadonlySet<DecisionStatus> = new Set(['PENDING', 'FORWARDED']);

/** Does it wait for the one who decides? */
export function awaitsDecider(status: DecisionStatus): boolean {
  return FOR_DECIDER.has(status);
}

/** Does somebody still have to act on it, the decider or the asker? */
export function isOpenDecision(status: DecisionStatus): boolean {
  return awaitsDecider(status) || status === 'CLARIFICATION_REQUESTED';
}

/** Was it answered with yes or no? */
export function isVerdict(status: DecisionStatus): boolean {
  return status === 'APPROVED' || status === 'APPROVED_WITH_NOTE' || status === 'REJECTED';
}

export function samePost(a: PostRef, b: PostRef): boolean {
  return a.role === b.role && a.opdId === b.opdId;
}

/** The same without what was written, for whom the words of a task are not meant. */
export function withoutWords(decision: DecisionRequestView): DecisionRequestView {
  return {
    ...decision,
    question: '',
    options: [],
    recommendation: null,
    consequence: null,
    decision: null,
    chosenOption: null,
    note: null,
    clarification: null,
    basis: null,
  };
}
