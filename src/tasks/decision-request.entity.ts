import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day, DecisionRequestView, DecisionStatus } from '#libs/contracts';
import type { Names } from '../organization/organization.service.js';

/** A question that one official has to decide. */
@Entity('decision_requests')
export class DecisionRequest {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'task_id' })
  taskId: string;

  @Column('text')
  title: string;

  @Column('text')
  question: string;

  @Column('text', { array: true })
  options: string[];

  @Column('uuid', { name: 'decider_id' })
  deciderId: string;

  @Column('uuid', { name: 'requested_by' })
  requestedBy: string;

  @Column('timestamptz', { name: 'requested_at' })
  requestedAt: Date;

  @Column('date', { name: 'due_date', nullable: true })
  dueDate: Day | null;

  @Column('text')
  status: DecisionStatus;

  @Column('text', { nullable: true })
  decision: string | null;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt: Date | null;

  @Column('text', { nullable: true })
  basis: string | null;
}

export function toDecisionView(row: DecisionRequest, names: Names): DecisionRequestView {
  return {
    id: row.id,
    title: row.title,
    question: row.question,
    options: row.options,
    decider: names.person(row.deciderId),
    requestedBy: names.person(row.requestedBy),
    requestedAt: row.requestedAt.toISOString(),
    dueDate: row.dueDate,
    status: row.status,
    decision: row.decision,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    basis: row.basis,
  };
}
