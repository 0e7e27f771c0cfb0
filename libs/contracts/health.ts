import type { Health, HealthReason } from './board.js';
import { dayOf, workingDaysBetween, type WorkCalendar } from './calendar.js';
import { awaitsDecider, type DecisionStatus } from './decisions.js';
import type { Day, Instant } from './organization.js';
import type { Acceptance, MilestoneStatus, TaskStatus } from './tasks.js';

/** Thresholds of the traffic light, in working days and per cent. */
export const HEALTH_RULE = {
  /** A milestone later than this is red, any late one is yellow. */
  milestoneLateRed: 5,
  /** Blocked for longer than this is red. */
  blockedRed: 3,
  /** A pending decision due within this is yellow. */
  decisionSoon: 2,
  /** A unit that has not answered this long after the assignment makes yellow. */
  acceptanceLate: 2,
  /** Due within this with less than `progressSafe` done is yellow. */
  dueSoon: 7,
  progressSafe: 80,
} as const;

/** All the traffic light looks at. The views of contracts fit in. */
export interface HealthFacts {
  status: TaskStatus;
  statusSince: Instant;
  dueDate: Day | null;
  milestones: readonly { title: string; dueDate: Day | null; status: MilestoneStatus }[];
  decisions: readonly { title: string; dueDate: Day | null; status: DecisionStatus }[];
  opds: readonly { opd: { abbreviation: string }; acceptance: Acceptance }[];
}

const GREY: ReadonlySet<TaskStatus> = new Set(['DRAFT', 'PROPOSED', 'ON_HOLD', 'CANCELLED']);
const OVER: ReadonlySet<TaskStatus> = new Set(['COMPLETED', 'ARCHIVED']);

const SHARE: Record<MilestoneStatus, number | null> = {
  NOT_STARTED: 0,
  IN_PROGRESS: 0.5,
  PARTLY_DONE: 0.5,
  RETURNED: 0.5,
  REOPENED: 0.5,
  DONE: 1,
  VERIFIED: 1,
  STOPPED: null,
};

/**
 * How far a task is, 0 to 100, from its milestones: done counts whole, begun counts half, stopped not at all.
 * Without milestones it is 0.
 */
export function progressOf(milestones: readonly { status: MilestoneStatus }[]): number {
  const shares = milestones.map((milestone) => SHARE[milestone.status]).filter((share) => share !== null);
  if (shares.length === 0) return 0;
  return Math.round((shares.reduce((sum, share) => sum + share, 0) / shares.length) * 100);
}

/**
 * The traffic light of a task on a day, with every reason for its colour: those for red before those for yellow.
 * A day counts as late from the morning after it. Grey and finished tasks have no reasons.
 */
export function healthOf(
  facts: HealthFacts,
  today: Day,
  calendar: WorkCalendar,
): { health: Health; reasons: HealthReason[] } {
  if (GREY.has(facts.status)) return { health: 'GREY', reasons: [] };
  if (OVER.has(facts.status)) return { health: 'GREEN', reasons: [] };

  const red: HealthReason[] = [];
  const yellow: HealthReason[] = [];
  const until = (day: Day) => workingDaysBetween(today, day, calendar);
  const since = (day: Day) => workingDaysBetween(day, today, calendar);
  const sinceStatus = since(dayOf(facts.statusSince));

  if (facts.dueDate && facts.dueDate < today) red.push({ kind: 'overdue', days: since(facts.dueDate) });

  for (const { title, dueDate, status } of facts.milestones) {
    const share = SHARE[status];
    if (share === null || share === 1 || !dueDate || dueDate >= today) continue;
    const days = since(dueDate);
    (days > HEALTH_RULE.milestoneLateRed ? red : yellow).push({ kind: 'milestone-late', title, days });
  }

  for (const { title, dueDate, status } of facts.decisions) {
    if (!awaitsDecider(status) || !dueDate) continue;
    if (dueDate < today) red.push({ kind: 'decision-late', title, days: since(dueDate) });
    else if (until(dueDate) <= HEALTH_RULE.decisionSoon) yellow.push({ kind: 'decision-soon', title });
  }

  if (facts.status === 'BLOCKED') {
    (sinceStatus > HEALTH_RULE.blockedRed ? red : yellow).push({ kind: 'blocked', days: sinceStatus });
  }
  if (facts.status === 'AWAITING_DECISION') yellow.push({ kind: 'awaiting-decision' });

  if (facts.status === 'ASSIGNED' && sinceStatus >= HEALTH_RULE.acceptanceLate) {
    for (const { opd, acceptance } of facts.opds) {
      if (acceptance === 'PENDING') yellow.push({ kind: 'acceptance-late', opd: opd.abbreviation });
    }
  }

  if (facts.dueDate && facts.dueDate >= today) {
    const days = until(facts.dueDate);
    const progress = progressOf(facts.milestones);
    if (days <= HEALTH_RULE.dueSoon && progress < HEALTH_RULE.progressSafe) {
      yellow.push({ kind: 'due-soon', days, progress });
    }
  }

  const health = red.length > 0 ? 'RED' : yellow.length > 0 ? 'YELLOW' : 'GREEN';
  return { health, reasons: [...red, ...yellow] };
}
