import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { addDays, AppError, isDay, type Day } from '#libs/contracts';
import { asAppError } from '#libs/database';
import { saveHolidays, type HolidayInput } from './holiday.store.js';
import { saveOpds, type OpdInput, type Saved } from './opd.store.js';
import { leadersIn } from './organization.queries.js';
import { OrganizationService } from './organization.service.js';
import { composeName } from './person-name.js';
import { savePeople, saveAssignments, type AssignmentInput, type PeoplePlan } from './people.store.js';
import type { GrantableRole } from './position-roles.js';

// Changes of the organisation wait for each other: they are rare, and an import reads before it writes.
const ORGANIZATION_LOCK = 20_251_125;

export interface NewPerson {
  nip: string | null;
  frontTitles: string;
  name: string;
  backTitles: string;
  email: string | null;
  opdId: string | null;
}

export interface NewGrant {
  personId: string;
  role: GrantableRole;
  opdId: string | null;
  validFrom: Day;
  validTo?: Day | null;
}

/**
 * Everything that changes units, people, posts, grants and holidays. Each call is one transaction, and afterwards
 * tells `OrganizationService.changed` whose rights it touched; that list is also its answer where it says so.
 */
@Injectable()
export class OrganizationChanges {
  constructor(
    private readonly source: DataSource,
    private readonly organization: OrganizationService,
  ) {}

  /**
   * Adds units, or renames and moves those whose code is known; an earlier name is kept with its days.
   * Parents are named by code and may be in the same list. @throws AppError `validation` for an unknown parent
   */
  async upsertOpds(units: readonly OpdInput[], day: Day): Promise<Saved & { personIds: string[] }> {
    return this.change(async (tx) => {
      const saved = await saveOpds(tx, units, day);
      // A unit that moved may lie in another field, and one of another kind has other posts.
      const personIds = saved.movedIds.length > 0 ? await this.everyLeader(tx, day) : [];
      return [{ ...saved, personIds }, personIds];
    });
  }

  upsertOpd(unit: OpdInput, day: Day): Promise<Saved & { personIds: string[] }> {
    return this.upsertOpds([unit], day);
  }

  /** @returns the new person's id. @throws AppError `organization.duplicate` for a known NIP or e-mail */
  async addPerson(person: NewPerson): Promise<string> {
    if (composeName(person).trim() === '') {
      throw new AppError('validation', { fields: [{ field: 'name', rule: 'required' }] });
    }
    return this.change(async (tx) => {
      const email = person.email?.trim().toLowerCase() ?? null;
      const [known] = await tx.query<{ field: string }[]>(
        `SELECT CASE WHEN nip = $1 THEN 'nip' ELSE 'email' END AS field FROM persons WHERE nip = $1 OR email = $2`,
        [person.nip, email],
      );
      if (known) throw new AppError('organization.duplicate', known);
      const id = randomUUID();
      await savePeople(tx, { insert: [{ ...person, email, id }], update: [], assign: [], regrade: [] });
      return [id, []];
    });
  }

  /** What an import worked out; see `PeoplePlan`. @returns persons whose rights changed */
  async applyPeople(work: (tx: EntityManager) => Promise<PeoplePlan>): Promise<string[]> {
    return this.change(async (tx) => {
      const plan = await work(tx);
      await savePeople(tx, plan);
      const personIds = await this.touchedBy(tx, plan.assign);
      return [personIds, personIds];
    });
  }

  /**
   * Gives a post. A definitive one ends the person's definitive post before it, the day before; a Plt. or Plh. stands
   * beside it. @returns persons whose rights changed: a Plh. also touches who is stood in for
   */
  async assignPosition(assignment: Omit<AssignmentInput, 'id'>): Promise<string[]> {
    assertDays(assignment.validFrom, assignment.validTo);
    return this.change(async (tx) => {
      const before = await tx.query<{ opdId: string }[]>(
        `SELECT opd_id AS "opdId" FROM position_assignments WHERE person_id = $1`,
        [assignment.personId],
      );
      await saveAssignments(tx, [{ ...assignment, id: randomUUID() }]);
      const opdIds = [assignment.opdId, ...before.map(({ opdId }) => opdId)];
      const personIds = [assignment.personId, ...(await leadersIn(tx, opdIds, assignment.validFrom))];
      return [personIds, personIds];
    });
  }

