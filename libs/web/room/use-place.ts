import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { type Tab, workspaceSearch } from './place.js';

export interface Place {
  tab: Tab;
  threadId: string | null;
  /** The message that the address leads to. */
  messageNo: number | null;
  showTab: (tab: Tab) => void;
  /** Opens a topic, or the list of topics. `replace` leaves no step for the browser's back button. */
  showThread: (threadId: string | null, replace?: boolean) => void;
}

/** Part and topic of the workspace, kept in the address. */
export function usePlace(taskId: string): Place {
  const raw = useLocation({ select: (location) => location.searchStr });
  const navigate = useNavigate();
  const {
    tab = 'diskusi',
    topik = null,
    pesan = null,
  } = useMemo(() => workspaceSearch(Object.fromEntries(new URLSearchParams(raw))), [raw]);

  const go = useCallback(
    (nextTab: Tab, threadId: string | null, replace: boolean) => {
      const search = workspaceSearch({ tab: nextTab, topik: threadId ?? undefined });
      void navigate({ to: '/tugas/$taskId', params: { taskId }, search, replace, resetScroll: false });
    },
    [navigate, taskId],
  );
  const showTab = useCallback((next: Tab) => go(next, topik, true), [go, topik]);
  const showThread = useCallback(
    (threadId: string | null, replace = false) => go('diskusi', threadId, replace),
    [go],
  );
  return { tab, threadId: topik, messageNo: pesan, showTab, showThread };
}
