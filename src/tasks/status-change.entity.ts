import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ActorView, StatusChangeView, TaskStatus } from '#libs/contracts';

/** One step of a task along the vocabulary, with its reason. */
@Entity('status_changes')
export class StatusChange {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'task_id' })
  taskId: string;

  @Column('text', { name: 'from_status', nullable: true })
  from: TaskStatus | null;

  @Column('text', { name: 'to_status' })
  to: TaskStatus;

  @Column('timestamptz')
  at: Date;

  @Column('uuid', { name: 'by_id' })
  byId: string;

  @Column('text')
  note: string;
}

export function toStatusChangeView(row: StatusChange, by: ActorView): StatusChangeView {
  return { id: row.id, from: row.from, to: row.to, at: row.at.toISOString(), by, note: row.note };
}
