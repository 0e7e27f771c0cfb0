import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { HandoverView } from '#libs/contracts';
import { OrganizationService } from '../organization/organization.service.js';
import { namedIn, toHandoverView, type Handover } from './handover.entity.js';
import { TaskOpd } from './task-opd.entity.js';

export { Handover, HandoverHoldRow, toHold } from './handover.entity.js';

/** The record of work between units, as a task keeps and shows it. */
@Injectable()
export class HandoverRecords {
  constructor(private readonly organization: OrganizationService) {}

  /** In the order given. */
  async views(tx: EntityManager, rows: readonly Handover[]): Promise<HandoverView[]> {
    const named = rows.map(namedIn);
    const names = await this.organization.namesOf(
      named.flatMap(({ people }) => people),
      named.flatMap(({ opds }) => opds),
      tx,
    );
    return rows.map((row) => toHandoverView(row, names));
  }

  /** Whether a unit coordinates the task or has accepted it. */
  async takesPart(tx: EntityManager, taskId: string, opdId: string): Promise<boolean> {
    const part = await tx.findOneBy(TaskOpd, { taskId, opdId });
    return part !== null && (part.coordinating || part.acceptance === 'ACCEPTED');
  }
}
