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

/** Entries whose milestone carries the note it had before: their own change came without words. `events` newest first. */
export function unspokenNotes(events: readonly WorkspaceEvent[]): ReadonlySet<number> {
  const unspoken = new Set<number>();
  const notes = new Map<string, string | null>();
  for (const event of [...events].reverse()) {
    if (event.type !== 'milestone.added' && event.type !== 'milestone.changed') continue;
    const { id, note } = event.data.milestone;
    if (notes.get(id) === note) unspoken.add(event.seq);
    notes.set(id, note);
  }
  return unspoken;
}
