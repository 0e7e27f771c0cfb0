import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  AppError,
  isAppError,
  isFresh,
  LIMITS,
  mayRetry,
  type ActorView,
  type DeleteMessage,
  type EditMessage,
  type MessageEdits,
  type MessageEditsRequest,
  type MessageView,
  type PinMessage,
  type ReactToMessage,
} from '#libs/contracts';
import { commandOf, event, WorkspaceLog, type Receipt } from '#libs/database';
import { AccessService, authorityOf, refusalOf, type StreamAccess } from '../access/access.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { Pace } from '../realtime/pace.js';
import { Mentions } from './mentions.service.js';
import { MessageEdit } from './message-edit.entity.js';
import { viewsOf } from './message-views.js';
import { Message } from './message.entity.js';
import { redact } from './redaction.js';
import { Thread } from './thread.entity.js';

interface Target {
  access: StreamAccess;
  message: Message;
}

/**
 * What happens to a message after it was posted. Each change locks the message's row first and the head of the
 * workspace after it, so that of two at the same moment the second sees what the first one left.
 */
@Injectable()
export class MessageChanges {
  /** Reactions cost one tap and a place in everybody's history. 30: all of a page, tapped through. */
  private readonly pace = new Pace(5, 30);

  constructor(
    private readonly source: DataSource,
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
    private readonly mentions: Mentions,
  ) {}

  /**
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `message.too-late`, `message.deleted`,
   * `message.edit-conflict` with the present text, and what `Mentions.resolve` throws
   */
  async edit(actor: ActorView, wish: EditMessage): Promise<Receipt> {
    const { workspaceId, commandId, messageId, baseEdits, body } = wish;
    try {
      return await this.log.record(commandOf(actor, 'message.edit', wish), async (tx, at) => {
        const { access, message } = await this.target(tx, actor, wish, 'message.edit');
        if (message.authorId !== actor.id) throw new AppError('forbidden', { action: 'message.edit' });
        assertFresh(message, at);
        // Without the text: what a refusal says is kept, and a deletion would not find it there.
        if (message.edits !== baseEdits) {
          throw new AppError('message.edit-conflict', { messageId, edits: message.edits, body: '' });
        }
        const mentions = await this.mentions.resolve(workspaceId, wish.mentions ?? [], access, tx);
        await tx.insert(MessageEdit, {
          messageId,
          edit: message.edits,
          body: message.body,
          since: message.editedAt ?? message.postedAt,
          commandId,
        });
        const changes = { body, mentions, edits: message.edits + 1, editedAt: new Date(at) };
        await tx.update(Message, { id: messageId }, changes);
        const view = await this.viewOf(tx, Object.assign(message, changes));
        return {
          events: [event('message.edited', workspaceId, { message: view })],
          authority: [authorityOf(workspaceId, access)],
        };
      });
    } catch (error) {
      if (isAppError(error) && error.code === 'message.edit-conflict') {
        throw await this.conflict(actor.id, workspaceId, messageId);
      }
      throw error;
    }
  }

  /**
   * Leaves a trace and nothing of what was said: not in the message, not in its former texts, not in the history.
   *
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `message.too-late`, `message.deleted`, `validation`
   * for a missing reason
   */
  delete(actor: ActorView, wish: DeleteMessage): Promise<Receipt> {
    const { workspaceId, messageId } = wish;
    return this.log.record(commandOf(actor, 'message.delete', wish), async (tx, at) => {
      const { access, message } = await this.target(tx, actor, wish, 'message.delete');
      const isOwn = message.authorId === actor.id;
      const reason = wish.reason ?? null;
      if (!access.moderate) {
        if (!isOwn) throw refusalOf(access, 'message.delete', ['KETUA_TIM']);
        assertFresh(message, at);
      } else if (reason === null && !(isOwn && isFreshAt(message, at))) {
        throw new AppError('validation', { fields: [{ field: 'reason', rule: 'required' }] });
      }
      await redact(tx, message, { at, by: actor, reason });
      const changes = {
        body: '',
        mentions: [],
        attachments: [],
        deletedAt: new Date(at),
        deletedBy: actor.id,
        deletedReason: reason,
        pinnedAt: null,
        pinnedBy: null,
      };
      await tx.update(Message, { id: messageId }, changes);
      const view = await this.viewOf(tx, Object.assign(message, changes));
      return {
        events: [event('message.deleted', workspaceId, { message: view })],
        authority: [authorityOf(workspaceId, access)],
      };
    });
  }

  /**
   * Many people answer one message at the same moment: the rights come from memory, as for a post, and the message's
   * row is held for two statements only.
   *
   * @throws AppError `rate-limited`, `not-found`, `task.read-only`, `forbidden`, `message.deleted`
   */
  async react(actor: ActorView, wish: ReactToMessage): Promise<Receipt> {
    this.pace.take(actor.id);
    const { workspaceId, messageId, code, on } = wish;
    let remembered: StreamAccess | undefined = await this.access
      .cached(actor.id, workspaceId)
      .catch((error: unknown) => (isAppError(error) && !mayRetry(error.code) ? undefined : throwing(error)));
    return this.log.record(commandOf(actor, 'message.react', wish), async (tx) => {
      // What is remembered counts for the first try, and its refusal not at all.
      const access = remembered?.post ? remembered : await this.access.of(actor.id, workspaceId, tx);
      remembered = undefined;
      if (!access.post) throw refusalOf(access, 'message.react', ['KETUA_TIM', 'ANGGOTA']);
      const [row] = await tx.query<Locked[]>(LOCK, [messageId, workspaceId]);
      if (!row) throw new AppError('not-found', {});
      if (row.deleted) throw new AppError('message.deleted', { messageId });
      await tx.query(on ? GIVE : TAKE_BACK, [messageId, actor.id, code]);
      const { thread_id: threadId, no } = row;
      return {
        events: [
          event('message.reacted', workspaceId, { threadId, messageId, no, code, personId: actor.id, on }),
        ],
        authority: [authorityOf(workspaceId, access)],
      };
    });
  }

