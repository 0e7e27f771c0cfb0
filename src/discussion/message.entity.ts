import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MentionView, MessageKind, MessageView, ReactionView } from '#libs/contracts';
import type { Names } from '../organization/organization.service.js';

/** What somebody wrote. New ones are written by the log's own statement. */
@Entity('messages')
@Index(['threadId', 'no'], { unique: true })
export class Message {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'thread_id' })
  threadId: string;

  @Column('int')
  no: number;

  @Column('uuid', { name: 'author_id' })
  authorId: string;

  /** The unit the author wrote for, when a member of the team. */
  @Column('uuid', { name: 'author_opd_id', nullable: true })
  authorOpdId: string | null;

  @Column('text')
  kind: MessageKind;

  /** Empty once it is deleted. */
  @Column('text')
  body: string;

  @Column('jsonb', { default: () => `'[]'` })
  mentions: MentionView[];

  @Column('uuid', { name: 'reply_to', nullable: true })
  replyTo: string | null;

  /** Names only. */
  @Column('text', { array: true, default: () => `'{}'` })
  attachments: string[];

  @Column('timestamptz', { name: 'posted_at' })
  postedAt: Date;

  @Column('uuid', { name: 'command_id' })
  commandId: string;

  @Column('int', { default: 0 })
  edits: number;

  @Column('timestamptz', { name: 'edited_at', nullable: true })
  editedAt: Date | null;

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt: Date | null;

  @Column('uuid', { name: 'deleted_by', nullable: true })
  deletedBy: string | null;

  @Column('text', { name: 'deleted_reason', nullable: true })
  deletedReason: string | null;

  @Column('timestamptz', { name: 'pinned_at', nullable: true })
  pinnedAt: Date | null;

  @Column('uuid', { name: 'pinned_by', nullable: true })
  pinnedBy: string | null;
}

/** What has not happened yet to a message that is new. */
export const UNTOUCHED = {
  edits: 0,
  editedAt: null,
  deletedAt: null,
  deletedBy: null,
  deletedReason: null,
  pinnedAt: null,
  pinnedBy: null,
} satisfies Partial<Message>;

export function toMessageView(
  row: Message,
  names: Names,
  reactions: readonly ReactionView[] = [],
): MessageView {
  const author = names.person(row.authorId);
  return {
    id: row.id,
    threadId: row.threadId,
    no: row.no,
    author: row.authorOpdId === null ? author : { ...author, opd: names.opd(row.authorOpdId).abbreviation },
    kind: row.kind,
    body: row.body,
    mentions: row.mentions,
    replyTo: row.replyTo,
    attachments: row.attachments,
    postedAt: row.postedAt.toISOString(),
    commandId: row.commandId,
    edits: row.edits,
    editedAt: row.editedAt?.toISOString() ?? null,
    deleted:
      row.deletedAt && row.deletedBy
        ? { at: row.deletedAt.toISOString(), by: names.person(row.deletedBy), reason: row.deletedReason }
        : null,
    reactions: [...reactions],
    pinned:
      row.pinnedAt && row.pinnedBy
        ? { at: row.pinnedAt.toISOString(), by: names.person(row.pinnedBy) }
        : null,
  };
}
