import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ActorView, ThreadView } from '#libs/contracts';

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
}

export function toThreadView(row: Thread, createdBy: ActorView): ThreadView {
  return {
    id: row.id,
    title: row.title,
    about: { kind: row.aboutKind, id: row.aboutId },
    createdBy,
    createdAt: row.createdAt.toISOString(),
    messageCount: row.messageCount,
    lastMessageAt: row.lastMessageAt?.toISOString() ?? null,
  };
}
