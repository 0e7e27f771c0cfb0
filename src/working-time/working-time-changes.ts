import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  addDays,
  AppError,
  type ActorView,
  type Day,
  type WorkingTimeRule,
  type WorkingTimeView,
} from '#libs/contracts';
import { asAppError } from '#libs/database';
import { Today } from '../access/today.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import {
  ASSUMED_FROM,
  endWorkingTime,
  lockWorkingTimes,
  readWorkingTimes,
  saveWorkingTime,
  withdrawWorkingTime,
} from './working-time.queries.js';
import { WorkingTimeService } from './working-time.service.js';

/** A rule somebody wishes for; the zone is that of the city. */
export type NewWorkingTime = Omit<WorkingTimeView, 'zone'>;

export type BroughtIn = 'added' | 'changed' | 'unchanged' | 'begun' | 'decided';

/**
 * Everything that changes working hours. What has been worked by stays: a rule begins tomorrow at the earliest, one
 * that has begun can only be ended, from today on; one that has not can be withdrawn. Each call is one transaction.
 */
@Injectable()
export class WorkingTimeChanges {
  constructor(
    private readonly source: DataSource,
    private readonly organization: OrganizationService,
    private readonly times: WorkingTimeService,
    private readonly today: Today,
  ) {}

  /**
   * Adds hours for a unit or the city. The same id with the same content again changes nothing.
   * @throws AppError `forbidden`, `not-found`, `working-time.begun`, `organization.duplicate`, `validation`
   */
  async add(actor: ActorView, wish: NewWorkingTime): Promise<WorkingTimeView> {
    await this.assertAdmin(actor, 'working-time.add');
    if (wish.opdId !== null) await this.organization.opdRef(wish.opdId);
    assertWhole(wish);
    return this.change(async (tx, rules) => {
      const rule = { ...wish, zone: zoneOf(rules) };
      const known = rules.find(({ id }) => id === rule.id);
      if (known && isSame(known, rule)) return known;
      if (known) throw new AppError('organization.duplicate', { field: 'id' });
      const tomorrow = addDays(this.today.day(), 1);
      if (rule.validFrom < tomorrow) throw new AppError('working-time.begun', { from: tomorrow });
      if (rules.some((other) => isTwin(other, rule))) {
        throw new AppError('organization.duplicate', { field: 'validFrom' });
      }
      await saveWorkingTime(tx, rule, actor.id);
      return rule;
    });
  }

  /**
   * `lastDay` is the last day the rule holds, today at the earliest; a day before its first withdraws a rule that has
   * not begun. What counted before it counts again afterwards.
   * @throws AppError `forbidden`, `not-found`, `working-time.begun`, `working-time.needed`, `validation`
   */
  async end(actor: ActorView, id: string, lastDay: Day): Promise<void> {
    await this.assertAdmin(actor, 'working-time.end');
    await this.change(async (tx, rules) => {
      const rule = rules.find((other) => other.id === id);
      if (!rule) throw new AppError('not-found', {});
      if (rule.validTo === lastDay) return;
      const today = this.today.day();
      const hasBegun = rule.validFrom <= today;
      if (hasBegun && lastDay < today) throw new AppError('working-time.begun', { from: today });
      if (rule.validTo !== null && lastDay > rule.validTo) throw outOfRange('lastDay');
      if (isBase(rule) && !rules.some((other) => other !== rule && carries(other, rule, lastDay))) {
        throw new AppError('working-time.needed', {});
      }
      if (lastDay < rule.validFrom) await withdrawWorkingTime(tx, id);
      else await endWorkingTime(tx, id, lastDay, actor.id);
    });
  }

  /**
   * Brings in a rule of a file. It may also fill past days, as long as nobody has said for them yet what counts.
   * @returns what came of it; `begun` and `decided` are refusals
   */
  async bringIn(id: string, wish: Omit<NewWorkingTime, 'id'>, dryRun: boolean): Promise<BroughtIn> {
    return this.change(async (tx, rules) => {
      const rule = { ...wish, id, zone: zoneOf(rules) };
      const twin = rules.find((other) => isTwin(other, rule));
      if (twin && isSame(twin, rule)) return 'unchanged';
      const today = this.today.day();
      if (twin && twin.validFrom <= today) return 'begun';
      const isDecided = rules.some(
        (other) => isOfSamePlace(other, rule) && other.validFrom > ASSUMED_FROM && meet(other, rule, today),
      );
      if (!twin && isDecided) return 'decided';
      if (!dryRun) await saveWorkingTime(tx, { ...rule, id: twin?.id ?? id }, null);
      return twin ? 'changed' : 'added';
    });
  }

