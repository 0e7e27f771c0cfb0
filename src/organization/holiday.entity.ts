import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '#libs/contracts';

export const HOLIDAY_KINDS = ['libur_nasional', 'cuti_bersama'] as const;
export type HolidayKind = (typeof HOLIDAY_KINDS)[number];

@Entity('holidays')
export class Holiday {
  @PrimaryColumn('date')
  day: Day;

  @Column('text')
  name: string;

  @Column('text')
  kind: HolidayKind;
}
