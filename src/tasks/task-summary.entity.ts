import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ActorView, SummaryView } from '#libs/contracts';

/** One version of what stands at the top of a workspace; the one with the highest number is shown. */
@Entity('task_summaries')
export class TaskSummary {
  @PrimaryColumn('uuid', { name: 'task_id' })
  taskId: string;

  @PrimaryColumn('int')
  version: number;

  @Column('text')
  body: string;

  @Column('uuid', { name: 'by_id' })
  byId: string;

  @Column('timestamptz')
  at: Date;
}

export function toSummaryView({ version, body, at }: TaskSummary, by: ActorView): SummaryView {
  return { version, body, by, at: at.toISOString() };
}
