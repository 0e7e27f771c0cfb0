import { Injectable, Logger } from '@nestjs/common';
import { Subject } from 'rxjs';
import { DataSource, In, type EntityManager } from 'typeorm';
import {
  AppError,
  FIVE_DAY_WEEK,
  type ActorView,
  type Day,
  type HeldRole,
  type HolidayKind,
  type OpdRef,
  type PersonChoice,
  type PositionView,
  type Role,
  type WorkCalendar,
} from '#libs/contracts';
import { Cached } from './cached.js';
import { Holiday } from './holiday.entity.js';
import { toOpdRef, Opd } from './opd.entity.js';
import {
  grantees,
  grantsOf,
  leadingPosts,
  positionRows,
  staffRows,
  unitsOn,
} from './organization.queries.js';
import { superiorsOf, type Chain } from './superiors.js';
import { composeName, type NameParts } from './person-name.js';
import { Person } from './person.entity.js';
import {
  ANSWERING_KINDS,
  fieldOf,
  heldRoles,
  holdersAmong,
  type Holder,
  type Post,
} from './position-roles.js';

export { Cached } from './cached.js';
export { LEADING_KINDS, type Holder, type Post } from './position-roles.js';

// Other instances' changes are seen after this; our own at once.
const KEEP_MS = 10_000;

/** Where to read: a caller inside a transaction gives its own, so that it never waits for a second connection. */
type Reader = Pick<EntityManager, 'query' | 'getRepository'>;

/** Persons and units by id, as views show them. */
export interface Names {
  person(id: string): ActorView;
  opd(id: string): OpdRef;
}

interface Units {
  all: Opd[];
  byId: ReadonlyMap<string, Opd>;
  byCode: ReadonlyMap<string, Opd>;
  /** Unit id to the id of the asisten in whose field it lies. */
  fieldById: ReadonlyMap<string, string>;
}

/** Roles of a person, given the leading posts in the units where the person has one, and what was granted. */
export function rolesAmong(personId: string, posts: Post[], granted: HeldRole[]): HeldRole[] {
  const own = heldRoles(posts).filter((held) => held.personId === personId);
  const roles = [...own.map(({ role, opdId }) => ({ role, opdId })), ...granted];
  return roles.filter(
    (held, at) => roles.findIndex((other) => other.role === held.role && other.opdId === held.opdId) === at,
  );
}

function toView(
  { id, opdId, ...name }: NameParts & Pick<Person, 'id' | 'opdId'>,
  byId: Units['byId'],
): ActorView {
  return { id, name: composeName(name), opd: (opdId && byId.get(opdId)?.abbreviation) || '' };
}

/** Who is who, in which unit, with which role on which day. Writes are in `OrganizationChanges`. */
@Injectable()
export class OrganizationService {
  /**
   * Ids of persons whose rights may have become other ones, after the change is committed. Rights also change
   * without it, at midnight in Jambi, when a dated post begins or ends: see `Today.turned`.
   */
  readonly changed = new Subject<string[]>();

  private readonly units = new Cached((db: Reader) => this.loadUnits(db), KEEP_MS);
  private readonly holidayKinds = new Cached((db: Reader) => this.loadHolidays(db), KEEP_MS);

  constructor(private readonly source: DataSource) {}

  /** All units, also ended ones, by code. */
  async opds(): Promise<Opd[]> {
    return (await this.units.get(this.source)).all;
  }

  /** Units that can take part in tasks on a day, by name. */
  async opdsOn(day: Day): Promise<OpdRef[]> {
    return (await this.opds())
      .filter(({ kind, validFrom, validTo }) => ANSWERING_KINDS.has(kind) && holdsOn(day, validFrom, validTo))
      .map(toOpdRef)
      .sort((a, b) => a.name.localeCompare(b.name, 'id'));
  }

  /** Who has a post in the unit on a day, by name. @throws AppError `not-found` */
  async staffOf(opdId: string, day: Day, db: Reader = this.source): Promise<PersonChoice[]> {
    const { abbreviation } = await this.opdRef(opdId, db);
    return (await staffRows(db, opdId, day)).map(({ id, title, mode, ...name }) => ({
      id,
      name: composeName(name),
      opd: abbreviation,
      position: mode === 'DEFINITIVE' ? title : `${mode === 'PLT' ? 'Plt.' : 'Plh.'} ${title}`,
    }));
  }

