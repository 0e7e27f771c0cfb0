import { useEffect, useRef } from 'react';

export interface ScreenAction {
  label: string;
  run: () => void;
}

const actions = new Set<ScreenAction>();

/** What the present screen can do, for the palette. */
export function screenActions(): readonly ScreenAction[] {
  return [...actions];
}

/** Offers an action of this screen in the palette, as long as the screen shows it; `null`: not now. */
export function useScreenAction(label: string | null, run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (label === null) return undefined;
    const action = { label, run: () => latest.current() };
    actions.add(action);
    return () => void actions.delete(action);
  }, [label]);
}
