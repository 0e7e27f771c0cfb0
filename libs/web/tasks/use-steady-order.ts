import { useMemo, useState } from 'react';
import type { BoardRow } from '#libs/contracts';

export interface SteadyList {
  rows: BoardRow[];
  /** Live changes would have moved, added or removed rows: the reader decides when. */
  moved: boolean;
  refresh: () => void;
}

/**
 * Keeps rows where the reader saw them. The order is taken when `key` changes (another filter, sort or scope) and on
 * `refresh`; in between rows change in place, what is new comes at the end, and only what left the scope disappears.
 */
export function useSteadyOrder(
  all: ReadonlyMap<string, BoardRow>,
  wanted: (row: BoardRow) => boolean,
  order: (a: BoardRow, b: BoardRow) => number,
  key: string,
): SteadyList {
  const fresh = useMemo(
    () =>
      [...all.values()]
        .filter(wanted)
        .sort(order)
        .map((row) => row.taskId),
    [all, wanted, order],
  );
  const [kept, setKept] = useState({ key, ids: fresh });
  let ids = kept.ids;
  if (kept.key !== key) {
    ids = fresh;
    setKept({ key, ids: fresh });
  }
  return useMemo(
    () => ({ ...steady(all, ids, fresh), refresh: () => setKept({ key, ids: fresh }) }),
    [all, fresh, ids, key],
  );
}

/** The rows where they were (`ids`), new ones of `fresh` behind them; `moved` when `fresh` would look different. */
export function steady(
  all: ReadonlyMap<string, BoardRow>,
  ids: readonly string[],
  fresh: readonly string[],
): Omit<SteadyList, 'refresh'> {
  const seen = new Set(ids);
  const shown = [...ids.filter((id) => all.has(id)), ...fresh.filter((id) => !seen.has(id))];
  return {
    rows: shown.flatMap((id) => all.get(id) ?? []),
    moved: shown.length !== fresh.length || shown.some((id, i) => id !== fresh[i]),
  };
}
