import { useSyncExternalStore } from 'react';

let current = '';
/** What the sentence there is about. */
let subject: string | undefined;
let turn = 0;
const listeners = new Set<() => void>();

/**
 * Says something once to screen readers, politely, through the page's one live region.
 *
 * @param about an id, for `retract`
 */
export function announce(text: string, about?: string): void {
  turn += 1;
  subject = about;
  // The same sentence twice in a row is news too: an invisible difference makes it heard.
  current = turn % 2 === 0 ? text : `${text}\u00a0`;
  for (const listener of listeners) listener();
}

/** What was said about this must not stand there any more. */
export function retract(about: string): void {
  if (subject !== about) return;
  subject = undefined;
  current = '';
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
