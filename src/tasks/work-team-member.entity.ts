import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day, MemberView, TeamRole } from '#libs/contracts';
import type { Names } from '../organization/organization.service.js';

/** A person in the team of a task, for a unit. */
@Entity('work_team_members')
export class WorkTeamMember {
  @PrimaryColumn('uuid', { name: 'task_id' })
  taskId: string;

  @PrimaryColumn('uuid', { name: 'person_id' })
  personId: string;

  @Column('uuid', { name: 'opd_id' })
  opdId: string;

  @Column('text', { name: 'team_role' })
  teamRole: TeamRole;

  @Column('text')
  mode: MemberView['mode'];

  /** Grows within a task, so that it is also the order of the team. */
  @Column('timestamptz', { name: 'joined_at' })
  joinedAt: Date;

  /** The last day in the team; null: as long as the task. */
  @Column('date', { nullable: true })
  until: Day | null;
}

export function toMemberView(row: WorkTeamMember, names: Names): MemberView {
  const { opdId, teamRole, mode, until } = row;
  return { person: names.person(row.personId), opdId, teamRole, mode, until };
}
