import type { ActorView, ThreadView } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';

/** A topic as the list shows it; `opening` while the command that opens it is still on its way. */
export interface TopicEntry {
  thread: ThreadView;
  opening: PendingCommand<'thread.open'> | null;
}

/** The room's topics and the reader's own that are not yet known to the others, newest activity first. */
export function topics(
  threads: readonly ThreadView[],
  pending: readonly PendingCommand[],
  reader: ActorView,
): TopicEntry[] {
  const known = new Set(threads.map((thread) => thread.id));
  const opening = pending.flatMap((command): TopicEntry[] =>
    command.type === 'thread.open' && !known.has(command.data.threadId)
      ? [{ thread: openingThread(command, reader), opening: command }]
      : [],
  );
  return [...threads.map((thread) => ({ thread, opening: null })), ...opening].sort((a, b) =>
    activity(b.thread).localeCompare(activity(a.thread)),
  );
}

function openingThread(command: PendingCommand<'thread.open'>, reader: ActorView): ThreadView {
  const { threadId, title, about } = command.data;
  return {
    id: threadId,
    title,
    about: about ?? { kind: 'GENERAL', id: null },
    createdBy: reader,
    createdAt: command.createdAt,
    messageCount: 0,
    lastMessageAt: null,
    resolved: null,
    pins: [],
  };
}

function activity(thread: ThreadView): string {
  return thread.lastMessageAt ?? thread.createdAt;
}

/** Keeps the order a person is looking at: known ids stay where they are, new ones go on top. */
export function stableOrder(shown: readonly string[], sorted: readonly string[]): string[] {
  const present = new Set(sorted);
  const known = new Set(shown);
  return [...sorted.filter((id) => !known.has(id)), ...shown.filter((id) => present.has(id))];
}

/** The topic before or after the chosen one, for the keys `[` and `]`. */
export function neighbour(ids: readonly string[], chosen: string | null, step: 1 | -1): string | null {
  if (ids.length === 0) return null;
  const at = chosen === null ? -1 : ids.indexOf(chosen);
  if (at < 0) return ids[step === 1 ? 0 : ids.length - 1] ?? null;
  return ids[at + step] ?? null;
}
