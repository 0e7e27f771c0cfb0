import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { addDays, AppError, type Day } from '#libs/contracts';
import { OpdHistory } from './opd-history.entity.js';
import { Opd } from './opd.entity.js';

export interface OpdInput {
  code: string;
  name: string;
  abbreviation: string;
  kind: string;
  /** Null for the city itself. */
  parentCode: string | null;
}

export interface Saved {
  added: string[];
  changed: string[];
  unchanged: string[];
  /** Ids of known units whose place or kind changed. */
  movedIds: string[];
}

/** Compares units with what is stored and writes the difference; codes in the answer. */
export async function saveOpds(tx: EntityManager, units: readonly OpdInput[], day: Day): Promise<Saved> {
  const stored = new Map((await tx.find(Opd)).map((opd) => [opd.code, opd]));
  const idOf = new Map([...stored].map(([code, opd]) => [code, opd.id]));
  for (const { code } of units) if (!idOf.has(code)) idOf.set(code, randomUUID());
  const parentId = ({ parentCode }: OpdInput): string | null => {
    if (parentCode === null) return null;
    const id = idOf.get(parentCode);
    if (!id) throw new AppError('validation', { fields: [{ field: 'parentCode', rule: 'not-one-of' }] });
    return id;
  };

  const saved: Saved = { added: [], changed: [], unchanged: [], movedIds: [] };
  const fresh = units.filter(({ code }) => !stored.has(code));
  // Parents follow in a second step, since a child may come first.
  await tx.insert(
    Opd,
    fresh.map(({ parentCode: _, ...unit }) => ({
      ...unit,
      id: idOf.get(unit.code),
      parentId: null,
      validFrom: day,
    })),
  );
  for (const unit of fresh) {
    await tx.update(Opd, { code: unit.code }, { parentId: parentId(unit) });
    saved.added.push(unit.code);
  }
  for (const unit of units) {
    const old = stored.get(unit.code);
    if (!old) continue;
    const next = {
      name: unit.name,
      abbreviation: unit.abbreviation,
      kind: unit.kind,
      parentId: parentId(unit),
    };
    const called = next.name !== old.name || next.abbreviation !== old.abbreviation;
    const moved = next.parentId !== old.parentId;
    if (!called && !moved && next.kind === old.kind) {
      saved.unchanged.push(unit.code);
      continue;
    }
    const keeps = (called || moved) && old.validFrom < day;
    if (keeps) {
      const { id: opdId, validFrom, name, abbreviation, parentId: oldParent } = old;
      await tx.insert(OpdHistory, {
        opdId,
        validFrom,
        validTo: addDays(day, -1),
        name,
        abbreviation,
        parentId: oldParent,
      });
    }
    // Changed on the day it began: a correction, not a new name.
    await tx.update(Opd, { id: old.id }, keeps ? { ...next, validFrom: day } : next);
    saved.changed.push(unit.code);
    if (moved || next.kind !== old.kind) saved.movedIds.push(old.id);
  }
  return saved;
}
