import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '#libs/contracts';

/** What a unit was called, and where it stood, up to and including `validTo`. */
@Entity('opd_history')
export class OpdHistory {
  @PrimaryColumn('uuid', { name: 'opd_id' })
  opdId: string;

  @PrimaryColumn('date', { name: 'valid_from' })
  validFrom: Day;

  @Column('date', { name: 'valid_to' })
  validTo: Day;

  @Column('text')
  name: string;

  @Column('text')
  abbreviation: string;

  @Column('uuid', { name: 'parent_id', nullable: true })
  parentId: string | null;
}
