import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AssignmentLetter, Confidentiality, Day, Priority, TaskStatus, TaskView } from '#libs/contracts';
import type { Names } from '../organization/organization.service.js';

/** A task; its id is also that of its workspace and of the workspace's numbered history. */
@Entity('tasks')
export class Task {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { unique: true })
  code: string;

  @Column('text')
  title: string;

  @Column('text')
  description: string;

  @Column('text')
  category: string;

  @Column('text')
  priority: Priority;

  @Column('text', { name: 'priority_program', nullable: true })
  priorityProgram: string | null;

  @Column('text')
  confidentiality: Confidentiality;

  @Column('text')
  status: TaskStatus;

  @Column('timestamptz', { name: 'status_since' })
  statusSince: Date;

  @Column('uuid', { name: 'coordinating_opd_id' })
  coordinatingOpdId: string;

  @Column('uuid', { name: 'steering_id', nullable: true })
  steeringId: string | null;

  @Column('uuid', { name: 'team_lead_id', nullable: true })
  teamLeadId: string | null;

  @Column('uuid', { name: 'created_by' })
  createdBy: string;

  @Column('text', { array: true, default: () => `'{}'` })
  locations: string[];

  @Column('text', { name: 'external_partners', array: true, default: () => `'{}'` })
  externalPartners: string[];

  @Column('jsonb', { name: 'assignment_letter', nullable: true })
  assignmentLetter: AssignmentLetter | null;

  @Column('date', { name: 'start_date', nullable: true })
  startDate: Day | null;

  @Column('date', { name: 'due_date', nullable: true })
  dueDate: Day | null;

  @Column('date', { name: 'original_due_date', nullable: true })
  originalDueDate: Day | null;

  @Column('boolean', { default: false })
  published: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}

export function toTaskView(task: Task, names: Names): TaskView {
  return {
    id: task.id,
    code: task.code,
    title: task.title,
    description: task.description,
    category: task.category,
    priority: task.priority,
    priorityProgram: task.priorityProgram,
    confidentiality: task.confidentiality,
    status: task.status,
    statusSince: task.statusSince.toISOString(),
    coordinatingOpd: names.opd(task.coordinatingOpdId),
    steering: task.steeringId === null ? null : names.person(task.steeringId),
    teamLead: task.teamLeadId === null ? null : names.person(task.teamLeadId),
    locations: task.locations,
    externalPartners: task.externalPartners,
    assignmentLetter: task.assignmentLetter,
    startDate: task.startDate,
    dueDate: task.dueDate,
    originalDueDate: task.originalDueDate,
    published: task.published,
  };
}
