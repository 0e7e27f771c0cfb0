import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  meaningOf,
  STATUS_RULES,
  WORKSPACE_EVENT_TYPES,
  type Instant,
  type PublicPageView,
  type StreamEvent,
  type WorkspaceEventType,
} from '#libs/contracts';
import {
  event,
  HistoryConsumer,
  numberDerived,
  WorkspaceLog,
  type CommittedFrame,
  type NewEvent,
} from '#libs/database';
import { slugOf } from './fold.js';
import {
  insertPage,
  lockPage,
  newAddress,
  readFacts,
  updatePage,
  withdrawPage,
  type PageRow,
} from './public-projection.queries.js';
import { buildPage, samePage, type KeptFields } from './public-page.js';

/** Whether it is about something citizens are shown: only such a moment may become a page's date. */
function isShown(each: StreamEvent): boolean {
  switch (each.type) {
    case 'task.created':
    case 'task.updated':
    case 'opd.acceptance-changed':
      return true;
    case 'task.status-changed': {
      const { from, to } = each.data.change;
      return from === null || STATUS_RULES[from].publicLabel !== STATUS_RULES[to].publicLabel;
    }
    case 'milestone.added':
    case 'milestone.planned':
      return each.data.milestone.public;
    case 'milestones.ordered':
      return true;
    case 'milestone.changed':
      return each.data.milestone.public || each.data.shown === false;
    case 'public-update.reviewed':
      return each.data.update.status === 'APPROVED';
    default:
      return false;
  }
}

export type Cause = Pick<StreamEvent, 'streamId' | 'seq'>;
export type GivenFields = Partial<Pick<PublicPageView, 'slug' | 'summary' | 'questions'>>;

/**
 * Keeps each published task's page: after an event that may matter to citizens the page is built anew from what is
 * published now, and becomes the next version of its own stream when they would see a difference. An event is only
 * the occasion; nothing of its data goes in.
 */
@Injectable()
export class PublicProjection implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly consumer: HistoryConsumer<WorkspaceEventType>;
  /** Changes of pages that could not be numbered because their stream is missing, since the start. */
  skipped = 0;

  constructor(
    source: DataSource,
    private readonly log: WorkspaceLog,
  ) {
    this.consumer = new HistoryConsumer(
      source,
      'public',
      { types: WORKSPACE_EVENT_TYPES.filter((type) => meaningOf(type)?.public) },
      (tx, events) => this.derive(tx, events),
      (error) => Logger.error({ err: error }, 'Public'),
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    this.log.onCommitted((frames) => {
      if (frames.some((frame) => frame.events.some(({ type }) => meaningOf(type)?.public)))
        this.consumer.nudge();
    });
    await this.consumer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.consumer.stop();
  }

  /**
   * Builds the page of a task anew, in the caller's transaction. `given` replaces what the task itself has not.
   *
   * @returns the new version, to be announced after the commit; nothing when citizens would see no difference
   */
  async refresh(
    tx: EntityManager,
    taskId: string,
    cause: Cause,
    at: Instant,
    given: GivenFields = {},
  ): Promise<CommittedFrame[]> {
    const row = await lockPage(tx, taskId);
    // Read after the lock: whoever waited for it sees what the one before has committed.
    const facts = await readFacts(tx, taskId);
    if (!facts) return [];
    const kept = { ...(row ? keptOf(row) : newPage(facts.title)), ...given };
    const page = buildPage(facts, kept, row && { updatedAt: row.page.updatedAt, changedAt: at });
    if (!page) return row?.published ? this.withdraw(tx, row.id, cause, at) : [];
    if (row?.published && samePage(row.page, page)) return [];
    if (!row) {
      await this.log.openStream(tx, page.id, 'public');
      if (!(await insertPage(tx, taskId, page))) return this.refresh(tx, taskId, cause, at, given);
    }
    const frames = await this.number(tx, cause, event('page.changed', page.id, { page }), at);
    if (frames.length > 0) await updatePage(tx, page);
    return frames;
  }

  private async withdraw(
    tx: EntityManager,
    id: string,
    cause: Cause,
    at: Instant,
  ): Promise<CommittedFrame[]> {
    const frames = await this.number(tx, cause, event('page.withdrawn', id, { id }), at);
    if (frames.length > 0) await withdrawPage(tx, id);
    return frames;
  }

  /** A page whose stream is missing stays as it is: it must not hold up all that come behind it. */
  private async number(
    tx: EntityManager,
    cause: Cause,
    next: NewEvent,
    at: Instant,
  ): Promise<CommittedFrame[]> {
    const frames = await numberDerived(tx, cause, next, at);
    if (frames) return frames;
    this.skipped++;
    Logger.warn(
      { stream: next.streamId, cause, msg: 'a page has no stream; its change is skipped' },
      'Public',
    );
    return [];
  }

  private async derive(tx: EntityManager, events: StreamEvent[]): Promise<() => void> {
    // One build answers all that happened to a task in this batch.
    const last = new Map<string, StreamEvent>();
    const shown = new Map<string, Instant>();
    for (const each of events) {
      last.set(each.streamId, each);
      if (isShown(each)) shown.set(each.streamId, each.at);
    }
    const frames: CommittedFrame[] = [];
    for (const [taskId, cause] of last) {
      frames.push(...(await this.refresh(tx, taskId, cause, shown.get(taskId) ?? cause.at)));
    }
    return () => this.log.announceDerived(frames);
  }
}

function keptOf({ page }: PageRow): KeptFields {
  const { id, address, slug, summary, questions } = page;
  return { id, address, slug, summary, questions };
}

function newPage(title: string): KeptFields {
  return { id: randomUUID(), address: newAddress(), slug: slugOf(title), summary: '', questions: [] };
}
