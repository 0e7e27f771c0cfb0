import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DecisionRequestView } from '#libs/contracts';
import {
  cancelTimer,
  commandOf,
  DECISION_EFFECT,
  event,
  scheduleTimer,
  WorkspaceLog,
  type Timer,
  type TimerKind,
} from '#libs/database';
import { OrganizationService } from '../organization/organization.service.js';
import { DecisionRequest, DecisionsService } from '../tasks/decisions.service.js';
import { lockTask } from '../tasks/task-setup.service.js';

/**
 * Lets what was decided take effect once its undo has passed: the history says so, and all that follows (notices, the
 * decision that is replaced) follows from that. The timer is set with the decision and goes with an undo.
 */
@Injectable()
export class DecisionEffects implements TimerKind {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly organization: OrganizationService,
    private readonly decisions: DecisionsService,
  ) {}

  /** Sets the timer of what was decided, or takes it away where nothing is to come. */
  async follow(tx: EntityManager, { id, taskId, effectiveAt, effective }: DecisionRequest): Promise<void> {
    if (effectiveAt === null || effective) await cancelTimer(tx, DECISION_EFFECT, id);
    else
      await scheduleTimer(tx, {
        kind: DECISION_EFFECT,
        key: id,
        at: effectiveAt.toISOString(),
        payload: { taskId },
      });
  }

  async fire(tx: EntityManager, { key: id, now, payload }: Timer): Promise<(() => void) | undefined> {
    const { taskId } = payload as { taskId: string };
    await lockTask(tx, taskId);
    const row = await tx.findOneBy(DecisionRequest, { id, effective: false });
    if (!row?.effectiveAt || row.decidedBy === null) return undefined;
    row.effective = true;
    row.undoneTo = null;
    await tx.save(DecisionRequest, row);
    const superseded = await this.supersede(tx, row);
    const decision = await this.decisions.view(tx, row);
    const actor = await this.organization.personView(row.decidedBy);
    const command = commandOf(actor, DECISION_EFFECT, { commandId: randomUUID() });
    return this.log.recordWithin(
      tx,
      command,
      [event('decision.effective', taskId, { decision, superseded })],
      now,
    );
  }

  /** A decision stays as it was; it only says which other one holds in its place. */
  private async supersede(tx: EntityManager, row: DecisionRequest): Promise<DecisionRequestView | null> {
    const isApproved = row.status === 'APPROVED' || row.status === 'APPROVED_WITH_NOTE';
    if (row.supersedes === null || !isApproved) return null;
    const old = await tx.findOneBy(DecisionRequest, { id: row.supersedes, taskId: row.taskId });
    if (!old || old.supersededBy !== null) return null;
    await tx.save(DecisionRequest, Object.assign(old, { status: 'SUPERSEDED', supersededBy: row.id }));
    return this.decisions.view(tx, old);
  }
}
