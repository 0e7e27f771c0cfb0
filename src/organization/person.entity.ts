import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An ASN or an elected leader. The id is random: an id made from the NIP could be guessed from it. */
@Entity('persons')
export class Person {
  @PrimaryColumn('uuid')
  id: string;

  /** Personal data: birth date and sex are in it. Null for elected leaders. */
  @Column('text', { nullable: true })
  nip: string | null;

  @Column('text', { name: 'front_titles', default: '' })
  frontTitles: string;

  @Column('text')
  name: string;

  @Column('text', { name: 'back_titles', default: '' })
  backTitles: string;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('uuid', { name: 'opd_id', nullable: true })
  opdId: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
