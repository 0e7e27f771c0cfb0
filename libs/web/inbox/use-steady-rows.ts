import { useEffect, useMemo, useState } from 'react';
import { keyOfRow, type InboxRow } from '#libs/contracts';

/** Further down than this, something is being read that must not move. */
const SCROLLED_PX = 120;

/**
 * Rows as they may be shown: what comes in above while the reader has scrolled down waits until it is asked for; what
 * is gone goes at once, and what changes does so in place.
 */
export function useSteadyRows(rows: readonly InboxRow[]): {
  rows: readonly InboxRow[];
  waiting: number;
  show: () => void;
} {
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const fresh = rows.filter((row) => !shown.has(keyOfRow(row)));

  useEffect(() => {
    if (fresh.length === 0) return;
    const isBelow = rows.indexOf(fresh[0] as InboxRow) >= rows.length - fresh.length;
    if (shown.size === 0 || isBelow || window.scrollY < SCROLLED_PX) setShown(new Set(rows.map(keyOfRow)));
  }, [rows, fresh, shown]);

  const steady = useMemo(() => rows.filter((row) => shown.has(keyOfRow(row))), [rows, shown]);
  return {
    rows: steady,
    waiting: fresh.length,
    show: () => {
      setShown(new Set(rows.map(keyOfRow)));
      window.scrollTo({ top: 0 });
    },
  };
}