  async opdByCode(code: string): Promise<Opd | null> {
    return (await this.units.get(this.source)).byCode.get(code) ?? null;
  }

  /** @throws AppError `not-found` */
  async opdRef(opdId: string, db: Reader = this.source): Promise<OpdRef> {
    const opd = (await this.units.get(db)).byId.get(opdId);
    if (!opd) throw new AppError('not-found', {});
    return toOpdRef(opd);
  }

  /** @throws AppError `not-found` */
  async personView(personId: string): Promise<ActorView> {
    const view = (await this.personViews([personId])).get(personId);
    if (!view) throw new AppError('not-found', {});
    return view;
  }

  /** How views show a person whose row was read elsewhere. */
  async viewOf(person: NameParts & Pick<Person, 'id' | 'opdId'>): Promise<ActorView> {
    return toView(person, (await this.units.get(this.source)).byId);
  }

  /** By person id; who is not known is not in it. */
  async personViews(personIds: Iterable<string>, db: Reader = this.source): Promise<Map<string, ActorView>> {
    const ids = [...new Set(personIds)];
    if (ids.length === 0) return new Map();
    const { byId } = await this.units.get(db);
    const persons = await db.getRepository(Person).findBy({ id: In(ids) });
    return new Map(persons.map((person) => [person.id, toView(person, byId)]));
  }

  /** All that a view has to name, with one question for the persons. Ids may repeat and may be null. */
  async namesOf(
    personIds: Iterable<string | null>,
    opdIds: Iterable<string | null>,
    db: Reader = this.source,
  ): Promise<Names> {
    const opds = new Map<string, OpdRef>();
    for (const id of new Set(opdIds)) if (id !== null) opds.set(id, await this.opdRef(id, db));
    const persons = await this.personViews(
      [...personIds].filter((id) => id !== null),
      db,
    );
    return {
      person: (id) => persons.get(id) ?? missing('person', id),
      opd: (id) => opds.get(id) ?? missing('unit', id),
    };
  }

  /** Person ids by NIP, for imports. */
  async personIdsByNip(nips: Iterable<string>): Promise<Map<string, string>> {
    const persons = await this.source.getRepository(Person).findBy({ nip: In([...new Set(nips)]) });
    return new Map(persons.flatMap(({ nip, id }): [string, string][] => (nip === null ? [] : [[nip, id]])));
  }

  async personIdByEmail(email: string): Promise<string | null> {
    const person = await this.source.getRepository(Person).findOneBy({ email: email.trim().toLowerCase() });
    return person?.id ?? null;
  }

  /** Posts held on a day, the definitive one first. */
  async positionsOf(personId: string, day: Day): Promise<PositionView[]> {
    const rows = await positionRows(this.source, personId, day);
    return rows.map(({ title, mode, validFrom, validTo, ...opd }) => ({
      title,
      opd,
      mode,
      validFrom,
      validTo,
    }));
  }

  /** Whether somebody has a post on a day. */
  async holdsPost(personId: string, day: Day, db: Reader = this.source): Promise<boolean> {
    return (await positionRows(db, personId, day)).length > 0;
  }

  /** Roles held on a day, from posts and grants. */
  async rolesOf(personId: string, day: Day, db: Reader = this.source): Promise<HeldRole[]> {
    const posts = await leadingPosts(db, day, { unitsOf: personId });
    return rolesAmong(personId, posts, await grantsOf(db, personId, day));
  }

  /** Ids of the persons who hold a role on a day; `opdId` null for the roles about the whole city. */
  async holdersOf(role: Role, opdId: string | null, day: Day): Promise<string[]> {
    const [posts, granted] = await Promise.all([
      leadingPosts(this.source, day, opdId === null ? 'everywhere' : { opdIds: [opdId] }),
      grantees(this.source, role, opdId, day),
    ]);
    const held = heldRoles(posts).filter((post) => post.role === role && post.opdId === opdId);
    return [...new Set([...held.map(({ personId }) => personId), ...granted])];
  }