  /** All rules, also ended ones; with a unit, its own and the city's. @throws AppError `forbidden` */
  async list(actor: ActorView, opdId?: string): Promise<WorkingTimeView[]> {
    await this.assertAdmin(actor, 'working-time.list');
    const rules = await readWorkingTimes(this.source);
    return rules.filter((rule) => opdId === undefined || rule.opdId === null || rule.opdId === opdId);
  }

  private async assertAdmin(actor: ActorView, action: string): Promise<void> {
    const roles = await this.organization.rolesOf(actor.id, this.today.day());
    if (roles.some(({ role }) => role === 'ADMIN_SISTEM')) return;
    throw new AppError('forbidden', { action, who: ['ADMIN_SISTEM'] });
  }

  private async change<T>(work: (tx: EntityManager, rules: WorkingTimeView[]) => Promise<T>): Promise<T> {
    try {
      const answer = await this.source.transaction(async (tx) => {
        await lockWorkingTimes(tx);
        return work(tx, await readWorkingTimes(tx));
      });
      this.times.refresh();
      return answer;
    } catch (error) {
      throw asAppError(error);
    }
  }
}

function assertWhole({ kind, validFrom, validTo, hours }: NewWorkingTime): void {
  if (validTo !== null && validTo < validFrom) throw outOfRange('validTo');
  if (kind === 'RAMADAN' && validTo === null) {
    throw new AppError('validation', { fields: [{ field: 'validTo', rule: 'required' }] });
  }
  // A unit that never works would have no due date.
  if (hours.every((day) => day === '')) {
    throw new AppError('validation', { fields: [{ field: 'hours', rule: 'required' }] });
  }
}

/** About the same: of one of them only the one that began last counts on a day. */
function isOfSamePlace(a: WorkingTimeRule, b: WorkingTimeRule): boolean {
  const isForPattern = a.opdId === null && a.kind === 'RAMADAN';
  return a.opdId === b.opdId && a.kind === b.kind && (!isForPattern || a.pattern === b.pattern);
}

function isTwin(a: WorkingTimeRule, b: WorkingTimeRule): boolean {
  return isOfSamePlace(a, b) && a.validFrom === b.validFrom;
}

function isSame(a: WorkingTimeRule, b: WorkingTimeRule): boolean {
  return (
    isTwin(a, b) &&
    a.pattern === b.pattern &&
    a.validTo === b.validTo &&
    a.hours.join('|') === b.hours.join('|') &&
    a.worksOnHolidays === b.worksOnHolidays &&
    a.worksOnJointLeave === b.worksOnJointLeave
  );
}

/** Both hold on a day that is not in the future. */
function meet(a: WorkingTimeRule, b: WorkingTimeRule, today: Day): boolean {
  const from = a.validFrom > b.validFrom ? a.validFrom : b.validFrom;
  return [a.validTo, b.validTo, today].every((to) => to === null || from <= to);
}

function isBase({ opdId, kind }: WorkingTimeRule): boolean {
  return opdId === null && kind === 'ORDINARY';
}

/** Whether a rule goes on for the city after the last day of another one. */
function carries(other: WorkingTimeRule, ended: WorkingTimeRule, lastDay: Day): boolean {
  const next = addDays(lastDay, 1);
  const needed = next > ended.validFrom ? next : ended.validFrom;
  return isBase(other) && other.validTo === null && other.validFrom <= needed;
}

/** All rules are in the zone of the city's oldest one, so that no day of a unit is in two. */
function zoneOf(rules: readonly WorkingTimeRule[]): WorkingTimeRule['zone'] {
  return rules.find(isBase)?.zone ?? 'Asia/Jakarta';
}

function outOfRange(field: string): AppError<'validation'> {
  return new AppError('validation', { fields: [{ field, rule: 'out-of-range' }] });
}
