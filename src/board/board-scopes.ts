import type { Acceptance, BoardScope, TaskStatus } from '#libs/contracts';

export interface ScopeFacts {
  status: TaskStatus;
  createdBy: string;
  memberIds: string[];
  opds: { opdId: string; coordinating: boolean; acceptance: Acceptance }[];
  /** Asisten units whose field covers one of the task's units. */
  fields: string[];
}

/**
 * The boards a task is shown on: a draft to its author and the head of the coordinating unit; a proposal also to the
 * leaders and the heads of the units it asks; from the assignment on also to the team.
 */
export function scopesOf({ status, createdBy, memberIds, opds, fields }: ScopeFacts): BoardScope[] {
  if (status === 'DRAFT') {
    const own = opds.filter((opd) => opd.coordinating);
    return [person(createdBy), ...own.map(({ opdId }): BoardScope => `opd:${opdId}`)];
  }
  const people = status === 'PROPOSED' ? [createdBy] : memberIds;
  const units = opds.filter((opd) => opd.acceptance !== 'DECLINED');
  return [
    'city',
    ...fields.map((id): BoardScope => `field:${id}`),
    ...units.map(({ opdId }): BoardScope => `opd:${opdId}`),
    ...people.map(person),
  ];
}

function person(id: string): BoardScope {
  return `person:${id}`;
}
