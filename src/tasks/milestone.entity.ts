import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day, MilestoneStatus, MilestoneView } from '#libs/contracts';
import type { Names } from '../organization/organization.service.js';

/** A step of a task that one unit owns. */
@Entity('milestones')
export class Milestone {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'task_id' })
  taskId: string;

  @Column('int')
  position: number;

  @Column('text')
  title: string;

  @Column('uuid', { name: 'opd_id' })
  opdId: string;

  @Column('date', { name: 'due_date', nullable: true })
  dueDate: Day | null;

  @Column('text')
  status: MilestoneStatus;

  @Column('date', { name: 'completed_on', nullable: true })
  completedOn: Day | null;

  @Column('text', { nullable: true })
  note: string | null;

  /** Private unless somebody marks it. */
  @Column('boolean', { default: false })
  public: boolean;

  /** The milestone that should be done before this one. */
  @Column('uuid', { name: 'after_id', nullable: true })
  after: string | null;
}

export function toMilestoneView(row: Milestone, names: Names): MilestoneView {
  return {
    id: row.id,
    title: row.title,
    position: row.position,
    opd: names.opd(row.opdId),
    dueDate: row.dueDate,
    status: row.status,
    completedOn: row.completedOn,
    note: row.note,
    public: row.public,
    after: row.after,
  };
}
