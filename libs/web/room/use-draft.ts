import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Draft, type DraftPlace, keepDraft, readDraft, type TextStore } from './drafts.js';

const KEEP_MS = 1_000;

/** This device's own storage; `null` where the browser allows none. */
export function deviceStore(): TextStore | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

export interface KeptDraft {
  draft: Draft;
  change: (next: Draft | ((before: Draft) => Draft)) => void;
  /** Sent: nothing of it stays on the device. */
  clear: () => void;
  /** False when the device could not keep what was typed. */
  kept: boolean;
}

/**
 * A text that survives reload, closing and the end of a sign-in: kept on the device every second while it changes and
 * when the page goes. Read once: what another tab keeps later never overwrites what is being typed here. A component
 * uses it for one place; another place is another component (`key`).
 */
export function useDraft(personId: string, taskId: string, place: string): KeptDraft {
  const [where] = useState<DraftPlace>({ personId, taskId, place });
  const [draft, setDraft] = useState<Draft>(() => {
    const store = deviceStore();
    return (store && readDraft(store, where)) ?? { text: '' };
  });
  const [kept, setKept] = useState(true);
  const latest = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const keep = useCallback(() => {
    if (timer.current === null) return;
    clearTimeout(timer.current);
    timer.current = null;
    const store = deviceStore();
    setKept(store !== null && keepDraft(store, where, latest.current));
  }, [where]);

  useEffect(() => {
    const hidden = () => {
      if (document.visibilityState === 'hidden') keep();
    };
    window.addEventListener('pagehide', keep);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('pagehide', keep);
      document.removeEventListener('visibilitychange', hidden);
      keep();
    };
  }, [keep]);

  const change = useCallback(
    (next: Draft | ((before: Draft) => Draft)) => {
      latest.current = typeof next === 'function' ? next(latest.current) : next;
      setDraft(latest.current);
      if (timer.current === null) timer.current = setTimeout(keep, KEEP_MS);
    },
    [keep],
  );

  const clear = useCallback(() => {
    change({ text: '' });
    keep();
  }, [change, keep]);

  return useMemo(() => ({ draft, change, clear, kept }), [draft, change, clear, kept]);
}
