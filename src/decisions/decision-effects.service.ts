import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { DecisionRequestView } from '#libs/contracts';
import { commandOf, event, WorkspaceLog } from '#libs/database';
import { OrganizationService } from '../organization/organization.service.js';
import { DecisionRequest, DecisionsService } from '../tasks/decisions.service.js';
import { lockTask } from '../tasks/task-setup.service.js';

const LOOK_MS = 1_000;
const AT_ONCE = 50;

interface Due {
  id: string;
  taskId: string;
  round: number;
  decidedBy: string;
}

/** It was undone, or another instance was quicker: there is nothing to do, and no refusal to remember. */
class NothingDue extends Error {}

/**
 * Lets what was decided take effect once its undo has passed: the history says so, and all that follows (notices, the
 * decision that is replaced) follows from that. Every instance looks; the row, under its task's lock, lets each happen
 * once.
 */
@Injectable()
export class DecisionEffects implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = true;

  constructor(
    private readonly source: DataSource,
    private readonly log: WorkspaceLog,
    private readonly organization: OrganizationService,
    private readonly decisions: DecisionsService,
  ) {}

  onApplicationBootstrap(): void {
    this.stopped = false;
    this.plan();
  }

  /** Waits for the look under way. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** What is due by the database's clock. @returns how many took effect here */
  async look(): Promise<number> {
    const due = await this.source.query<Due[]>(DUE, [AT_ONCE]);
    let done = 0;
    // One that fails is tried again at the next look, and holds up no other.
    for (const each of due) {
      try {
        if (await this.take(each)) done++;
      } catch (error) {
        Logger.warn({ err: error, decision: each.id, msg: 'a decision could not take effect' }, 'Decisions');
      }
    }
    return done;
  }

  private plan(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.look()
        .catch((error: unknown) => {
          Logger.warn({ err: error, msg: 'decisions that are due could not be read' }, 'Decisions');
          return 0;
        })
        .then(() => this.plan());
    }, LOOK_MS);
  }

  private async take({ id, taskId, round, decidedBy }: Due): Promise<boolean> {
    const actor = await this.organization.personView(decidedBy);
    // An id of its own each time: a refusal of the moment must not be remembered as the answer for good.
    const wish = { commandId: randomUUID(), decisionId: id, round };
    try {
      await this.log.record(commandOf(actor, 'decision.effect', wish), async (tx) => {
        await lockTask(tx, taskId);
        const row = await tx.findOneBy(DecisionRequest, { id, round, effective: false });
        if (!row?.effectiveAt) throw new NothingDue();
        row.effective = true;
        row.undoneTo = null;
        await tx.save(DecisionRequest, row);
        const superseded = await this.supersede(tx, row);
        const decision = await this.decisions.view(tx, row);
        return { events: [event('decision.effective', taskId, { decision, superseded })] };
      });
      return true;
    } catch (error) {
      if (error instanceof NothingDue) return false;
      throw error;
    }
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

const DUE = `
SELECT id, task_id AS "taskId", round, decided_by AS "decidedBy" FROM decision_requests
WHERE effective_at IS NOT NULL AND NOT effective AND effective_at <= clock_timestamp() AND decided_by IS NOT NULL
ORDER BY effective_at LIMIT $1`;
