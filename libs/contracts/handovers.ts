import type { ActorView, Day, Instant, OpdRef } from './organization.js';

export const HANDOVER_STATUSES = ['OFFERED', 'ASKED', 'HELD', 'RETURNED', 'WITH_SEKDA', 'DONE'] as const;
export type HandoverStatus = (typeof HANDOVER_STATUSES)[number];

/** What can be done with a piece of work that somebody holds. */
export const HANDOVER_STEPS = [
  'OFFERED',
  'ACCEPTED',
  'ASKED',
  'ANSWERED',
  'RETURNED',
  'DIRECTED',
  'DONE',
] as const;
export type HandoverStep = (typeof HANDOVER_STEPS)[number];

/** So many returns of one piece, and the Sekda says who does it. */
export const RETURNS_TO_SEKDA = 3;

/** Steps that owe words: a question, its answer, a reason. */
export const STEPS_WITH_NOTE: ReadonlySet<HandoverStep> = new Set([
  'ASKED',
  'ANSWERED',
  'RETURNED',
  'DIRECTED',
]);

/** Steps that name the unit which holds it next. */
export const STEPS_WITH_UNIT: ReadonlySet<HandoverStep> = new Set(['OFFERED', 'DIRECTED']);

const STEPS_FROM: Readonly<Record<HandoverStatus, readonly HandoverStep[]>> = {
  OFFERED: ['ACCEPTED', 'ASKED', 'RETURNED'],
  ASKED: ['ANSWERED'],
  HELD: ['DONE', 'OFFERED'],
  RETURNED: ['OFFERED', 'DONE'],
  WITH_SEKDA: ['DIRECTED', 'DONE'],
  DONE: [],
};

/** What whoever holds it can do next, the likeliest first. */
export function stepsFrom(status: HandoverStatus): readonly HandoverStep[] {
  return STEPS_FROM[status];
}

/** One hold of a piece of work: which unit has had it, since when and why. */
export interface HandoverHold {
  /** 1, 2, 3 … within the piece, without a hole. */
  no: number;
  step: HandoverStep;
  /** The unit that holds it from this step on; with DONE the one that held it last. */
  opd: OpdRef;
  by: ActorView;
  at: Instant;
  note: string | null;
}

/** A piece of work that goes from unit to unit. While it is not DONE exactly one unit holds it. */
export interface HandoverView {
  id: string;
  title: string;
  /** What exactly is to be done. */
  what: string;
  dueDate: Day;
  status: HandoverStatus;
  /** Who gave it away last: a question or a return goes there. */
  giver: OpdRef;
  /** To whom it was given last. */
  receiver: OpdRef;
  holder: OpdRef;
  /** Since when the holder has held it, whatever was said meanwhile. */
  heldSince: Instant;
  /** Since it was first given, or since the Sekda last said who does it. */
  returns: number;
  openedBy: ActorView;
  openedAt: Instant;
  last: HandoverHold;
}

/** A new piece, given by one unit to another. Its id is its author's. */
export interface OpenHandover {
  workspaceId: string;
  commandId: string;
  handoverId: string;
  title: string;
  what: string;
  /** From today on, within a year. */
  dueDate: Day;
  /** A unit for which the author may act. */
  fromOpdId: string;
  /** Another one that takes part. */
  toOpdId: string;
}

/** The holder's next step. */
export interface MoveHandover {
  workspaceId: string;
  commandId: string;
  handoverId: string;
  step: HandoverStep;
  /** Owed with ASKED, ANSWERED, RETURNED and DIRECTED; OFFERED and DONE may have one. */
  note?: string;
  /** With OFFERED and DIRECTED: who holds it next. */
  toOpdId?: string;
}

/** How long a unit has held a piece, or all units together. */
export interface HandoverAge {
  /** Milliseconds by the clock on the wall. */
  elapsedMs: number;
  /** Milliseconds of the units' own working time. */
  workedMs: number;
}

/** A hold with its age; the last one of a piece that is not done goes on. */
export interface AgedHold extends HandoverHold, HandoverAge {
  until: Instant | null;
}

/** `GET /api/tasks/:id/handovers/:handoverId/holds`: who has had it for how long, as it was at `asOf`. */
export interface HandoverChain {
  /** In the order of time; a page of it ends with the newest or with the one before `before`. */
  holds: AgedHold[];
  /** There are earlier ones. */
  more: boolean;
  /** By unit over all holds, whatever the page; they add up to `total`. */
  byOpd: (HandoverAge & { opd: OpdRef })[];
  total: HandoverAge;
  asOf: Instant;
}

/** `GET /api/tasks/:id/handovers`: those that changed last first. */
export interface HandoverPage {
  handovers: HandoverView[];
  more: boolean;
}

/** The same without what was written, for whom the words of a task are not meant. */
export function withoutHandoverWords(handover: HandoverView): HandoverView {
  return { ...handover, what: '', last: { ...handover.last, note: null } };
}
