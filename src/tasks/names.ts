import type { EntityManager } from 'typeorm';
import type { ActorView, OpdRef } from '#libs/contracts';
import type { OrganizationService } from '../organization/organization.service.js';

/** Persons and units by id, as views show them. */
export interface Names {
  person(id: string): ActorView;
  opd(id: string): OpdRef;
}

type Reader = Pick<EntityManager, 'query' | 'getRepository'>;

/** One question for all persons of a view; units come from memory. Ids may repeat and may be null. */
export async function namesFor(
  organization: OrganizationService,
  db: Reader,
  personIds: Iterable<string | null>,
  opdIds: Iterable<string | null>,
): Promise<Names> {
  const opds = new Map<string, OpdRef>();
  for (const id of new Set(opdIds)) {
    if (id !== null) opds.set(id, await organization.opdRef(id, db));
  }
  const known = [...new Set(personIds)].filter((id) => id !== null);
  const persons = await organization.personViews(known, db);
  return {
    person: (id) => persons.get(id) ?? missing('person', id),
    opd: (id) => opds.get(id) ?? missing('unit', id),
  };
}

function missing(what: string, id: string): never {
  throw new Error(`${what} ${id} was not asked for`);
}
