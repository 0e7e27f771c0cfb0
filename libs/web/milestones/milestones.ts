import type { ChangeMilestone, Day, MilestoneStatus, MilestoneView, WorkspaceRights } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { daysBetween } from '#libs/content';

/** The four statuses a person sets; the others come from verification. */
export const SETTABLE = [
  'NOT_STARTED',
  'IN_PROGRESS',
  'DONE',
  'STOPPED',
] as const satisfies readonly ChangeMilestone['status'][];

export function isDone(status: MilestoneStatus): boolean {
  return status === 'DONE' || status === 'VERIFIED';
}

/** How far the work is; what was stopped is not counted, as on the boards. */
export function milestoneProgress(milestones: readonly MilestoneView[]): { done: number; total: number } {
  const counted = milestones.filter((milestone) => milestone.status !== 'STOPPED');
  return { done: counted.filter((milestone) => isDone(milestone.status)).length, total: counted.length };
}

/** May the reader tick this one? The server decides again. */
export function mayChange(rights: WorkspaceRights, milestone: MilestoneView): boolean {
  if (milestone.status === 'VERIFIED' || rights.milestones === 'none') return false;
  return rights.milestones === 'all' || rights.milestones.opdIds.includes(milestone.opd.id);
}

/** Calendar days past the due date of what is not finished; 0 when in time. */
export function daysLate(milestone: MilestoneView, today: Day): number {
  if (milestone.dueDate === null || isDone(milestone.status) || milestone.status === 'STOPPED') return 0;
  return Math.max(0, daysBetween(milestone.dueDate, today));
}

/** The reader's last unsent change of each milestone. */
export function pendingChanges(
  pending: readonly PendingCommand[],
): ReadonlyMap<string, PendingCommand<'milestone.change'>> {
  const changes = new Map<string, PendingCommand<'milestone.change'>>();
  for (const command of pending) {
    if (command.type === 'milestone.change') changes.set(command.data.milestoneId, command);
  }
  return changes;
}
