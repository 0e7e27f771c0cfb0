import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  meaningOf,
  WORKSPACE_EVENT_TYPES,
  type StreamEvent,
  type WorkspaceEvent,
  type WorkspaceEventType,
} from '#libs/contracts';
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
import { toInboxRow, type StoredRow } from './inbox.rows.js';
import { keysOf, rowsAfter, stepsOf } from './inbox-steps.js';
import { deleteRows, lockRows, storeRows } from './inbox.queries.js';
import { readNoticeFacts, rememberWriters, type TaskNotices } from './notice-facts.js';
import type { Notice } from './notice-rules.js';

/** What is older than this when it is read (an import of past years) is history, and news to nobody. */
const NEWS_MS = 7 * 24 * 60 * 60 * 1000;
/** Until messages that call on nobody are counted; whatever else happens is looked at once. */
const POLL_MS = 1_000;
/** Rows in one event of a person's stream. */
const ROWS_AT_ONCE = 50;

/** Keeps everybody's inbox after the history, by the rules; each change is told in the person's own stream. */
@Injectable()
export class InboxProjection implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly consumer: HistoryConsumer<WorkspaceEventType>;

  constructor(
    source: DataSource,
    private readonly organization: OrganizationService,
    private readonly today: Today,
    private readonly log: WorkspaceLog,
  ) {
    this.consumer = new HistoryConsumer(
      source,
      'inbox',
      { types: WORKSPACE_EVENT_TYPES, pollMs: POLL_MS },
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

  private async derive(tx: EntityManager, events: WorkspaceEvent[]): Promise<(() => void) | undefined> {
    await rememberWriters(tx, events);
    const now = this.today.now();
    const oldest = new Date(now.getTime() - NEWS_MS).toISOString();
    const news = events.filter(({ at }) => at >= oldest);
    if (news.length === 0) return undefined;
    const tasks = await readNoticeFacts(tx, this.organization, news, this.today.day());
    const steps = stepsOf(news, tasks);
    const changed = rowsAfter(steps, await lockRows(tx, keysOf(steps)), (notice, event) =>
      topicTitleFor(notice, event, tasks),
    );
    await storeRows(tx, changed);
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
}

function isUrgent({ type, data }: StreamEvent): boolean {
  return type === 'message.posted' ? data.message.mentions.length > 0 : meaningOf(type) !== undefined;
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
    case 'decision.reminded':
    case 'decision.extended':
      return event.data.decision.title;
    case 'handover.moved':
      return event.data.handover.title;
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
