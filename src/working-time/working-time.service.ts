import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { workingTimeOf, type WorkingTime } from '#libs/contracts';
import { Cached, OrganizationService } from '../organization/organization.service.js';
import { readWorkingTimes } from './working-time.queries.js';

// Other instances' changes are seen after this; our own at once.
const KEEP_MS = 10_000;

type Reader = Pick<EntityManager, 'query' | 'getRepository'>;

/** When each unit works. Changes are in `WorkingTimeChanges`, holidays in the organisation. */
@Injectable()
export class WorkingTimeService {
  private readonly rules = new Cached((db: Reader) => readWorkingTimes(db), KEEP_MS);
  /** Of the rules and holidays they were made from. */
  private made: { rules: unknown; holidays: unknown; byUnit: Map<string | null, WorkingTime> } | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly organization: OrganizationService,
  ) {}

  /** The working time of a unit, or (`null`) of the city, for `libs/contracts` to calculate with. */
  async of(opdId: string | null, db: Reader = this.source): Promise<WorkingTime> {
    const rules = await this.rules.get(db);
    const holidays = await this.organization.holidays(db);
    if (this.made?.rules !== rules || this.made.holidays !== holidays) {
      this.made = { rules, holidays, byUnit: new Map() };
    }
    const { byUnit } = this.made;
    const known = byUnit.get(opdId);
    if (known) return known;
    const time = workingTimeOf(rules, holidays, opdId);
    byUnit.set(opdId, time);
    return time;
  }

  /** Forgets what is kept in memory. Called by `WorkingTimeChanges` after a commit. */
  refresh(): void {
    this.rules.clear();
  }
}
