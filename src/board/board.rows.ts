import type { EntityManager } from 'typeorm';
import {
  addWorkingDays,
  addDays,
  dayOf,
  healthOf,
  type BoardRow,
  type BoardScope,
  type Day,
  type DecisionStatus,
  type MilestoneStatus,
  type OpdRef,
  type TaskStatus,
  type Wait,
  type PostRef,
  type WorkCalendar,
} from '#libs/contracts';

/** A task's summary and the boards it is shown on. */
export interface BoardEntry {
  taskId: string;
  scopes: BoardScope[];
  row: BoardRow;
}

/** What rows need beside the tables. */
export interface BoardFacts {
  today: Day;
  calendar: WorkCalendar;
  /** Who holds each post today; asked only when a decision waits for one. */
  holders(tx: EntityManager): Promise<(post: PostRef) => readonly { personId: string }[]>;
  /** The boards each of these tasks is shown on. */
  scopesOf(tx: EntityManager, taskIds: string[]): Promise<Map<string, BoardScope[]>>;
}

type TaskRow = Omit<
  BoardRow,
  | 'taskId'
  | 'health'
  | 'healthReasons'
  | 'supportingOpds'
  | 'milestonesDone'
  | 'milestonesTotal'
  | 'nextMilestone'
  | 'waits'
  | 'statusSince'
> & {
  id: string;
  statusSince: Date;
};
interface OpdRow {
  taskId: string;
  opd: OpdRef;
  coordinating: boolean;
  acceptance: BoardRow['supportingOpds'][number]['acceptance'];
}
interface MilestoneRow {
  taskId: string;
  id: string;
  title: string;
  dueDate: Day | null;
  status: MilestoneStatus;
  opdId: string;
  opd: string;
}
interface DecisionRow {
  role: PostRef['role'] | null;
  opdId: string | null;
  taskId: string;
  id: string;
  title: string;
  dueDate: Day | null;
  status: DecisionStatus;
  requestedAt: Date;
  deciderId: string;
  decider: string;
}
interface UpdateRow {
  taskId: string;
  id: string;
  draftedAt: Date;
}

/** Days ahead in which an open milestone counts as something that waits for its unit. */
const MILESTONE_SOON = 7;
const ACCEPT_WITHIN = 2;
const OPEN: ReadonlySet<MilestoneStatus> = new Set([
  'NOT_STARTED',
  'IN_PROGRESS',
  'PARTLY_DONE',
  'RETURNED',
  'REOPENED',
]);
const RUNNING: ReadonlySet<TaskStatus> = new Set(['ASSIGNED', 'IN_PROGRESS', 'BLOCKED', 'AWAITING_DECISION']);

/** Summaries of many tasks in six questions, whatever their number. */
export async function buildEntries(
  tx: EntityManager,
  taskIds: string[],
  facts: BoardFacts,
): Promise<BoardEntry[]> {
  const tasks = await tx.query<TaskRow[]>(TASKS, [taskIds]);
  const scopes = await facts.scopesOf(tx, taskIds);
  const opds = group(await tx.query<OpdRow[]>(OPDS, [taskIds]));
  const milestones = group(await tx.query<MilestoneRow[]>(MILESTONES, [taskIds]));
  const decisions = group(await waitingDecisions(tx, taskIds, facts));
  const updates = group(await tx.query<UpdateRow[]>(UPDATES, [taskIds]));
  const entries: BoardEntry[] = [];
  for (const task of tasks) {
    const { id, ...rest } = task;
    const parts = {
      opds: opds.get(id) ?? [],
      milestones: milestones.get(id) ?? [],
      decisions: decisions.get(id) ?? [],
      updates: updates.get(id) ?? [],
    };
    const statusSince = task.statusSince.toISOString();
    const { health, reasons } = healthOf({ ...rest, statusSince, ...parts }, facts.today, facts.calendar);
    const counted = parts.milestones.filter((m) => m.status !== 'STOPPED');
    const next = counted.find((m) => OPEN.has(m.status));
    entries.push({
      taskId: id,
      scopes: scopes.get(id) ?? [],
      row: {
        taskId: id,
        ...rest,
        statusSince,
        health,
        healthReasons: reasons,
        supportingOpds: parts.opds
          .filter((o) => !o.coordinating)
          .map(({ opd, acceptance }) => ({ opd, acceptance })),
        milestonesDone: counted.filter((m) => !OPEN.has(m.status)).length,
        milestonesTotal: counted.length,
        nextMilestone: next ? { title: next.title, dueDate: next.dueDate, opd: next.opd } : null,
        waits: waitsOf(task, statusSince, parts, facts),
      },
    });
  }
  return entries;
}

/** For whom they wait today: a post may have another holder than on the day it was asked. */
async function waitingDecisions(
  tx: EntityManager,
  taskIds: string[],
  facts: BoardFacts,
): Promise<DecisionRow[]> {
  const rows = await tx.query<DecisionRow[]>(DECISIONS, [taskIds]);
  if (!rows.some(({ role }) => role !== null && role !== 'KETUA_TIM')) return rows;
  const holdersOf = await facts.holders(tx);
  const now = rows.map((row): DecisionRow => {
    const [holder] = row.role === null ? [] : holdersOf({ role: row.role, opdId: row.opdId });
    return holder ? { ...row, deciderId: holder.personId } : row;
  });
  const names = await tx.query<{ id: string; name: string }[]>(NAMES, [now.map((row) => row.deciderId)]);
  const byId = new Map(names.map(({ id, name }) => [id, name]));
  return now.map((row) => ({ ...row, decider: byId.get(row.deciderId) ?? row.decider }));
}

interface Parts {
  opds: OpdRow[];
  milestones: MilestoneRow[];
  decisions: DecisionRow[];
  updates: UpdateRow[];
}

