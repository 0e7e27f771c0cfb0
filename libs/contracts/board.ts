import type { Acceptance, Confidentiality, Priority, TaskStatus } from './tasks.js';
import type { ActorView, Day, HeldRole, Instant, OpdRef } from './organization.js';

/**
 * One live room of summaries: the whole city, an asisten's field, one OPD's as its head sees them, what a monitor of
 * the city or of one OPD sees, or one person's own tasks. `review`, of the city or of one OPD, only tells a PPID by its
 * version that what waits for them has changed: it has no rows, since a PPID sees sentences and not tasks.
 */
export type BoardScope =
  | 'city'
  | 'monitor'
  | 'review'
  | `field:${string}`
  | `opd:${string}`
  | `monitor:${string}`
  | `review:${string}`
  | `person:${string}`;

/** Where a holder of these roles hears that sentences wait for them as PPID. */
export function reviewScopesOf(roles: readonly HeldRole[]): BoardScope[] {
  const held = roles.filter(({ role }) => role === 'PPID');
  if (held.some(({ opdId }) => opdId === null)) return ['review'];
  return [...new Set(held.map(({ opdId }): BoardScope => `review:${opdId}`))];
}

export type Health = 'RED' | 'YELLOW' | 'GREEN' | 'GREY';

/** Why the traffic light shows its colour; the screen puts it into words. `days` are working days. */
export type HealthReason =
  | { kind: 'overdue'; days: number }
  | { kind: 'milestone-late'; title: string; days: number }
  | { kind: 'decision-late'; title: string; days: number }
  | { kind: 'decision-soon'; title: string }
  | { kind: 'blocked'; days: number }
  | { kind: 'awaiting-decision' }
  | { kind: 'acceptance-late'; opd: string }
  | { kind: 'due-soon'; days: number; progress: number };

/** Something that waits, and for whom. */
export interface Wait {
  kind: 'DECISION' | 'ACCEPTANCE' | 'MILESTONE' | 'ASSIGNMENT' | 'VERIFICATION' | 'PUBLIC_UPDATE';
  id: string;
  title: string;
  since: Instant;
  due: Day | null;
  /** The person it waits for, when it is one person. */
  personId: string | null;
  /** The unit it waits for, when it is a unit. */
  opdId: string | null;
  /** In words for the screen: a name or a unit's abbreviation. */
  forWhom: string;
}

/** A task as boards and Beranda show it: no message text, no person's activity. */
export interface BoardRow {
  taskId: string;
  code: string;
  title: string;
  status: TaskStatus;
  statusSince: Instant;
  health: Health;
  healthReasons: HealthReason[];
  priority: Priority;
  priorityProgram: string | null;
  confidentiality: Confidentiality;
  dueDate: Day | null;
  originalDueDate: Day | null;
  coordinatingOpd: OpdRef;
  supportingOpds: { opd: OpdRef; acceptance: Acceptance }[];
  teamLead: ActorView | null;
  steering: ActorView | null;
  milestonesDone: number;
  milestonesTotal: number;
  nextMilestone: { title: string; dueDate: Day | null; opd: string } | null;
  waits: Wait[];
  published: boolean;
}

/** Answer to `board.join`: everything (`full`), or what changed after the version the client had. */
export interface BoardAnswer {
  scope: BoardScope;
  version: number;
  full: boolean;
  rows: BoardRow[];
  /** Task ids that left the scope. Empty when `full`. */
  removed: string[];
  /** The day the health of the rows was computed for. */
  asOf: Day;
}

/** Live change of a scope. Fits when `since` is the client's version; otherwise the client joins again with its version. */
export interface BoardChange {
  scope: BoardScope;
  since: number;
  version: number;
  rows: BoardRow[];
  removed: string[];
}
