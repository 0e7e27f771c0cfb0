import type { BoardScope, HeldRole, Role } from '#libs/contracts';
import { accessOf, CITY_LEADERS, type TaskFacts, type Who } from './access.policy.js';

/** What decides about a task's boards: the policy's facts, with the whole team in place of one member. */
export interface ScopeFacts extends Omit<TaskFacts, 'member'> {
  team: readonly (NonNullable<TaskFacts['member']> & { personId: string })[];
}

/** The roles that open a kind of board; a person's own is opened by nobody else. */
const OPENED_BY = {
  city: CITY_LEADERS,
  field: ['ASISTEN'],
  opd: ['KEPALA_OPD'],
  monitor: ['PEMANTAU'],
} as const satisfies Record<string, readonly Role[]>;
type Kind = keyof typeof OPENED_BY;

/** The boards that roles open, the wider in place of the narrower that lies in it. */
export function boardsOf(roles: readonly HeldRole[]): { scope: BoardScope; opdId: string | null }[] {
  const holds = (kind: Kind, { role }: HeldRole) => (OPENED_BY[kind] as readonly Role[]).includes(role);
  if (roles.some((held) => holds('city', held))) return [{ scope: 'city', opdId: null }];
  const monitorsAll = roles.some((held) => holds('monitor', held) && held.opdId === null);
  const boards = new Map<BoardScope, string | null>();
  if (monitorsAll) boards.set('monitor', null);
  for (const held of roles) {
    const { opdId } = held;
    if (opdId === null) continue;
    if (holds('field', held)) boards.set(`field:${opdId}`, opdId);
    if (holds('opd', held)) boards.set(`opd:${opdId}`, opdId);
    const within = monitorsAll || roles.some((own) => holds('opd', own) && own.opdId === opdId);
    if (holds('monitor', held) && !within) boards.set(`monitor:${opdId}`, opdId);
  }
  return [...boards].map(([scope, of]) => ({ scope, opdId: of }));
}

/**
 * The boards a task is shown on: those whose every viewer the policy lets see it. A unit that declined has it on its
 * boards no more, though its head may still open it.
 */
export function scopesOf({ team, ...task }: ScopeFacts): BoardScope[] {
  const sees = (who: Who, member: TaskFacts['member'] = null) =>
    accessOf(who, { ...task, member }).see !== 'nothing';
  const shown = (kind: Kind, opdId: string | null) =>
    OPENED_BY[kind].every((role) => sees({ personId: NOBODY, roles: [{ role, opdId }] }));
  const units = task.opds.filter((opd) => opd.acceptance !== 'DECLINED').map(({ opdId }) => opdId);
  const own = [task.createdBy, ...team.map(({ personId }) => personId), task.steeringId ?? NOBODY];
  const scopes: BoardScope[] = [];
  if (shown('city', null)) scopes.push('city');
  if (shown('monitor', null)) scopes.push('monitor');
  for (const id of task.asistenOpdIds) if (shown('field', id)) scopes.push(`field:${id}`);
  for (const id of units) if (shown('opd', id)) scopes.push(`opd:${id}`);
  for (const id of units) if (shown('monitor', id)) scopes.push(`monitor:${id}`);
  for (const personId of new Set(own)) {
    const place = team.find((member) => member.personId === personId);
    if (personId !== NOBODY && sees({ personId, roles: [] }, place)) scopes.push(`person:${personId}`);
  }
  // In one order: the same scopes are then no change of the row.
  return scopes.sort();
}

const NOBODY = '';
