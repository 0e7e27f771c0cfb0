import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day, Role } from '#libs/contracts';

/** A role that no position gives: see `GRANTABLE_ROLES`. Without a unit it is about the whole city. */
@Entity('role_grants')
export class RoleGrant {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'person_id' })
  personId: string;

  @Column('text')
  role: Role;

  @Column('uuid', { name: 'opd_id', nullable: true })
  opdId: string | null;

  @Column('date', { name: 'valid_from' })
  validFrom: Day;

  @Column('date', { name: 'valid_to', nullable: true })
  validTo: Day | null;
}
