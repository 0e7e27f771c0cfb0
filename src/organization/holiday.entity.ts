import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day, HolidayKind } from '#libs/contracts';

@Entity('holidays')
export class Holiday {
  @PrimaryColumn('date')
  day: Day;

  @Column('text')
  name: string;

  @Column('text')
  kind: HolidayKind;
}
