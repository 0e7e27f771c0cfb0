import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day, PositionMode } from '#libs/contracts';

/** A post a person holds from a day to a day (both included; without an end until it is ended). */
@Entity('position_assignments')
export class PositionAssignment {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'person_id' })
  personId: string;

  @Column('uuid', { name: 'opd_id' })
  opdId: string;

  @Column('text')
  title: string;

  @Column('text', { name: 'position_kind' })
  positionKind: string;

  @Column('text', { nullable: true })
  grade: string | null;

  @Column('text')
  mode: PositionMode;

  @Column('date', { name: 'valid_from' })
  validFrom: Day;

  @Column('date', { name: 'valid_to', nullable: true })
  validTo: Day | null;
}
