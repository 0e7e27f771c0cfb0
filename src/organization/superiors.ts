import type { PostRef } from '#libs/contracts';
import { ANSWERING_KINDS, fieldOf } from './position-roles.js';

/** A unit as it stands on a day. */
export interface UnitOfDay {
  id: string;
  code: string;
  kind: string;
  parentId: string | null;
}

/** Who is above whom, and who holds which post, on one day. */
export interface Chain {
  /** See `superiorsOf`. */
  superiorsOf(post: PostRef): PostRef[];
  /** Stand-ins instead of those they stand in for. */
  holdersOf(post: PostRef): string[];
}

const SECRETARIAT = 'sekretariat_daerah';

/**
 * The posts above a post, from the nearest to the Sekda: heads of the units above (a hospital's is that of the Dinas),
 * the asisten of the field, the Sekda. Nobody is above the Sekda here: the elected leaders look at a list, they are not
 * called. A team lead stands under the head of the unit that is named with the post.
 */
export function superiorsOf({ role, opdId }: PostRef, units: ReadonlyMap<string, UnitOfDay>): PostRef[] {
  const sekda: PostRef = { role: 'SEKDA', opdId: null };
  if (role === 'ASISTEN') return [sekda];
  const own = opdId === null ? undefined : units.get(opdId);
  if (!own || (role !== 'KEPALA_OPD' && role !== 'KETUA_TIM')) return [];
  const heads: PostRef[] = role === 'KETUA_TIM' ? [headOf(own)] : [];
  // The secretariat is led by the Sekda.
  if (own.kind === SECRETARIAT) return role === 'KETUA_TIM' ? [sekda] : [];

  const passed = new Set([own.id]);
  for (let at = parentOf(own, units); at && !passed.has(at.id); at = parentOf(at, units)) {
    if (!ANSWERING_KINDS.has(at.kind) || at.kind === SECRETARIAT) break;
    heads.push(headOf(at));
    passed.add(at.id);
  }
  const field = fieldIn(own, units);
  return [...heads, ...(field === null ? [] : [{ role: 'ASISTEN' as const, opdId: field }]), sekda];
}

function headOf({ id }: UnitOfDay): PostRef {
  return { role: 'KEPALA_OPD', opdId: id };
}

function parentOf({ parentId }: UnitOfDay, units: ReadonlyMap<string, UnitOfDay>): UnitOfDay | undefined {
  return parentId === null ? undefined : units.get(parentId);
}

function fieldIn(unit: UnitOfDay, units: ReadonlyMap<string, UnitOfDay>): string | null {
  const all = [...units.values()];
  const places = new Map(
    all.map((each) => [each.code, { kind: each.kind, parentCode: parentOf(each, units)?.code ?? null }]),
  );
  const code = fieldOf(unit.code, places);
  return all.find((each) => each.code === code)?.id ?? null;
}
