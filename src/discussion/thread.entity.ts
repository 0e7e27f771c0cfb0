import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PinView, ThreadView } from '#libs/contracts';
import type { Names } from '../organization/organization.service.js';

/** A conversation in a workspace. */
@Entity('threads')
export class Thread {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'task_id' })
  taskId: string;

  @Column('text')
  title: string;

  @Column('text', { name: 'about_kind', default: 'GENERAL' })
  aboutKind: ThreadView['about']['kind'];

  @Column('uuid', { name: 'about_id', nullable: true })
  aboutId: string | null;

  @Column('uuid', { name: 'created_by' })
  createdBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** Changes only under the lock of the workspace's head. */
  @Column('int', { name: 'message_count', default: 0 })
  messageCount: number;

  @Column('timestamptz', { name: 'last_message_at', nullable: true })
  lastMessageAt: Date | null;

  @Column('timestamptz', { name: 'resolved_at', nullable: true })
  resolvedAt: Date | null;

  @Column('uuid', { name: 'resolved_by', nullable: true })
  resolvedBy: string | null;

  @Column('text', { nullable: true })
  conclusion: string | null;
}

/** What has not happened yet in a thread that is new. */
export const EMPTY = {
  messageCount: 0,
  lastMessageAt: null,
  resolvedAt: null,
  resolvedBy: null,
  conclusion: null,
} satisfies Partial<Thread>;

export function toThreadView(
  row: Thread,
  names: Pick<Names, 'person'>,
  pins: readonly PinView[] = [],
): ThreadView {
  return {
    id: row.id,
    title: row.title,
    about: { kind: row.aboutKind, id: row.aboutId },
    createdBy: names.person(row.createdBy),
    createdAt: row.createdAt.toISOString(),
    messageCount: row.messageCount,
    lastMessageAt: row.lastMessageAt?.toISOString() ?? null,
    resolved:
      row.resolvedAt && row.resolvedBy && row.conclusion !== null
        ? {
            at: row.resolvedAt.toISOString(),
            by: names.person(row.resolvedBy),
            conclusion: row.conclusion,
          }
        : null,
    pins: [...pins],
  };
}