  /** Who holds roles on a day and how, from one reading of all leading posts. */
  async leadership(day: Day, db: Reader = this.source): Promise<(held: HeldRole) => Holder[]> {
    const posts = await leadingPosts(db, day, 'everywhere');
    return (held) => holdersAmong(posts, held);
  }

  /** Who is above whom, and who holds which post, on a day; units stand where they stood then. */
  async chainOn(day: Day, db: Reader = this.source): Promise<Chain> {
    const units = new Map((await unitsOn(db, day)).map((unit) => [unit.id, unit]));
    const held = heldRoles(await leadingPosts(db, day, 'everywhere'));
    return {
      superiorsOf: (post) => superiorsOf(post, units),
      holdersOf: ({ role, opdId }) =>
        held.filter((post) => post.role === role && post.opdId === opdId).map(({ personId }) => personId),
    };
  }

  /** Who leads these units on a day, stand-ins included, by unit. */
  async headsOf(
    opdIds: readonly string[],
    day: Day,
    db: Reader = this.source,
  ): Promise<Map<string, string[]>> {
    const heads = new Map<string, string[]>();
    if (opdIds.length === 0) return heads;
    for (const { role, opdId, personId } of heldRoles(await leadingPosts(db, day, { opdIds }))) {
      if (role === 'KEPALA_OPD' && opdId !== null) heads.set(opdId, [...(heads.get(opdId) ?? []), personId]);
    }
    return heads;
  }

  /** Ids of the asisten units in whose fields these units lie, each once. */
  async fieldsOf(opdIds: Iterable<string>, db: Reader = this.source): Promise<string[]> {
    const { fieldById } = await this.units.get(db);
    return [...new Set([...opdIds].map((id) => fieldById.get(id)).filter((id) => id !== undefined))];
  }

  /** The office week, Monday to Friday, with the holidays that are loaded. */
  async calendar(): Promise<WorkCalendar> {
    return { workingWeekdays: [...FIVE_DAY_WEEK], holidays: new Set((await this.holidays()).keys()) };
  }

  /** Public holidays and joint leave that are loaded. The same map as long as it is kept. */
  holidays(db: Reader = this.source): Promise<ReadonlyMap<Day, HolidayKind>> {
    return this.holidayKinds.get(db);
  }

  /** Forgets what is kept in memory, and tells whose rights changed. Called by `OrganizationChanges` after a commit. */
  refresh(personIds: Iterable<string>): void {
    this.units.clear();
    this.holidayKinds.clear();
    const ids = [...new Set(personIds)];
    if (ids.length === 0) return;
    try {
      this.changed.next(ids);
    } catch (error) {
      // The change is committed: a listener's fault must not look like its failure.
      Logger.error({ err: error }, 'Organization');
    }
  }

  private async loadUnits(db: Reader): Promise<Units> {
    const all = await db.getRepository(Opd).find({ order: { code: 'ASC' } });
    const byId = new Map(all.map((opd) => [opd.id, opd]));
    const byCode = new Map(all.map((opd) => [opd.code, opd]));
    const places = new Map(
      all.map(({ code, kind, parentId }) => [
        code,
        { kind, parentCode: (parentId && byId.get(parentId)?.code) || null },
      ]),
    );
    const fieldById = new Map<string, string>();
    for (const { id, code } of all) {
      const asisten = byCode.get(fieldOf(code, places) ?? '');
      if (asisten) fieldById.set(id, asisten.id);
    }
    return { all, byId, byCode, fieldById };
  }

  private async loadHolidays(db: Reader): Promise<ReadonlyMap<Day, HolidayKind>> {
    const holidays = await db.getRepository(Holiday).find();
    return new Map(holidays.map(({ day, kind }) => [day, kind]));
  }
}

function holdsOn(day: Day, from: Day, to: Day | null): boolean {
  return from <= day && (to === null || to >= day);
}

function missing(what: string, id: string): never {
  throw new Error(`${what} ${id} was not asked for`);
}
