import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { reviewScopesOf, type BoardScope, type HeldRole } from '#libs/contracts';
import { OrganizationService } from '../organization/organization.service.js';
import { findScopeFacts } from './access.queries.js';
import { boardsOf, scopesOf } from './board-scopes.js';
import { Today } from './today.service.js';

/** Which boards a person may open, and on which of them a task stands: both by the one policy. */
@Injectable()
export class BoardAccess {
  constructor(
    private readonly organization: OrganizationService,
    private readonly today: Today,
  ) {}

  /** The boards these roles open, with their names. The city's shows everything, so who has it needs no other. */
  async boardsFor(roles: readonly HeldRole[]): Promise<{ scope: BoardScope; label: string }[]> {
    const names = new Map((await this.organization.opds()).map((opd) => [opd.id, opd.abbreviation]));
    return boardsOf(roles).flatMap(({ scope, opdId }) => {
      const name = opdId === null ? 'Seluruh kota' : names.get(opdId);
      if (name === undefined) return [];
      return [{ scope, label: scope.startsWith('field:') ? `Bidang ${name}` : name }];
    });
  }

  /** Asks the present. */
  async mayOpen(personId: string, scope: BoardScope): Promise<boolean> {
    if (scope.startsWith('person:')) return scope === `person:${personId}`;
    const roles = await this.organization.rolesOf(personId, this.today.day());
    return reviewScopesOf(roles).includes(scope) || boardsOf(roles).some((board) => board.scope === scope);
  }

  /** The scopes of each of these tasks, in one question; a task that does not exist is not in the answer. */
  async scopesOf(tx: EntityManager, taskIds: readonly string[]): Promise<Map<string, BoardScope[]>> {
    const scopes = new Map<string, BoardScope[]>();
    for (const [taskId, facts] of await findScopeFacts(tx, taskIds, this.today.day())) {
      const asistenOpdIds = await this.organization.fieldsOf([facts.coordinatingOpdId], tx);
      scopes.set(taskId, scopesOf({ ...facts, asistenOpdIds }));
    }
    return scopes;
  }
}
