import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MessageKind, MessageView } from '#libs/contracts';
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

  @Column('text')
  body: string;

  @Column('uuid', { name: 'reply_to', nullable: true })
  replyTo: string | null;

  /** Names only. */
  @Column('text', { array: true, default: () => `'{}'` })
  attachments: string[];

  @Column('timestamptz', { name: 'posted_at' })
  postedAt: Date;

  @Column('uuid', { name: 'command_id' })
  commandId: string;
}

export function toMessageView(row: Message, names: Names): MessageView {
  const author = names.person(row.authorId);
  return {
    id: row.id,
    threadId: row.threadId,
    no: row.no,
    author: row.authorOpdId === null ? author : { ...author, opd: names.opd(row.authorOpdId).abbreviation },
    kind: row.kind,
    body: row.body,
    replyTo: row.replyTo,
    attachments: row.attachments,
    postedAt: row.postedAt.toISOString(),
    commandId: row.commandId,
  };
}
