import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { dayOf, type Day } from '#libs/contracts';
import { OrganizationService } from '../organization/organization.service.js';
import { WorkingTimeService } from '../working-time/working-time.service.js';
export type { LadderStep } from './ladder.js';
import { ladderOf, momentsOf, type ChainOfDay, type LadderStep, type Waiting } from './ladder.js';

/** Who is told when, while something waits: the ladder by the working time and the posts as they are known. */
@Injectable()
export class EscalationService {
  constructor(
    private readonly source: DataSource,
    private readonly organization: OrganizationService,
    private readonly times: WorkingTimeService,
  ) {}

  /** @param opdId the unit by whose working time the clock runs */
  async ladder(
    waiting: Waiting,
    opdId: string | null,
    db: EntityManager = this.source.manager,
  ): Promise<LadderStep[]> {
    const time = await this.times.of(opdId, db);
    const chains = new Map<Day, ChainOfDay>();
    for (const { at } of momentsOf(waiting, time)) {
      const day = dayOf(at);
      if (!chains.has(day)) chains.set(day, await this.organization.chainOn(day, db));
    }
    return ladderOf(waiting, time, (day) => {
      const chain = chains.get(day);
      if (!chain) throw new Error(`the organisation of ${day} was not asked for`);
      return chain;
    });
  }
}
