import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { type Part, workspaceSearch } from './place.js';

export interface Place {
  tab: Part;
  threadId: string | null;
  /** The message that the address leads to. */
  messageNo: number | null;
  /** The decision that the address leads to. */
  decisionId: string | null;
  /** The piece of work between units that the address leads to. */
  handoverId: string | null;
  showTab: (tab: Part) => void;
  /** Opens a decision, or all of them. */
  showDecision: (decisionId: string | null) => void;
  /** Opens a topic, or the list of topics. `replace` leaves no step for the browser's back button. */
  showThread: (threadId: string | null, replace?: boolean) => void;
}

/** Part and topic of the workspace, kept in the address. */
export function usePlace(taskId: string): Place {
  // On the way to another screen the address is already that one's, while this one is still shown.
  const here = useLocation({
    select: ({ pathname, searchStr }) => (pathname.endsWith(`/tugas/${taskId}`) ? searchStr : null),
  });
  const [raw, setRaw] = useState(here ?? '');
  if (here !== null && here !== raw) setRaw(here);
  const navigate = useNavigate();
  const {
    tab = 'diskusi',
    topik = null,
    pesan = null,
    keputusan = null,
    serahTerima = null,
  } = useMemo(() => workspaceSearch(Object.fromEntries(new URLSearchParams(raw))), [raw]);

  const go = useCallback(
    (nextTab: Part, threadId: string | null, replace: boolean) => {
      const search = workspaceSearch({ tab: nextTab, topik: threadId ?? undefined });
      void navigate({ to: '/tugas/$taskId', params: { taskId }, search, replace, resetScroll: false });
    },
    [navigate, taskId],
  );
  const showTab = useCallback((next: Part) => go(next, topik, true), [go, topik]);
  const showThread = useCallback(
    (threadId: string | null, replace = false) => go('diskusi', threadId, replace),
    [go],
  );
  const showDecision = useCallback(
    (decisionId: string | null) => {
      const search = workspaceSearch({
        tab: 'keputusan',
        topik: topik ?? undefined,
        keputusan: decisionId ?? undefined,
      });
      void navigate({ to: '/tugas/$taskId', params: { taskId }, search, replace: decisionId === null });
    },
    [navigate, taskId, topik],
  );
  return {
    tab,
    threadId: topik,
    messageNo: pesan,
    decisionId: keputusan,
    handoverId: serahTerima,
    showTab,
    showDecision,
    showThread,
  };
}
