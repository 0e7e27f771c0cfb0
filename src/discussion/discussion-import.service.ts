import { Injectable } from '@nestjs/common';
import { AppError, type ActorView, type Instant, type MessageKind, type ThreadView } from '#libs/contracts';
import { commandOf, event, WorkspaceLog, type Receipt } from '#libs/database';
import { OrganizationService } from '../organization/organization.service.js';
import { Message, toMessageView, UNTOUCHED } from './message.entity.js';
import { EMPTY, Thread, toThreadView } from './thread.entity.js';

export interface PastThread {
  commandId: string;
  taskId: string;
  threadId: string;
  title: string;
  about?: ThreadView['about'];
}

export interface PastMessage {
  commandId: string;
  taskId: string;
  threadId: string;
  messageId: string;
  kind: MessageKind;
  body: string;
  /** The unit the author wrote for. */
  opdId: string | null;
  replyTo: string | null;
  /** Names only. */
  attachments: string[];
}

/**
 * Conversations that were held before there was Simpul. The source says who wrote what and when, so nobody's rights
 * of today are asked, and nothing is refused because the task is over by now.
 */
@Injectable()
export class DiscussionImport {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly organization: OrganizationService,
  ) {}

  openThread(author: ActorView, wish: PastThread, occurredAt: Instant): Promise<Receipt> {
    const { taskId } = wish;
    return this.log.record(
      commandOf(author, 'thread.import', wish),
      async (tx, at) => {
        const about = wish.about ?? { kind: 'GENERAL', id: null };
        const thread = tx.create(Thread, {
          id: wish.threadId,
          taskId,
          title: wish.title,
          aboutKind: about.kind,
          aboutId: about.id,
          createdBy: author.id,
          createdAt: new Date(at),
          ...EMPTY,
        });
        await tx.insert(Thread, thread);
        const view = toThreadView(thread, { person: () => author });
        return { events: [event('thread.opened', taskId, { thread: view })] };
      },
      occurredAt,
    );
  }

  /** @throws AppError `not-found` for a thread elsewhere, `message.reply-elsewhere` */
  post(author: ActorView, wish: PastMessage, occurredAt: Instant): Promise<Receipt> {
    const { taskId, threadId, replyTo } = wish;
    return this.log.record(
      commandOf(author, 'message.import', wish),
      async (tx, at) => {
        // Messages are numbered under the lock of the head; taken before the thread's row, as the hot door does.
        await tx.query('SELECT 1 FROM stream_head WHERE id = $1 FOR NO KEY UPDATE', [taskId]);
        const thread = await tx.findOneBy(Thread, { id: threadId, taskId });
        if (!thread) throw new AppError('not-found', {});
        if (replyTo !== null && !(await tx.existsBy(Message, { id: replyTo, threadId }))) {
          throw new AppError('message.reply-elsewhere', { replyTo });
        }
        const message = tx.create(Message, {
          id: wish.messageId,
          threadId,
          no: thread.messageCount + 1,
          authorId: author.id,
          authorOpdId: wish.opdId,
          kind: wish.kind,
          body: wish.body,
          replyTo,
          attachments: wish.attachments,
          postedAt: new Date(at),
          commandId: wish.commandId,
          mentions: [],
          ...UNTOUCHED,
        });
        await tx.insert(Message, message);
        await tx.update(
          Thread,
          { id: threadId },
          { messageCount: message.no, lastMessageAt: message.postedAt },
        );
        const names = await this.organization.namesOf([author.id], [wish.opdId], tx);
        return { events: [event('message.posted', taskId, { message: toMessageView(message, names) })] };
      },
      occurredAt,
    );
  }
}
