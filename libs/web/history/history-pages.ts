import { isTalk, type WorkspaceEvent } from '#libs/contracts';

/** Puts pages and live events into one list, newest first, each once. Messages have their own place and are left out. */
export function mergeHistory(
  have: readonly WorkspaceEvent[],
  more: readonly WorkspaceEvent[],
): readonly WorkspaceEvent[] {
  const known = new Set(have.map((event) => event.seq));
  const added = more.filter((event) => !known.has(event.seq) && !isElsewhere(event));
  return added.length === 0 ? have : [...have, ...added].sort((a, b) => b.seq - a.seq);
}

function isElsewhere({ type }: WorkspaceEvent): boolean {
  return isTalk(type) || type === 'withheld';
}