  /** `lastDay` is the last day the post is held. @throws AppError `not-found` @returns persons whose rights changed */
  async endPosition(assignmentId: string, lastDay: Day): Promise<string[]> {
    return this.change(async (tx) => {
      const [row] = await tx.query<{ personId: string; opdId: string; validFrom: Day }[]>(
        `SELECT person_id AS "personId", opd_id AS "opdId", valid_from::text AS "validFrom"
           FROM position_assignments WHERE id = $1 FOR UPDATE`,
        [assignmentId],
      );
      if (!row) throw new AppError('not-found', {});
      assertDays(row.validFrom, lastDay);
      await tx.query('UPDATE position_assignments SET valid_to = $2 WHERE id = $1', [assignmentId, lastDay]);
      const personIds = [row.personId, ...(await leadersIn(tx, [row.opdId], addDays(lastDay, 1)))];
      return [personIds, personIds];
    });
  }

  /** Grants a role no post gives; the same grant again changes nothing. @returns persons whose rights changed */
  async grantRole({ personId, role, opdId, validFrom, validTo = null }: NewGrant): Promise<string[]> {
    assertDays(validFrom, validTo);
    return this.change(async (tx) => {
      const added = await tx.query<unknown[]>(
        `INSERT INTO role_grants (id, person_id, role, opd_id, valid_from, valid_to)
         SELECT $1::uuid, $2::uuid, $3, $4::uuid, $5::date, $6::date
          WHERE NOT EXISTS (
            SELECT FROM role_grants WHERE person_id = $2 AND role = $3 AND opd_id IS NOT DISTINCT FROM $4::uuid
               AND valid_from <= $5::date AND (valid_to IS NULL OR valid_to >= $6::date))
         RETURNING id`,
        [randomUUID(), personId, role, opdId, validFrom, validTo],
      );
      const personIds = added.length > 0 ? [personId] : [];
      return [personIds, personIds];
    });
  }

  /** Ends a grant: `lastDay` is the last day the role is held. @returns persons whose rights changed */
  async revokeRole(
    personId: string,
    role: GrantableRole,
    opdId: string | null,
    lastDay: Day,
  ): Promise<string[]> {
    return this.change(async (tx) => {
      const open = `person_id = $1 AND role = $2 AND opd_id IS NOT DISTINCT FROM $3::uuid
                    AND (valid_to IS NULL OR valid_to > $4::date)`;
      await tx.query(`DELETE FROM role_grants WHERE ${open} AND valid_from > $4::date`, [
        personId,
        role,
        opdId,
        lastDay,
      ]);
      await tx.query(`UPDATE role_grants SET valid_to = $4 WHERE ${open}`, [personId, role, opdId, lastDay]);
      return [[personId], [personId]];
    });
  }

  /** Adds holidays, or renames those of a known day. */
  async upsertHolidays(holidays: readonly HolidayInput[]): Promise<void> {
    await this.change(async (tx) => {
      await saveHolidays(tx, holidays);
      return [undefined, []];
    });
  }

  /** Whoever gets a post, and the leaders of the units concerned. */
  private async touchedBy(tx: EntityManager, assignments: readonly AssignmentInput[]): Promise<string[]> {
    const [first] = assignments;
    if (!first) return [];
    const opdIds = [...new Set(assignments.map(({ opdId }) => opdId))];
    return [
      ...new Set([...assignments.map((a) => a.personId), ...(await leadersIn(tx, opdIds, first.validFrom))]),
    ];
  }

  private async everyLeader(tx: EntityManager, day: Day): Promise<string[]> {
    const opds = await tx.query<{ id: string }[]>('SELECT id FROM opds');
    return leadersIn(
      tx,
      opds.map(({ id }) => id),
      day,
    );
  }

  private async change<T>(work: (tx: EntityManager) => Promise<[T, string[]]>): Promise<T> {
    try {
      const [answer, personIds] = await this.source.transaction(async (tx) => {
        await tx.query('SELECT pg_advisory_xact_lock($1)', [ORGANIZATION_LOCK]);
        return work(tx);
      });
      this.organization.refresh(personIds);
      return answer;
    } catch (error) {
      throw asAppError(error);
    }
  }
}

function assertDays(from: Day, to: Day | null | undefined): void {
  const wrong = !isDay(from) ? 'validFrom' : to != null && (!isDay(to) || to < from) ? 'validTo' : null;
  if (wrong) throw new AppError('validation', { fields: [{ field: wrong, rule: 'not-a-date' }] });
}