  /** @throws AppError `not-found`, `task.read-only`, `forbidden`, `message.deleted`, `message.too-many-pins` */
  pin(actor: ActorView, wish: PinMessage): Promise<Receipt> {
    const { workspaceId, messageId, on } = wish;
    return this.log.record(commandOf(actor, 'message.pin', wish), async (tx, at) => {
      const { access, message } = await this.target(tx, actor, wish, 'message.pin');
      const { threadId, no } = message;
      // Whoever pinned it first did: a second time changes nothing.
      if (on && !message.pinnedAt) {
        await this.assertRoomForPin(tx, workspaceId);
        Object.assign(message, { pinnedAt: new Date(at), pinnedBy: actor.id });
      } else if (!on) Object.assign(message, { pinnedAt: null, pinnedBy: null });
      const { pinnedAt, pinnedBy } = message;
      await tx.update(Message, { id: messageId }, { pinnedAt, pinnedBy });
      const { pinned } = await this.viewOf(tx, message);
      return {
        events: [event('message.pinned', workspaceId, { threadId, messageId, no, pinned })],
        authority: [authorityOf(workspaceId, access)],
      };
    });
  }

  /** @throws AppError `not-found` */
  async edits(personId: string, { workspaceId, messageId }: MessageEditsRequest): Promise<MessageEdits> {
    const { manager } = this.source;
    const access = await this.access.of(personId, workspaceId);
    if (!access.readMessages) throw new AppError('not-found', {});
    await findIn(manager, workspaceId, messageId);
    const rows = await manager.find(MessageEdit, { where: { messageId }, order: { edit: 'ASC' } });
    return { messageId, texts: rows.map(({ body, since }) => ({ body, since: since.toISOString() })) };
  }

  /** The message, locked until the end of the transaction, for whoever may write in its workspace. */
  private async target(
    tx: EntityManager,
    actor: ActorView,
    { workspaceId, messageId }: { workspaceId: string; messageId: string },
    action: string,
  ): Promise<Target> {
    const access = await this.access.of(actor.id, workspaceId, tx);
    if (!access.post) throw refusalOf(access, action, ['KETUA_TIM', 'ANGGOTA']);
    await tx.query(LOCK, [messageId, workspaceId]);
    const message = await findIn(tx, workspaceId, messageId);
    if (message.deletedAt) throw new AppError('message.deleted', { messageId });
    return { access, message };
  }

  private async assertRoomForPin(tx: EntityManager, workspaceId: string): Promise<void> {
    // Two pins at the same moment must not both be the last one.
    await tx.query('SELECT 1 FROM stream_head WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
    const pinned = await tx.query<unknown[]>(PINNED, [workspaceId]);
    if (pinned.length >= LIMITS.pins) throw new AppError('message.too-many-pins', { limit: LIMITS.pins });
  }

  /** The refusal with what the message says at this moment, to whoever may still read it. */
  private async conflict(personId: string, workspaceId: string, messageId: string): Promise<AppError> {
    const access = await this.access.of(personId, workspaceId);
    if (!access.readMessages) return new AppError('not-found', {});
    const { body, edits, deletedAt } = await findIn(this.source.manager, workspaceId, messageId);
    if (deletedAt) return new AppError('message.deleted', { messageId });
    return new AppError('message.edit-conflict', { messageId, edits, body });
  }

  private async viewOf(tx: EntityManager, message: Message): Promise<MessageView> {
    const [view] = await viewsOf(tx, this.organization, [message]);
    if (!view) throw new AppError('internal', {});
    return view;
  }
}

interface Locked {
  thread_id: string;
  no: number;
  deleted: boolean;
}

// After a wait for the lock, what it says of the message is what the one before left.
const LOCK = `
SELECT m.thread_id, m.no, m.deleted_at IS NOT NULL AS deleted FROM messages m JOIN threads t ON t.id = m.thread_id
WHERE m.id = $1 AND t.task_id = $2 FOR NO KEY UPDATE OF m`;

const GIVE = `
INSERT INTO message_reactions (message_id, person_id, code) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`;

const TAKE_BACK = 'DELETE FROM message_reactions WHERE message_id = $1 AND person_id = $2 AND code = $3';

const PINNED = `
SELECT m.id FROM messages m JOIN threads t ON t.id = m.thread_id
WHERE t.task_id = $1 AND m.pinned_at IS NOT NULL`;

async function findIn(tx: EntityManager, workspaceId: string, messageId: string): Promise<Message> {
  const message = await tx.findOneBy(Message, { id: messageId });
  const isHere = message && (await tx.existsBy(Thread, { id: message.threadId, taskId: workspaceId }));
  if (!isHere) throw new AppError('not-found', {});
  return message;
}

function isFreshAt(message: Message, at: string): boolean {
  return isFresh({ postedAt: message.postedAt.toISOString() }, Date.parse(at));
}

function assertFresh(message: Message, at: string): void {
  if (!isFreshAt(message, at)) throw new AppError('message.too-late', { minutes: LIMITS.editMinutes });
}

function throwing(error: unknown): never {
  throw error;
}
