import { useCallback, useEffect, useState } from 'react';
import type { WorkspaceEvent } from '#libs/contracts';
import type { Room } from '#libs/client';
import { mergeHistory } from './history-pages.js';

export interface History {
  /** Newest first. */
  events: readonly WorkspaceEvent[];
  /** There are older entries. */
  more: boolean;
  status: 'loading' | 'ready' | 'failed';
  older: () => void;
}

/** The history, page by page, with new entries on top as they happen. */
export function useHistory(room: Room, online: boolean): History {
  const [events, setEvents] = useState<readonly WorkspaceEvent[]>([]);
  const [more, setMore] = useState(true);
  const [status, setStatus] = useState<History['status']>('loading');

  const load = useCallback(
    async (before?: number) => {
      setStatus('loading');
      try {
        const page = await room.history(before);
        setEvents((have) => mergeHistory(have, page.events));
        setMore(page.more);
        setStatus('ready');
      } catch {
        // Offline, or the server could not: the screen says so and offers to try again.
        setStatus('failed');
      }
    },
    [room],
  );

  useEffect(() => {
    // Listening begins before the first page is asked for, so that nothing falls between them.
    const stop = room.journal.subscribe((entry) => {
      if (entry.kind === 'event') setEvents((have) => mergeHistory(have, [entry.event]));
      if (entry.kind === 'reset') {
        setEvents([]);
        void load();
      }
    });
    return stop;
  }, [room, load]);

  useEffect(() => {
    if (online) void load();
  }, [online, load]);

  const oldest = events.at(-1)?.seq;
  const older = useCallback(() => void load(oldest), [load, oldest]);
  return { events, more, status, older };
}
