import { useCallback, useEffect, useMemo, useState } from 'react';
import type { CatchUpItem } from '#libs/contracts';
import type { CatchUpView, Room, RoomView } from '#libs/client';
import { useClient, useInbox, useObservable } from '../app/live.js';
import { useWords } from '../app/words.js';
import { announce, showToast } from '../kit/index.js';
import { hasNews, outstanding } from './catch-up-items.js';

/** This person's visit to a workspace: what is left of what they missed, and what they can do with it. */
export interface Visit {
  view: CatchUpView;
  items: readonly CatchUpItem[];
  /** Something new is left, and the notice of it was not closed. */
  notice: boolean;
  dismiss: () => void;
  /** Asks again, after it failed. */
  retry: () => void;
  /** This one was seen. */
  mark: (item: CatchUpItem) => void;
  /** All of it, but for what is addressed to the person. */
  markAll: () => void;
}

/** The visit lasts while the workspace is on the screen and the page is looked at. */
export function useVisit(room: Room, reading: RoomView['reading']): Visit {
  const { inbox: say, common, workspace } = useWords();
  const { catchUp } = room;
  const view = useObservable(catchUp.view);
  const { inbox, view: rows } = useInbox(useClient());
  const [closed, setClosed] = useState<number | null>(null);

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') catchUp.arrive();
      else catchUp.depart();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      catchUp.depart();
    };
  }, [catchUp]);

  const items = useMemo(() => outstanding(view.items, { reading, inbox: rows }), [view.items, reading, rows]);
  const mark = useCallback(
    (item: CatchUpItem) => {
      if (item.section === 'TALK') room.read(item.mark.threadId, item.last);
      else if (item.section !== 'MINE') catchUp.see(item.seqs);
      else if (inbox) {
        const failed = () => showToast({ text: say.refused });
        inbox.set(item.row, 'DONE').catch(failed);
        showToast({
          text: say.markedDone,
          action: { label: common.undo, run: () => void inbox.set(item.row, 'OPEN').catch(failed) },
        });
      }
    },
    [room, catchUp, inbox, say, common],
  );
  const markAll = useCallback(() => {
    for (const item of items) if (item.section === 'TALK') mark(item);
    catchUp.seeAll();
    announce(workspace.catchUp.allSeen);
  }, [items, mark, catchUp, workspace]);
  return {
    view,
    items,
    notice: view.status === 'ready' && closed !== view.head && hasNews(view, items),
    dismiss: useCallback(() => setClosed(view.head), [view.head]),
    retry: useCallback(() => catchUp.look(), [catchUp]),
    mark,
    markAll,
  };
}
