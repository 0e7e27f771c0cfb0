import { Injectable } from '@nestjs/common';
import { In, IsNull, Not, type EntityManager } from 'typeorm';
import { LIMITS, type PinView, type TalkState } from '#libs/contracts';
import { OrganizationService, type Names } from '../organization/organization.service.js';
import { viewsOf } from './message-views.js';
import { Message } from './message.entity.js';
import { Thread, toThreadView } from './thread.entity.js';

@Injectable()
export class TalkService {
  constructor(private readonly organization: OrganizationService) {}

  /**
   * What the first view of a workspace shows of its discussion: the newest threads, the newest page of the one that
   * was written in last, and an empty window for each without messages.
   */
  async read(tx: EntityManager, taskId: string): Promise<TalkState> {
    const threads = await tx.find(Thread, {
      where: { taskId },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: LIMITS.threadsInSnapshot,
    });
    threads.reverse();
    const latest = lastWrittenIn(threads);
    const messages = latest
      ? await tx.find(Message, { where: { threadId: latest.id }, order: { no: 'DESC' }, take: LIMITS.page })
      : [];
    const pinned = await tx.find(Message, {
      select: { id: true, threadId: true, no: true, pinnedAt: true, pinnedBy: true },
      where: { threadId: In(threads.map((row) => row.id)), pinnedAt: Not(IsNull()) },
      order: { no: 'ASC' },
    });
    const names = await this.organization.namesOf(
      [...threads.flatMap((row) => [row.createdBy, row.resolvedBy]), ...pinned.map((row) => row.pinnedBy)],
      [],
      tx,
    );
    const windows: TalkState['windows'] = {};
    for (const { id, messageCount } of threads) if (messageCount === 0) windows[id] = { messages: [] };
    if (latest) {
      windows[latest.id] = { messages: await viewsOf(tx, this.organization, messages.reverse()) };
    }
    const pins = pinsByThread(pinned, names);
    return { threads: threads.map((row) => toThreadView(row, names, pins.get(row.id))), windows };
  }
}

function pinsByThread(pinned: readonly Message[], names: Names): Map<string, PinView[]> {
  const pins = new Map<string, PinView[]>();
  for (const { id, threadId, no, pinnedAt, pinnedBy } of pinned) {
    if (!pinnedAt || !pinnedBy) continue;
    const pin = { messageId: id, no, at: pinnedAt.toISOString(), by: names.person(pinnedBy) };
    pins.set(threadId, [...(pins.get(threadId) ?? []), pin]);
  }
  return pins;
}

function lastWrittenIn(threads: readonly Thread[]): Thread | undefined {
  let latest: Thread | undefined;
  for (const thread of threads) {
    if (!thread.lastMessageAt) continue;
    if (!latest?.lastMessageAt || thread.lastMessageAt >= latest.lastMessageAt) latest = thread;
  }
  return latest;
}
