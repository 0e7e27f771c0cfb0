import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Acceptance, TaskOpdView } from '#libs/contracts';
import type { Names } from '../organization/organization.service.js';

/** A unit's part in a task; the coordinating unit has a row of its own and counts as accepted. */
@Entity('task_opds')
export class TaskOpd {
  @PrimaryColumn('uuid', { name: 'task_id' })
  taskId: string;

  @PrimaryColumn('uuid', { name: 'opd_id' })
  opdId: string;

  @Column('boolean', { default: false })
  coordinating: boolean;

  @Column('text')
  role: string;

  @Column('text')
  acceptance: Acceptance;

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt: Date | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('int')
  position: number;
}

export function toTaskOpdView(row: TaskOpd, names: Names): TaskOpdView {
  return {
    opd: names.opd(row.opdId),
    role: row.role,
    coordinating: row.coordinating,
    acceptance: row.acceptance,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    reason: row.reason,
  };
}
