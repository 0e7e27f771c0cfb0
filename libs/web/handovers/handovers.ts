import {
  READ_ONLY_STATUSES,
  type HandoverView,
  type TaskStatus,
  type WorkspaceRights,
} from '#libs/contracts';

/** Whether the reader may take the next step: for the unit that holds it, or as the Sekda. */
export function waitsForReader({ status, holder }: HandoverView, rights: WorkspaceRights): boolean {
  if (status === 'DONE') return false;
  if (status === 'WITH_SEKDA') return rights.decideAs.some(({ role }) => role === 'SEKDA');
  return rights.handOver.includes(holder.id);
}

/** Those that wait for the reader, those that others hold, and those that are done; the ones that changed last first. */
export function grouped(
  handovers: readonly HandoverView[],
  rights: WorkspaceRights,
  status: TaskStatus,
): { mine: HandoverView[]; open: HandoverView[]; done: HandoverView[] } {
  const newest = [...handovers].reverse();
  const isMine = (one: HandoverView) => !READ_ONLY_STATUSES.has(status) && waitsForReader(one, rights);
  return {
    mine: newest.filter(isMine),
    open: newest.filter((one) => one.status !== 'DONE' && !isMine(one)),
    done: newest.filter((one) => one.status === 'DONE'),
  };
}
