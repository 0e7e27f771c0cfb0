import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(min-width: 60rem)');

function subscribe(listener: () => void): () => void {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Whether there is room for a table: a PC, not a phone. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}
