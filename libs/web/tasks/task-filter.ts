import type { BoardRow, Health, HeldRole, OpdRef, TaskStatus, Wait } from '#libs/contracts';

/** What a list shows. `any` and the empty text let everything through. */
export interface TaskFilter {
  text: string;
  status: TaskStatus | 'any';
  health: Health | 'any';
  opdId: string;
  view: 'all' | 'trouble' | 'mine' | 'waiting';
}

export type TaskSort = 'due' | 'health' | 'waiting' | 'title';

export const NO_FILTER: TaskFilter = { text: '', status: 'any', health: 'any', opdId: 'any', view: 'all' };

/** The signed-in person as lists need to know them. */
export interface Viewer {
  personId: string;
  /** The unit the person stands in: its late milestones are theirs where they are in the team. */
  opdId: string | null;
  /** Units whose head this person is today, definitive or acting. */
  headOf: ReadonlySet<string>;
  /** Sees to tasks that have no steering official yet. */
  sekda: boolean;
}

export function viewerOf(session: {
  person: { id: string };
  opd: OpdRef | null;
  roles: readonly HeldRole[];
}): Viewer {
  return {
    personId: session.person.id,
    opdId: session.opd?.id ?? null,
    headOf: new Set(
      session.roles.flatMap(({ role, opdId }) => (role === 'KEPALA_OPD' && opdId !== null ? [opdId] : [])),
    ),
    sekda: session.roles.some(({ role }) => role === 'SEKDA'),
  };
}

/** Whether something waits for this person, personally or as head of the unit. */
export function waitsFor(wait: Wait, viewer: Viewer): boolean {
  if (wait.personId !== null) return wait.personId === viewer.personId;
  return wait.opdId !== null && viewer.headOf.has(wait.opdId);
}

/**
 * Whether this person is expected to act: what waits for them or their unit as head; assigning and verifying as the
 * task's steering official; and in the own tasks (`team`) the milestones of the own unit.
 */
function needsDoing(row: BoardRow, wait: Wait, viewer: Viewer, team: boolean): boolean {
  if (waitsFor(wait, viewer)) return true;
  if (wait.personId !== null) return false;
  if (wait.kind === 'MILESTONE') return team && wait.opdId !== null && wait.opdId === viewer.opdId;
  if (wait.kind !== 'ASSIGNMENT' && wait.kind !== 'VERIFICATION') return false;
  return row.steering ? row.steering.id === viewer.personId : viewer.sekda;
}

/** Blocked, or red by the rule: what the leaders' sentence counts. */
export function inTrouble(row: BoardRow): boolean {
  return row.status === 'BLOCKED' || row.health === 'RED';
}

export function decisionsFor(row: BoardRow, viewer: Viewer): Wait[] {
  return row.waits.filter((wait) => wait.kind === 'DECISION' && waitsFor(wait, viewer));
}

/** All units of a row, the coordinating one first. */
export function opdsOf(row: BoardRow): OpdRef[] {
  return [row.coordinatingOpd, ...row.supportingOpds.map((supporting) => supporting.opd)];
}

/** Letters as searching compares them: without case, accents and apostrophes. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’‘`]/g, '')
    .toLowerCase();
}

export function matches(row: BoardRow, filter: TaskFilter, viewer: Viewer): boolean {
  if (filter.status !== 'any' && row.status !== filter.status) return false;
  if (filter.health !== 'any' && row.health !== filter.health) return false;
  if (filter.opdId !== 'any' && !opdsOf(row).some((opd) => opd.id === filter.opdId)) return false;
  if (filter.view === 'trouble' && !inTrouble(row)) return false;
  if (filter.view === 'mine' && decisionsFor(row, viewer).length === 0) return false;
  if (filter.view === 'waiting' && row.waits.length === 0) return false;
  const sought = folded(filter.text).split(/\s+/).filter(Boolean);
  if (sought.length === 0) return true;
  const text = folded(
    [row.title, row.code, ...opdsOf(row).flatMap((o) => [o.abbreviation, o.name])].join(' '),
  );
  return sought.every((word) => text.includes(word));
}

const HEALTH_ORDER: Record<Health, number> = { RED: 0, YELLOW: 1, GREEN: 2, GREY: 3 };
const LAST = '9999-12-31';

// One collator: `localeCompare` with a locale makes a new one for each comparison.
const alphabet = new Intl.Collator('id');
const byTitle = (a: BoardRow, b: BoardRow) => alphabet.compare(a.title, b.title);
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const closed = (row: BoardRow) => Number(['COMPLETED', 'CANCELLED', 'ARCHIVED'].includes(row.status));
const byDue = (a: BoardRow, b: BoardRow) =>
  closed(a) - closed(b) || text(a.dueDate ?? LAST, b.dueDate ?? LAST);
const longestWait = (row: BoardRow) =>
  row.waits.reduce((first, w) => (w.since < first ? w.since : first), LAST);

/** How each order compares; ties are broken by due date and title, so that an order is always the same. */
export const TASK_ORDERS: Record<TaskSort, (a: BoardRow, b: BoardRow) => number> = {
  due: (a, b) => byDue(a, b) || byTitle(a, b),
  health: (a, b) => HEALTH_ORDER[a.health] - HEALTH_ORDER[b.health] || byDue(a, b) || byTitle(a, b),
  waiting: (a, b) => text(longestWait(a), longestWait(b)) || byDue(a, b) || byTitle(a, b),
  title: byTitle,
};

export interface Need {
  row: BoardRow;
  wait: Wait;
}

/**
 * What waits for the person, in the own tasks and on the boards the position opens: soonest due first, then what
 * waits longest. Each thing once, however many boards show it.
 */
export function needsOf(own: Iterable<BoardRow>, overseen: Iterable<BoardRow>, viewer: Viewer): Need[] {
  const needs = new Map<string, Need>();
  const collect = (rows: Iterable<BoardRow>, team: boolean) => {
    for (const row of rows) {
      for (const wait of row.waits) {
        const key = `${row.taskId} ${wait.kind} ${wait.id}`;
        if (!needs.has(key) && needsDoing(row, wait, viewer, team)) needs.set(key, { row, wait });
      }
    }
  };
  collect(own, true);
  collect(overseen, false);
  return [...needs.values()].sort(
    (a, b) =>
      text(a.wait.due ?? LAST, b.wait.due ?? LAST) ||
      text(a.wait.since, b.wait.since) ||
      byTitle(a.row, b.row),
  );
}
