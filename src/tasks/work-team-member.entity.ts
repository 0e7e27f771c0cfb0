import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MemberView, TeamRole } from '#libs/contracts';
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
}

export function toMemberView(row: WorkTeamMember, names: Names): MemberView {
  return { person: names.person(row.personId), opdId: row.opdId, teamRole: row.teamRole, mode: row.mode };
}
