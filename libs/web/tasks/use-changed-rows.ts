import { useEffect, useRef, useState } from 'react';
import type { BoardRow } from '#libs/contracts';
import type { BoardView } from '#libs/client';
import { announce } from '../kit/index.js';

const TINT_MS = 2_000;
const JOIN_MS = 5_000;

/** What a reader would see as a change of a row; the same facts in a new object are none. */
function facts(row: BoardRow): string {
  return JSON.stringify([
    row.status,
    row.health,
    row.dueDate,
    row.milestonesDone,
    row.milestonesTotal,
    row.title,
    row.waits,
  ]);
}

/**
 * The rows that changed in the last two seconds. Each change is said once: the first at once through `say`, those
 * that follow within five seconds joined in one sentence.
 */
export function useChangedRows(view: BoardView, say: (changed: BoardRow[]) => string): ReadonlySet<string> {
  const [tinted, setTinted] = useState<ReadonlySet<string>>(new Set());
  const before = useRef<{ scope: string; facts: Map<string, string> } | null>(null);
  const latest = useRef(say);
  const joining = useRef<{ rows: BoardRow[]; timer: number } | null>(null);
  useEffect(() => {
    latest.current = say;
  });

  useEffect(() => {
    if (view.status !== 'ready') return;
    const known = before.current?.scope === view.scope ? before.current.facts : null;
    const now = new Map<string, string>();
    const changed: BoardRow[] = [];
    for (const [id, row] of view.rows) {
      const fact = facts(row);
      now.set(id, fact);
      if (known && known.get(id) !== fact) changed.push(row);
    }
    before.current = { scope: view.scope, facts: now };
    if (changed.length === 0) return;

    const ids = changed.map((row) => row.taskId);
    setTinted((old) => new Set([...old, ...ids]));
    setTimeout(() => setTinted((old) => new Set([...old].filter((id) => !ids.includes(id)))), TINT_MS);

    if (joining.current) {
      joining.current.rows.push(...changed);
      return;
    }
    announce(latest.current(changed));
    joining.current = {
      rows: [],
      timer: window.setTimeout(() => {
        const rest = joining.current?.rows ?? [];
        joining.current = null;
        if (rest.length > 0) announce(latest.current(rest));
      }, JOIN_MS),
    };
  }, [view]);

  useEffect(
    () => () => {
      if (joining.current) clearTimeout(joining.current.timer);
      joining.current = null;
    },
    [],
  );
  return tinted;
}
