import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day, OpdRef } from '#libs/contracts';

/** A unit of the city as it is called now; what it was called before is in `OpdHistory`. */
@Entity('opds')
export class Opd {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  code: string;

  @Column('text')
  name: string;

  @Column('text')
  abbreviation: string;

  @Column('text')
  kind: string;

  @Column('uuid', { name: 'parent_id', nullable: true })
  parentId: string | null;

  @Column('date', { name: 'valid_from' })
  validFrom: Day;

  @Column('date', { name: 'valid_to', nullable: true })
  validTo: Day | null;
}

export function toOpdRef({ id, code, name, abbreviation }: Opd): OpdRef {
  return { id, code, name, abbreviation };
}
