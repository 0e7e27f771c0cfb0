import { CATCH_UP_SECTIONS, type CatchUpSection, type CatchUpTask } from '#libs/contracts';

/** What is new in a task, by kind and in the order in which it is told; kinds with nothing are left out. */
export function countsOf({ changes, mine, unread }: CatchUpTask): [CatchUpSection, number][] {
  const counts: Record<CatchUpSection, number> = { ...changes, MINE: mine, TALK: unread };
  return CATCH_UP_SECTIONS.flatMap((section) =>
    counts[section] > 0 ? [[section, counts[section]] as [CatchUpSection, number]] : [],
  );
}
