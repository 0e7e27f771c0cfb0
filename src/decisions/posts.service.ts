import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeciderChoice, PositionMode, PostRef } from '#libs/contracts';
import { AccessService } from '../access/access.service.js';
import { Today } from '../access/today.service.js';
import { OrganizationService } from '../organization/organization.service.js';

/** Who holds a post that decides, and how. */
export interface PostHolder {
  personId: string;
  /** Null for the lead, whom the team makes one and no post. */
  mode: PositionMode | null;
  title: string;
  /** The definitive holder, when another one stands in. */
  insteadOf: string | null;
}

/** Which posts of a task can be asked for a decision, and who holds them on a day. */
@Injectable()
export class DecidingPosts {
  constructor(
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
    private readonly today: Today,
  ) {}

  /** Those that somebody else than the asking person holds, from the nearest to the highest. @throws AppError `not-found` */
  async choices(personId: string, taskId: string, tx: EntityManager): Promise<DeciderChoice[]> {
    const { deciders } = await this.access.of(personId, taskId, tx);
    const holdersOf = await this.holders(tx, taskId, this.today.day());
    const found = deciders.flatMap((post) => {
      const [holder] = holdersOf(post);
      return holder && holder.personId !== personId ? [{ post, holder }] : [];
    });
    const names = await this.organization.namesOf(
      found.map(({ holder }) => holder.personId),
      [],
      tx,
    );
    return found.map(({ post, holder: { personId: id, mode, title } }) => ({
      ...post,
      person: names.person(id),
      position: mode === 'PLT' ? `Plt. ${title}` : mode === 'PLH' ? `Plh. ${title}` : title,
    }));
  }

  /** Asks the present of the transaction. */
  async holders(
    tx: EntityManager,
    taskId: string,
    day: string,
  ): Promise<(post: PostRef) => readonly PostHolder[]> {
    const leadership = await this.organization.leadership(day, tx);
    const [task] = await tx.query<{ lead: string | null }[]>(
      'SELECT team_lead_id AS lead FROM tasks WHERE id = $1',
      [taskId],
    );
    const lead = task?.lead ?? null;
    return ({ role, opdId }) => {
      if (role !== 'KETUA_TIM') return leadership({ role, opdId });
      return lead === null ? [] : [{ personId: lead, mode: null, title: '', insteadOf: null }];
    };
  }
}
