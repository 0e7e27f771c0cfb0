import type { Day, MessageView } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { jakartaDay } from '#libs/content';

/** What a thread shows, from old to new: a line for each new day, messages, and what is still on its way. */
export type TimelineEntry =
  | { kind: 'day'; key: string; day: Day }
  | { kind: 'message'; key: string; message: MessageView; opensGroup: boolean }
  | { kind: 'pending'; key: string; command: PendingCommand<'message.post'> };

/** Messages of one person within this time share one line with the name. */
const GROUP_MS = 5 * 60_000;

/**
 * Puts a thread's messages and the person's own unsent ones into one list. The key of a message is the command that
 * made it, so that an optimistic entry turns into its message without being built anew.
 */
export function timeline(
  messages: readonly MessageView[],
  pending: readonly PendingCommand<'message.post'>[],
): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  let before: MessageView | null = null;
  let day = '';
  for (const message of messages) {
    const messageDay = jakartaDay(message.postedAt);
    if (messageDay !== day) {
      day = messageDay;
      before = null;
      entries.push({ kind: 'day', key: `day-${day}`, day });
    }
    entries.push({
      kind: 'message',
      key: message.commandId,
      message,
      opensGroup: before === null || !sameGroup(before, message),
    });
    before = message;
  }
  const arrived = new Set(messages.map((message) => message.commandId));
  for (const command of pending) {
    if (!arrived.has(command.commandId)) entries.push({ kind: 'pending', key: command.commandId, command });
  }
  return entries;
}

function sameGroup(a: MessageView, b: MessageView): boolean {
  return (
    a.author.id === b.author.id &&
    a.kind === b.kind &&
    b.replyTo === null &&
    Date.parse(b.postedAt) - Date.parse(a.postedAt) < GROUP_MS
  );
}

/** The unsent messages of one thread, in order of sending. */
export function pendingMessages(
  pending: readonly PendingCommand[],
  threadId: string,
): PendingCommand<'message.post'>[] {
  return pending.filter(
    (command): command is PendingCommand<'message.post'> =>
      command.type === 'message.post' && command.data.threadId === threadId,
  );
}

/** Messages of others after `seen`: what the pill above the composer counts. */
export function newBelow(messages: readonly MessageView[], seen: number, personId: string): number {
  let count = 0;
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (!message || message.no <= seen) break;
    if (message.author.id !== personId) count++;
  }
  return count;
}
