import type { EntityManager } from 'typeorm';
import type { Day, HolidayKind } from '#libs/contracts';
import { Holiday } from './holiday.entity.js';

export interface HolidayInput {
  day: Day;
  name: string;
  kind: HolidayKind;
}

export async function saveHolidays(tx: EntityManager, holidays: readonly HolidayInput[]): Promise<void> {
  await tx.upsert(Holiday, [...holidays], ['day']);
}
