import type { WorkspaceEvent } from '#libs/contracts';
import type { RowKey } from './inbox.queries.js';
import { settledRow, withNotice, type StoredRow, type Told } from './inbox.rows.js';
import type { TaskNotices } from './notice-facts.js';
import { noticesOf, settledBy, type Notice, type Settled } from './notice-rules.js';

/** What follows from one event or, when the same follows from many, from all of them up to this one. */
export interface Step {
  event: WorkspaceEvent;
  settled: Settled[];
  /** After `settled`. */
  notices: Told[];
}

/**
 * Steps in the order of the events. Messages of one thread that call on nobody are one step: a busy room of 300 people
 * costs 300 notices a look, not 300 a message.
 */
export function stepsOf(events: readonly WorkspaceEvent[], tasks: ReadonlyMap<string, TaskNotices>): Step[] {
  return runsOf(events).flatMap((run): Step[] => {
    const event = run.at(-1);
    const task = event && tasks.get(event.streamId);
    if (!task) return [];
    const own = new Map(run.map(({ actor }, i) => [actor.id, i]));
    const notices = noticesOf(event, task.facts, (personId) => task.levelOf(personId)).map((notice): Told => {
      // Who writes has seen what was before it.
      const from = (own.get(notice.personId) ?? -1) + 1;
      return { ...notice, first: run[from] ?? event, count: run.length - from };
    });
    const settled = [...own.values()].flatMap((i) => settledBy(run[i] ?? event));
    return [{ event, settled, notices }];
  });
}

/** The rows that steps are about, each once. */
export function keysOf(steps: readonly Step[]): RowKey[] {
  const keys = steps.flatMap(({ event: { streamId: taskId }, notices, settled }) =>
    [...notices, ...settled].map(({ topic, personId }): RowKey => ({ taskId, topic, personId })),
  );
  return [...new Map(keys.map((key) => [keyOf(key), key])).values()];
}

function keyOf({ personId, taskId, topic }: RowKey): string {
  return `${personId} ${taskId} ${topic}`;
}

/** Those of `before` and new ones that are different after the steps. */
export function rowsAfter(
  steps: readonly Step[],
  before: readonly StoredRow[],
  titleFor: (notice: Notice, event: WorkspaceEvent) => string,
): StoredRow[] {
  const rows = new Map(before.map((row) => [keyOf(row), row]));
  const changed = new Map<string, StoredRow>();
  const put = (row: StoredRow): void => {
    rows.set(keyOf(row), row);
    changed.set(keyOf(row), row);
  };
  for (const { event, settled, notices } of steps) {
    for (const each of settled) {
      for (const row of meantBy(each, event.streamId, rows)) {
        const done = settledRow(row, each.reasons);
        if (done) put(done);
      }
    }
    for (const notice of notices) {
      const row = rows.get(keyOf({ ...notice, taskId: event.streamId }));
      put(withNotice(row, notice, event, titleFor(notice, event)));
    }
  }
  return [...changed.values()];
}

/** Of one person, or of everybody it waited for. */
function meantBy(
  { personId, topic }: Settled,
  taskId: string,
  rows: ReadonlyMap<string, StoredRow>,
): StoredRow[] {
  if (personId === null)
    return [...rows.values()].filter((row) => row.taskId === taskId && row.topic === topic);
  const row = rows.get(keyOf({ personId, taskId, topic }));
  return row ? [row] : [];
}

/** Each event alone, or plain messages of a thread with nothing else of their task between them. */
function runsOf(events: readonly WorkspaceEvent[]): WorkspaceEvent[][] {
  const runs: WorkspaceEvent[][] = [];
  const open = new Map<string, Map<string, WorkspaceEvent[]>>();
  for (const event of events) {
    const threadId = plainIn(event);
    const threads = open.get(event.streamId);
    const run = threadId === undefined ? undefined : threads?.get(threadId);
    if (run) {
      run.push(event);
      continue;
    }
    const begun = [event];
    runs.push(begun);
    if (threadId === undefined) open.delete(event.streamId);
    else if (threads) threads.set(threadId, begun);
    else open.set(event.streamId, new Map([[threadId, begun]]));
  }
  return runs;
}

/** The thread of a message that calls on nobody and answers nobody: it means the same to all who hear of it. */
function plainIn({ type, data }: WorkspaceEvent): string | undefined {
  const isPlain = type === 'message.posted' && data.message.mentions.length === 0 && !data.message.replyTo;
  return isPlain ? data.message.threadId : undefined;
}
