import { useCallback, useEffect, useRef, useState } from 'react';
import type { ThreadReading } from '#libs/client';
import { useRoomTools } from '../room/room-tools.js';
import { readFrom, type Held } from './reading-hold.js';

/**
 * Marks as read what was really on the screen: as far as the reader sees without a gap from the first unread message
 * on. Who opens a topic at its end has not read what lies above; what is marked as unread by hand while the topic is
 * open, on this device or another, stays so until it is opened anew.
 */
export function useReading(
  threadId: string,
  reading: ThreadReading | undefined,
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
  const { firstUnread, unread = 0, marked } = reading ?? {};

  const tell = useCallback(() => {
    held.current = readFrom(held.current, marked);
    if (!shown.current || firstUnread === undefined || document.visibilityState !== 'visible') return;
    const [from, to] = shown.current;
    setAbove(unread > 0 && from > firstUnread);
    if (held.current !== 'held' && from <= firstUnread && to >= firstUnread) room.read(threadId, to);
  }, [room, threadId, firstUnread, unread, marked]);

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
