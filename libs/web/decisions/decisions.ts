import {
  isOpenDecision,
  awaitsDecider,
  samePost,
  type DeciderRole,
  type DecisionRequestView,
  type OpdRef,
  type PostRef,
  type WorkspaceRights,
} from '#libs/contracts';
import type { WorkspaceWords } from '#libs/content';

type Rights = Pick<WorkspaceRights, 'decideAs'>;

export function refOf({ role, opd }: NonNullable<DecisionRequestView['post']>): PostRef {
  return { role, opdId: opd?.id ?? null };
}

/** Whether the reader is the one it waits for. */
export function waitsForReader(
  { status, post, decider, requestedBy }: DecisionRequestView,
  { decideAs }: Rights,
  readerId: string,
): boolean {
  if (!awaitsDecider(status) || requestedBy.id === readerId) return false;
  return post === null ? decider.id === readerId : decideAs.some((own) => samePost(own, refOf(post)));
}

export interface DecisionGroups {
  mine: DecisionRequestView[];
  open: DecisionRequestView[];
  settled: DecisionRequestView[];
}

/** What waits for the reader, what waits for others, what is over; the most pressing and the newest first. */
export function grouped(
  decisions: readonly DecisionRequestView[],
  rights: Rights,
  readerId: string,
): DecisionGroups {
  const open = decisions.filter(({ status }) => isOpenDecision(status));
  const settled = decisions.filter(({ status }) => !isOpenDecision(status));
  open.sort((a, b) => (a.dueDate ?? '9999').localeCompare(b.dueDate ?? '9999'));
  settled.sort((a, b) => (b.decidedAt ?? b.requestedAt).localeCompare(a.decidedAt ?? a.requestedAt));
  const mine = open.filter((one) => waitsForReader(one, rights, readerId));
  return { mine, open: open.filter((one) => !mine.includes(one)), settled };
}

/** A post in words. */
export function postName(
  role: DeciderRole,
  opd: Pick<OpdRef, 'abbreviation'> | null,
  words: WorkspaceWords,
): string {
  const name = words.decision.posts[role];
  return typeof name === 'string' ? name : name(opd?.abbreviation ?? '');
}

/** Who decided, how they held the post, and in whose place. */
export function decidedByWords(
  { decidedBy, decidedAs, onBehalfOf }: DecisionRequestView,
  { decision: say }: WorkspaceWords,
): string {
  const name = decidedBy?.name ?? '';
  if (decidedAs !== 'PLT' && decidedAs !== 'PLH') return name;
  const acting = say.acting[decidedAs];
  return onBehalfOf ? say.onBehalf(acting, name, onBehalfOf.name) : say.actingOnly(acting, name);
}
