import { useSyncExternalStore } from 'react';

let current = '';
let turn = 0;
const listeners = new Set<() => void>();

/** Says something once to screen readers, politely, through the page's one live region. */
export function announce(text: string): void {
  turn += 1;
  // The same sentence twice in a row is news too: an invisible difference makes it heard.
  current = turn % 2 === 0 ? text : `${text}\u00a0`;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The page's one polite live region; the root puts it on the page once. */
export function LiveRegion() {
  const text = useSyncExternalStore(subscribe, () => current);
  return (
    <div className="visually-hidden" aria-live="polite" aria-atomic="true" role="status">
      {text}
    </div>
  );
}
