import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LIMITS, type ThreadView, type ThreadWindow } from '#libs/contracts';
import { OrganizationService } from '../organization/organization.service.js';
import { Message, toMessageView } from './message.entity.js';
import { Thread, toThreadView } from './thread.entity.js';

/** What the first view of a workspace shows of its discussion. */
export interface Talk {
  /** The newest ones, in the order of opening. */
  threads: ThreadView[];
  /** The newest page of the thread that was written in last, and an empty window for each thread without messages. */
  windows: Record<string, ThreadWindow>;
}

@Injectable()
export class TalkService {
  constructor(private readonly organization: OrganizationService) {}

  async read(tx: EntityManager, taskId: string): Promise<Talk> {
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
    const names = await this.organization.namesOf(
      [...threads.map((row) => row.createdBy), ...messages.map((row) => row.authorId)],
      messages.map((row) => row.authorOpdId),
      tx,
    );
    const windows: Record<string, ThreadWindow> = {};
    for (const { id, messageCount } of threads) if (messageCount === 0) windows[id] = { messages: [] };
    if (latest) windows[latest.id] = { messages: messages.reverse().map((row) => toMessageView(row, names)) };
    return { threads: threads.map((row) => toThreadView(row, names.person(row.createdBy))), windows };
  }
}

function lastWrittenIn(threads: readonly Thread[]): Thread | undefined {
  let latest: Thread | undefined;
  for (const thread of threads) {
    if (!thread.lastMessageAt) continue;
    if (!latest?.lastMessageAt || thread.lastMessageAt >= latest.lastMessageAt) latest = thread;
  }
  return latest;
}
