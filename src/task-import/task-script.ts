import type { Instant } from '#libs/contracts';
import type {
  DecisionInFile,
  MessageInFile,
  MilestoneInFile,
  PersonInFile,
  StatusChangeInFile,
  SupportingOpdInFile,
  TaskInFile,
  ThreadInFile,
} from './task-file.js';

/** What happened, in the order in which it happened. `id` names the step for ever: the same file again repeats nothing. */
export type Step = { id: string; at: Instant } & (
  | { kind: 'create'; by: PersonInFile }
  | { kind: 'milestone'; milestone: MilestoneInFile; position: number }
  | { kind: 'member'; person: PersonInFile }
  | { kind: 'status'; change: StatusChangeInFile }
  | { kind: 'acceptance'; opd: SupportingOpdInFile }
  | { kind: 'publish' }
  | { kind: 'milestone-done'; milestone: MilestoneInFile }
  | { kind: 'thread'; thread: ThreadInFile; first: MessageInFile }
  | { kind: 'message'; thread: ThreadInFile; message: MessageInFile }
  | { kind: 'decision-requested'; decision: DecisionInFile }
  | { kind: 'decision-made'; decision: DecisionInFile; at: Instant }
);

/** Where the file gives a day only, the end of office hours in Jambi. */
const CLOSE = 'T16:00:00+07:00';

/**
 * A task's life as steps in order of time; steps of the same moment keep the order of this function.
 * @throws RangeError when the history does not begin with a draft
 */
export function scriptOf(task: TaskInFile): Step[] {
  const [draft, ...changes] = task.status_history;
  if (!draft || draft.from !== null || draft.to !== 'DRAFT') throw new RangeError('status_history');
  const created = instant(draft.at);
  const step = (id: string) => `${task.id} ${id}`;
  const steps: Step[] = [{ id: step('create'), at: created, kind: 'create', by: draft.by }];

  // The lead writes the draft and holds the team from the first day; members come with the assignment.
  const assigned = changes.find((change) => change.to === 'ASSIGNED');
  const joined = assigned ? instant(assigned.at) : created;
  task.milestones.forEach((milestone, i) =>
    steps.push({ id: step(milestone.id), at: created, kind: 'milestone', milestone, position: i + 1 }),
  );
  changes.forEach((change, i) =>
    steps.push({ id: step(`status ${i + 1}`), at: instant(change.at), kind: 'status', change }),
  );
  for (const opd of task.supporting_opds) {
    if (opd.acceptance === 'ACCEPTED' || opd.acceptance === 'DECLINED') {
      steps.push({
        id: step(`opd ${opd.opd_code}`),
        at: instant(opd.accepted_at ?? joined),
        kind: 'acceptance',
        opd,
      });
    }
  }
  for (const person of task.members) {
    steps.push({ id: step(`member ${person.nip ?? person.role}`), at: joined, kind: 'member', person });
  }
  for (const milestone of task.milestones) {
    if (milestone.status === 'DONE' && milestone.completed_on) {
      steps.push({
        id: step(`${milestone.id} done`),
        at: instant(`${milestone.completed_on}${CLOSE}`),
        kind: 'milestone-done',
        milestone,
      });
    }
  }
  for (const thread of task.threads) {
    const [first] = thread.messages;
    if (!first) continue;
    steps.push({ id: step(thread.id), at: instant(first.at), kind: 'thread', thread, first });
    for (const message of thread.messages) {
      steps.push({ id: step(message.id), at: instant(message.at), kind: 'message', thread, message });
    }
  }
  for (const decision of task.decisions) {
    steps.push({
      id: step(decision.id),
      at: instant(decision.requested_at),
      kind: 'decision-requested',
      decision,
    });
    if (decision.decided_at) {
      steps.push({
        id: step(`${decision.id} made`),
        at: instant(decision.decided_at),
        kind: 'decision-made',
        decision,
      });
    }
  }
  if (task.public?.published && assigned) {
    // Last: the file tells no sentences for citizens about each stop on the way, and a published task would owe them.
    const at = steps.reduce((latest, { at: other }) => (other > latest ? other : latest), joined);
    steps.push({ id: step('publish'), at, kind: 'publish' });
  }
  return steps
    .map((value, order) => ({ value, order }))
    .sort((a, b) => Date.parse(a.value.at) - Date.parse(b.value.at) || a.order - b.order)
    .map(({ value }) => value);
}

function instant(text: string): Instant {
  return new Date(text).toISOString();
}

const DAY_MS = 86_400_000;

/** The same task so many days later: every moment and every day in it. Whole weeks keep weekdays. */
export function shifted(task: TaskInFile, days: number): TaskInFile {
  return days === 0 ? task : (shiftValue(task, days) as TaskInFile);
}

function shiftValue(value: unknown, days: number): unknown {
  if (typeof value === 'string') {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return shiftDay(value, days);
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+([+-]\d\d:\d\d|Z)$/.test(value)) {
      return new Date(Date.parse(value) + days * DAY_MS).toISOString();
    }
    return value;
  }
  if (Array.isArray(value)) return value.map((inner) => shiftValue(inner, days));
  if (value === null || typeof value !== 'object') return value;
  return Object.assign(
    Object.create(Object.getPrototypeOf(value) as object) as object,
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shiftValue(inner, days)])),
  );
}

function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
