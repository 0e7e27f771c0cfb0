import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { meaningOf, type StreamEvent, type WorkspaceEvent } from '#libs/contracts';
import {
  event as newEvent,
  HistoryConsumer,
  numberNotes,
  SYSTEM_ACTOR,
  WorkspaceLog,
  type NewEvent,
} from '#libs/database';
import { Today } from '../access/today.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { settledRow, toInboxRow, withNotice, type StoredRow } from './inbox.rows.js';
import { deleteRows, lockRows, storeRows, type RowKey } from './inbox.queries.js';
import { readNoticeFacts, rememberWriters, type TaskNotices } from './notice-facts.js';
import { noticesOf, settledBy, type Notice, type Settled } from './notice-rules.js';

/** What is older than this when it is read (an import of past years) is history, and news to nobody. */
const NEWS_MS = 7 * 24 * 60 * 60 * 1000;
/** Rows in one event of a person's stream. */
const ROWS_AT_ONCE = 50;

interface Step {
  event: WorkspaceEvent;
  notices: Notice[];
  settled: Settled[];
}

/** Keeps everybody's inbox after the history, by the rules; each change is told in the person's own stream. */
@Injectable()
export class InboxProjection implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly consumer: HistoryConsumer;

  constructor(
    source: DataSource,
    private readonly organization: OrganizationService,
    private readonly today: Today,
    private readonly log: WorkspaceLog,
  ) {
    this.consumer = new HistoryConsumer(
      source,
      'inbox',
      (tx, events) => this.derive(tx, events),
      (error) => Logger.error({ err: error }, 'Inbox'),
    );
    log.onCommitted((frames) => {
      if (frames.some(({ events }) => events.some(isUrgent))) this.consumer.nudge();
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.consumer.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.consumer.stop();
  }

  private async derive(tx: EntityManager, all: StreamEvent[]): Promise<(() => void) | undefined> {
    const events = all.filter((each): each is WorkspaceEvent => meaningOf(each.type) !== undefined);
    if (events.length === 0) return undefined;
    await rememberWriters(tx, events);
    const now = this.today.now();
    const oldest = new Date(now.getTime() - NEWS_MS).toISOString();
    const news = events.filter(({ at }) => at >= oldest);
    if (news.length === 0) return undefined;
    const tasks = await readNoticeFacts(tx, this.organization, news, this.today.day());
    const changed = await this.apply(tx, stepsOf(news, tasks), tasks);
    const told: NewEvent[] = tell(changed, tasks, now.toISOString());
    for (const { type, streamId, data } of news) {
      if (type !== 'member.removed') continue;
      // Who came back meanwhile keeps what they have been told since.
      if (tasks.get(streamId)?.facts.members.has(data.personId)) continue;
      if (await deleteRows(tx, data.personId, streamId))
        told.push(newEvent('inbox.cleared', data.personId, { taskId: streamId }));
    }
    const frames = await numberNotes(tx, SYSTEM_ACTOR, told, now.toISOString());
    return () => this.log.announceDerived(frames);
  }

  /** Rows that are different after the events. */
  private async apply(
    tx: EntityManager,
    steps: readonly Step[],
    tasks: ReadonlyMap<string, TaskNotices>,
  ): Promise<StoredRow[]> {
    const rows = new Map((await lockRows(tx, keysOf(steps))).map((row) => [keyOf(row), row]));
    const changed = new Map<string, StoredRow>();
    const put = (row: StoredRow): void => {
      rows.set(keyOf(row), row);
      changed.set(keyOf(row), row);
    };
    for (const { event, notices, settled } of steps) {
      for (const each of settled) {
        for (const row of meantBy(each, event.streamId, rows)) {
          const done = settledRow(row, each.reasons);
          if (done) put(done);
        }
      }
      for (const notice of notices) {
        const key = keyOf({ ...notice, taskId: event.streamId });
        put(withNotice(rows.get(key), notice, event, topicTitleFor(notice, event, tasks)));
      }
    }
    await storeRows(tx, [...changed.values()]);
    return [...changed.values()];
  }
}

/** Messages are most of what is committed; they are looked at a quarter of a second later. */
function isUrgent({ type }: StreamEvent): boolean {
  return type !== 'message.posted' && meaningOf(type) !== undefined;
}

function stepsOf(events: readonly WorkspaceEvent[], tasks: ReadonlyMap<string, TaskNotices>): Step[] {
  return events.flatMap((event) => {
    const task = tasks.get(event.streamId);
    if (!task) return [];
    const notices = noticesOf(event, task.facts, (personId) => task.levelOf(personId));
    return [{ event, notices, settled: settledBy(event) }];
  });
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

/** Each once, however many events are about it. */
function keysOf(steps: readonly Step[]): RowKey[] {
  const keys = steps.flatMap(({ event: { streamId: taskId }, notices, settled }) =>
    [...notices, ...settled].map(({ topic, personId }): RowKey => ({ taskId, topic, personId })),
  );
  return [...new Map(keys.map((key) => [keyOf(key), key])).values()];
}

function keyOf({ personId, taskId, topic }: RowKey): string {
  return `${personId} ${taskId} ${topic}`;
}

/** What a talk is called is for those who may read it; others are called on by the name of the task. */
function topicTitleFor(
  { topic, personId }: Notice,
  event: WorkspaceEvent,
  tasks: ReadonlyMap<string, TaskNotices>,
): string {
  const task = tasks.get(event.streamId);
  const isWithheld = topic.startsWith('thread:') && task?.readsMessages(personId) === false;
  return isWithheld ? task.title : topicTitleOf(event, tasks);
}

function topicTitleOf(event: WorkspaceEvent, tasks: ReadonlyMap<string, TaskNotices>): string {
  switch (event.type) {
    case 'message.posted':
      return tasks.get(event.streamId)?.threadTitle(event.data.message.threadId) ?? '';
    case 'thread.resolved':
      return tasks.get(event.streamId)?.threadTitle(event.data.threadId) ?? '';
    case 'thread.opened':
      return event.data.thread.title;
    case 'decision.requested':
    case 'decision.made':
    case 'decision.effective':
    case 'decision.clarified':
      return event.data.decision.title;
    case 'milestone.added':
    case 'milestone.changed':
    case 'milestone.planned':
      return event.data.milestone.title;
    case 'opd.acceptance-changed':
      return event.data.opd.opd.abbreviation;
    default:
      return '';
  }
}

/** One event for each person, or a few when there are many rows. */
function tell(rows: readonly StoredRow[], tasks: ReadonlyMap<string, TaskNotices>, now: string): NewEvent[] {
  const byPerson = new Map<string, StoredRow[]>();
  for (const row of rows) byPerson.set(row.personId, [...(byPerson.get(row.personId) ?? []), row]);
  return [...byPerson].flatMap(([personId, own]) => {
    const views = own.map((row) => toInboxRow(row, tasks.get(row.taskId)?.title ?? '', now));
    return Array.from({ length: Math.ceil(views.length / ROWS_AT_ONCE) }, (_, i) =>
      newEvent('inbox.changed', personId, { rows: views.slice(i * ROWS_AT_ONCE, (i + 1) * ROWS_AT_ONCE) }),
    );
  });
}
