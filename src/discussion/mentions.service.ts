import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  AppError,
  LIMITS,
  mentionLabel,
  TEAM_LABEL,
  type Mention,
  type MentionView,
  type WorkspaceRights,
} from '#libs/contracts';
import { Today } from '../access/today.service.js';
import { OrganizationService } from '../organization/organization.service.js';

/** Who a message may call on: those who take part in its task. */
@Injectable()
export class Mentions {
  constructor(
    private readonly source: DataSource,
    private readonly organization: OrganizationService,
    private readonly today: Today,
  ) {}

  /**
   * The same mentions with their names, each once. Persons are members of the team or head of a unit that takes part.
   *
   * @throws AppError `validation` for too many, `message.mention-elsewhere`, `forbidden` for the team
   */
  async resolve(
    workspaceId: string,
    mentions: readonly Mention[],
    rights: Pick<WorkspaceRights, 'mentionTeam'>,
    tx: EntityManager = this.source.manager,
  ): Promise<MentionView[]> {
    const unique = [
      ...new Map(mentions.map((mention) => [`${mention.kind} ${mention.id}`, mention])).values(),
    ];
    if (unique.length === 0) return [];
    if (unique.length > LIMITS.mentions) {
      throw new AppError('validation', {
        fields: [{ field: 'mentions', rule: 'too-long', limit: LIMITS.mentions }],
      });
    }
    const labels = await this.labels(tx, workspaceId, unique);
    return unique.map(({ kind, id }) => {
      if (kind === 'TEAM' && id === workspaceId && !rights.mentionTeam) {
        throw new AppError('forbidden', { action: 'message.mention-team', who: ['KETUA_TIM'] });
      }
      const label = labels.get(`${kind} ${id}`);
      if (label === undefined) throw new AppError('message.mention-elsewhere', { kind, id });
      return { kind, id, label };
    });
  }

  private async labels(
    tx: EntityManager,
    workspaceId: string,
    mentions: readonly Mention[],
  ): Promise<Map<string, string>> {
    const labels = new Map([[`TEAM ${workspaceId}`, TEAM_LABEL]]);
    const persons = mentions.filter(({ kind }) => kind === 'PERSON').map(({ id }) => id);
    const units = await tx.query<{ opd_id: string }[]>(
      `SELECT opd_id FROM task_opds WHERE task_id = $1 AND acceptance <> 'DECLINED'`,
      [workspaceId],
    );
    const opdIds = new Set(units.map((row) => row.opd_id));
    for (const { kind, id } of mentions) {
      if (kind !== 'OPD' || !opdIds.has(id)) continue;
      labels.set(`OPD ${id}`, (await this.organization.opdRef(id, tx)).abbreviation);
    }
    if (persons.length === 0) return labels;
    const members = await tx.query<{ person_id: string }[]>(
      'SELECT person_id FROM work_team_members WHERE task_id = $1 AND person_id = ANY($2::uuid[])',
      [workspaceId, persons],
    );
    const present = new Set(members.map((row) => row.person_id));
    for (const id of persons)
      if (!present.has(id) && (await this.leadsOneOf(id, opdIds, tx))) present.add(id);
    for (const { id, name } of (await this.organization.personViews(present, tx)).values()) {
      labels.set(`PERSON ${id}`, mentionLabel(name));
    }
    return labels;
  }

  private async leadsOneOf(
    personId: string,
    opdIds: ReadonlySet<string>,
    tx: EntityManager,
  ): Promise<boolean> {
    const roles = await this.organization.rolesOf(personId, this.today.day(), tx);
    return roles.some(({ role, opdId }) => role === 'KEPALA_OPD' && opdId !== null && opdIds.has(opdId));
  }
}
