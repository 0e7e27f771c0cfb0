import type { EntityManager } from 'typeorm';
import type { Day, HeldRole, PositionMode } from '#libs/contracts';
import type { UnitOfDay } from './superiors.js';
import type { NameParts } from './person-name.js';
import { LEADING_KINDS, rolesOfPost, type Post } from './position-roles.js';

type Queryable = Pick<EntityManager, 'query'>;

/** Condition that a row with `valid_from` and `valid_to` holds on the day that is `$parameter`. */
const onDay = (alias: string, parameter: number) =>
  `${alias}.valid_from <= $${parameter}::date AND (${alias}.valid_to IS NULL OR ${alias}.valid_to >= $${parameter}::date)`;

const POSTS = `
  SELECT a.person_id AS "personId", a.opd_id AS "opdId", o.kind AS "opdKind", a.title,
         a.position_kind AS "positionKind", a.mode
    FROM position_assignments a JOIN opds o ON o.id = a.opd_id
   WHERE ${onDay('a', 1)} AND a.position_kind = ANY ($2)`;

/** Posts of a day that may lead: all, those of some units, or those of the units in which a person has one. */
export async function leadingPosts(
  db: Queryable,
  day: Day,
  where: 'everywhere' | { opdIds: readonly string[] } | { unitsOf: string },
): Promise<Post[]> {
  if (where === 'everywhere') return db.query<Post[]>(POSTS, [day, LEADING_KINDS]);
  if ('opdIds' in where) {
    return db.query<Post[]>(`${POSTS} AND a.opd_id = ANY ($3::uuid[])`, [day, LEADING_KINDS, where.opdIds]);
  }
  return db.query<Post[]>(
    `${POSTS} AND a.opd_id IN (SELECT opd_id FROM position_assignments WHERE person_id = $3)`,
    [day, LEADING_KINDS, where.unitsOf],
  );
}

export async function grantsOf(db: Queryable, personId: string, day: Day): Promise<HeldRole[]> {
  return db.query<HeldRole[]>(
    `SELECT DISTINCT role, opd_id AS "opdId" FROM role_grants g WHERE person_id = $2 AND ${onDay('g', 1)}`,
    [day, personId],
  );
}

/** The persons with a granted role, in a unit or (null) in the whole city. */
export async function grantees(
  db: Queryable,
  role: string,
  opdId: string | null,
  day: Day,
): Promise<string[]> {
  const rows = await db.query<{ id: string }[]>(
    `SELECT DISTINCT person_id AS id FROM role_grants g
      WHERE role = $2 AND opd_id IS NOT DISTINCT FROM $3::uuid AND ${onDay('g', 1)}`,
    [day, role, opdId],
  );
  return rows.map(({ id }) => id);
}

/** Everyone who could have a role in these units on a day, held or stood in for. */
export async function leadersIn(db: Queryable, opdIds: readonly string[], day: Day): Promise<string[]> {
  const posts = await leadingPosts(db, day, { opdIds });
  return posts.filter((post) => rolesOfPost(post).length > 0).map((post) => post.personId);
}

/** Units that there are on a day, below the ones they stood below then. */
export async function unitsOn(db: Queryable, day: Day): Promise<UnitOfDay[]> {
  return db.query<UnitOfDay[]>(
    `SELECT o.id, o.code, o.kind, CASE WHEN h.opd_id IS NULL THEN o.parent_id ELSE h.parent_id END AS "parentId"
       FROM opds o LEFT JOIN opd_history h ON h.opd_id = o.id AND ${onDay('h', 1)}
      WHERE o.valid_to IS NULL OR o.valid_to >= $1::date`,
    [day],
  );
}

export interface PositionRow {
  title: string;
  mode: PositionMode;
  validFrom: Day;
  validTo: Day | null;
  id: string;
  code: string;
  name: string;
  abbreviation: string;
}

export interface StaffRow extends NameParts {
  id: string;
  title: string;
  mode: PositionMode;
}

/** Everybody with a post in the unit on a day, by name, once each: the definitive post before one that is stood in for. */
export async function staffRows(db: Queryable, opdId: string, day: Day): Promise<StaffRow[]> {
  return db.query<StaffRow[]>(
    `SELECT * FROM (
       SELECT DISTINCT ON (p.id) p.id, p.name, p.front_titles AS "frontTitles", p.back_titles AS "backTitles",
              a.title, a.mode
         FROM position_assignments a JOIN persons p ON p.id = a.person_id
        WHERE a.opd_id = $2 AND ${onDay('a', 1)}
        ORDER BY p.id, (a.mode = 'DEFINITIVE') DESC, a.valid_from DESC) AS staff
      ORDER BY name, id`,
    [day, opdId],
  );
}

/** A person's posts on a day: the definitive one first, then the newest. */
export async function positionRows(db: Queryable, personId: string, day: Day): Promise<PositionRow[]> {
  return db.query<PositionRow[]>(
    `SELECT a.title, a.mode, a.valid_from::text AS "validFrom", a.valid_to::text AS "validTo",
            o.id, o.code, o.name, o.abbreviation
       FROM position_assignments a JOIN opds o ON o.id = a.opd_id
      WHERE a.person_id = $2 AND ${onDay('a', 1)}
      ORDER BY (a.mode = 'DEFINITIVE') DESC, a.valid_from DESC, a.title`,
    [day, personId],
  );
}
