import { useCallback, useEffect, useRef, useState } from 'react';
import type { ThreadReading } from '#libs/client';
import { noteWeek } from '../app/first-week.js';
import { useRoomTools } from '../room/room-tools.js';
import { readFrom, type Held } from './reading-hold.js';

/** Who has been in a topic for longer is not led away from where they are. */
const OPENING_MS = 4_000;

/**
 * Marks as read what was really on the screen: as far as the reader sees without a gap from the first unread message
 * on; so a topic opens where its reader left off. What is marked as unread by hand while the topic is
 * open, on this device or another, stays so until it is opened anew.
 */
export function useReading(
  threadId: string,
  reading: ThreadReading | undefined,
  /** The topic was just opened, and this message is the first unread one and not in sight; null: do not lead there. */
  lead: ((firstUnread: number) => void) | null,
): {
  /** Messages from one number to another are on the screen. */
  onShown: (from: number, to: number) => void;
  /** The first unread message lies above what is on the screen. */
  above: boolean;
  /** From this message on it is unread again. Rejects with AppError. */
  markUnread: (no: number) => Promise<void>;
  /** Takes that back. */
  undoUnread: () => void;
} {
  const { room } = useRoomTools();
  const shown = useRef<[number, number] | null>(null);
  const held = useRef<Held>('unknown');
  const [above, setAbove] = useState(false);
  const opened = useRef<number | null>(null);
  const opening = useRef(true);
  const { firstUnread, unread = 0, marked } = reading ?? {};

  const tell = useCallback(() => {
    opened.current ??= Date.now();
    held.current = readFrom(held.current, marked);
    if (!shown.current || firstUnread === undefined || document.visibilityState !== 'visible') return;
    const [from, to] = shown.current;
    const isAbove = unread > 0 && from > firstUnread;
    setAbove(isAbove);
    if (opening.current && isAbove && Date.now() - opened.current < OPENING_MS) lead?.(firstUnread);
    opening.current = false;
    if (held.current !== 'held' && from <= firstUnread && to >= firstUnread) room.read(threadId, to);
  }, [room, threadId, firstUnread, unread, marked, lead]);

  // When it becomes known how far was read, and when the page is looked at again.
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [tell]);

  // The same function for good: the list looks anew only when it has changed itself.
  const onShown = useCallback((from: number, to: number) => {
    shown.current = [from, to];
    latest.current();
  }, []);

  const markUnread = useCallback(
    async (no: number) => {
      const before = held.current;
      held.current = 'held';
      try {
        await room.markUnread(threadId, no);
        noteWeek('unread');
      } catch (error) {
        held.current = before;
        throw error;
      }
    },
    [room, threadId],
  );
  const undoUnread = useCallback(() => {
    // As if it had been opened just now.
    held.current = 'marked';
    latest.current();
  }, []);
  return { onShown, above, markUnread, undoUnread };
}
