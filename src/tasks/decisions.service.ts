import { Injectable } from '@nestjs/common';
import { AppError, type ActorView, type Instant } from '#libs/contracts';
import { commandOf, event, WorkspaceLog, type Receipt } from '#libs/database';
import { OrganizationService } from '../organization/organization.service.js';
import { DecisionRequest, toDecisionView } from './decision-request.entity.js';
import type { DecisionAnswer, NewDecision } from './task-setup.js';
import { lockTask } from './task.lock.js';

/** Questions that an official has to decide, and the answers. Whoever calls has made sure that the actor may. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly log: WorkspaceLog,
    private readonly organization: OrganizationService,
  ) {}

  requestDecision(actor: ActorView, wish: NewDecision, occurredAt?: Instant): Promise<Receipt> {
    const { taskId } = wish;
    return this.log.record(
      commandOf(actor, 'decision.request', wish),
      async (tx, at) => {
        await lockTask(tx, taskId);
        const row = tx.create(DecisionRequest, {
          id: wish.decisionId,
          taskId,
          title: wish.title,
          question: wish.question,
          options: wish.options,
          deciderId: wish.deciderId,
          requestedBy: actor.id,
          requestedAt: new Date(at),
          dueDate: wish.dueDate,
          status: 'PENDING',
          decision: null,
          decidedAt: null,
          basis: null,
        });
        await tx.insert(DecisionRequest, row);
        const names = await this.organization.namesOf([row.deciderId, row.requestedBy], [], tx);
        return { events: [event('decision.requested', taskId, { decision: toDecisionView(row, names) })] };
      },
      occurredAt,
    );
  }

  /** @throws AppError `not-found` for what is not there or is decided already */
  decide(actor: ActorView, wish: DecisionAnswer, occurredAt?: Instant): Promise<Receipt> {
    const { taskId, decisionId, status, decision, basis } = wish;
    return this.log.record(
      commandOf(actor, 'decision.make', wish),
      async (tx, at) => {
        await lockTask(tx, taskId);
        const row = await tx.findOneBy(DecisionRequest, { id: decisionId, taskId, status: 'PENDING' });
        if (!row) throw new AppError('not-found', {});
        const changes = { status, decision, basis, decidedAt: new Date(at) };
        await tx.update(DecisionRequest, { id: decisionId }, changes);
        const names = await this.organization.namesOf([row.deciderId, row.requestedBy], [], tx);
        const made = Object.assign(row, changes);
        return { events: [event('decision.made', taskId, { decision: toDecisionView(made, names) })] };
      },
      occurredAt,
    );
  }
}