/** What waits, and for whom; decisions first. */
function waitsOf(task: TaskRow, since: string, parts: Parts, { today, calendar }: BoardFacts): Wait[] {
  const waits: Wait[] = [];
  for (const d of parts.decisions) {
    waits.push({
      kind: 'DECISION',
      id: d.id,
      title: d.title,
      since: d.requestedAt.toISOString(),
      due: d.dueDate,
      personId: d.deciderId,
      opdId: null,
      forWhom: d.decider,
    });
  }
  const forLeaders = {
    id: task.id,
    title: task.title,
    since,
    due: null,
    personId: null,
    opdId: null,
    forWhom: '',
  };
  if (task.status === 'PROPOSED') waits.push({ kind: 'ASSIGNMENT', ...forLeaders });
  if (task.status === 'IN_VERIFICATION') waits.push({ kind: 'VERIFICATION', ...forLeaders });
  if (RUNNING.has(task.status)) {
    const due = addWorkingDays(dayOf(since), ACCEPT_WITHIN, calendar);
    for (const { opd, acceptance } of parts.opds) {
      if (acceptance !== 'PENDING') continue;
      waits.push({
        kind: 'ACCEPTANCE',
        id: opd.id,
        title: task.title,
        since,
        due,
        personId: null,
        opdId: opd.id,
        forWhom: opd.abbreviation,
      });
    }
    const soon = addDays(today, MILESTONE_SOON);
    for (const m of parts.milestones) {
      if (!OPEN.has(m.status) || !m.dueDate || m.dueDate > soon) continue;
      waits.push({
        kind: 'MILESTONE',
        id: m.id,
        title: m.title,
        // Overdue work waits since its day; what is still to come, since the task is where it is.
        since: m.dueDate < today ? `${m.dueDate}T17:00:00.000Z` : since,
        due: m.dueDate,
        personId: null,
        opdId: m.opdId,
        forWhom: m.opd,
      });
    }
  }
  for (const u of parts.updates) {
    waits.push({
      kind: 'PUBLIC_UPDATE',
      ...forLeaders,
      id: u.id,
      since: u.draftedAt.toISOString(),
      forWhom: 'PPID',
    });
  }
  return waits;
}

function group<T extends { taskId: string }>(rows: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const list = groups.get(row.taskId);
    if (list) list.push(row);
    else groups.set(row.taskId, [row]);
  }
  return groups;
}

/** A person as colleagues see them, from the alias of a `persons` row. */
const actor = (p: string) => `CASE WHEN ${p}.id IS NULL THEN NULL ELSE jsonb_build_object(
  'id', ${p}.id, 'name', full_name(${p}.front_titles, ${p}.name, ${p}.back_titles),
  'opd', coalesce((SELECT abbreviation FROM opds WHERE id = ${p}.opd_id), '')) END`;
const opd = (o: string) => `jsonb_build_object(
  'id', ${o}.id, 'code', ${o}.code, 'name', ${o}.name, 'abbreviation', ${o}.abbreviation)`;
const day = (column: string) => `to_char(${column}, 'YYYY-MM-DD')`;

const TASKS = `
SELECT t.id, t.code, t.title, t.status, t.status_since AS "statusSince", t.priority,
  t.priority_program AS "priorityProgram", t.confidentiality, ${day('t.due_date')} AS "dueDate",
  ${day('t.original_due_date')} AS "originalDueDate", ${opd('c')} AS "coordinatingOpd",
  ${actor('l')} AS "teamLead", ${actor('s')} AS steering, t.published
FROM tasks t JOIN opds c ON c.id = t.coordinating_opd_id
LEFT JOIN persons l ON l.id = t.team_lead_id LEFT JOIN persons s ON s.id = t.steering_id
WHERE t.id = ANY($1::uuid[])`;

const OPDS = `
SELECT x.task_id AS "taskId", ${opd('o')} AS opd, x.coordinating, x.acceptance
FROM task_opds x JOIN opds o ON o.id = x.opd_id WHERE x.task_id = ANY($1::uuid[]) ORDER BY x.task_id, x.position`;

const MILESTONES = `
SELECT m.task_id AS "taskId", m.id, m.title, ${day('m.due_date')} AS "dueDate", m.status, m.opd_id AS "opdId",
  o.abbreviation AS opd
FROM milestones m JOIN opds o ON o.id = m.opd_id WHERE m.task_id = ANY($1::uuid[]) ORDER BY m.task_id, m.position`;

const DECISIONS = `
SELECT d.task_id AS "taskId", d.id, d.title, ${day('d.due_date')} AS "dueDate", d.status,
  d.requested_at AS "requestedAt", d.post_role AS role, d.post_opd_id AS "opdId",
  CASE WHEN d.post_role = 'KETUA_TIM' THEN coalesce(t.team_lead_id, d.decider_id) ELSE d.decider_id END AS "deciderId",
  full_name(p.front_titles, p.name, p.back_titles) AS decider
FROM decision_requests d JOIN tasks t ON t.id = d.task_id
JOIN persons p ON p.id = CASE WHEN d.post_role = 'KETUA_TIM' THEN coalesce(t.team_lead_id, d.decider_id) ELSE d.decider_id END
WHERE d.task_id = ANY($1::uuid[]) AND d.status IN ('PENDING', 'FORWARDED') ORDER BY d.task_id, d.requested_at`;

const NAMES = `
SELECT p.id, full_name(p.front_titles, p.name, p.back_titles) AS name FROM persons p WHERE p.id = ANY($1::uuid[])`;

const UPDATES = `
SELECT task_id AS "taskId", id, drafted_at AS "draftedAt" FROM public_updates
WHERE task_id = ANY($1::uuid[]) AND status = 'PENDING' ORDER BY task_id, drafted_at`;
