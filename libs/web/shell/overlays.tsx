import { type ComponentType, useSyncExternalStore } from 'react';
import { prepareToolWords } from '../app/later-words.js';

type Overlay = ComponentType<{ onClose: () => void }>;

/** Dialogs that any screen may open. They come in files of their own: nobody needs them to begin. */
const PARTS = {
  display: async (): Promise<Overlay> => (await import('../settings/display-dialog.js')).DisplayDialog,
};

let shown: { Part: Overlay } | null = null;
const listeners = new Set<() => void>();

function show(next: typeof shown): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Opens one of them in place of another; false when it cannot be fetched now. */
export async function openOverlay(name: keyof typeof PARTS): Promise<boolean> {
  try {
    const [Part] = await Promise.all([PARTS[name](), prepareToolWords()]);
    show({ Part });
    return true;
  } catch {
    // Its file could not come: without network, or after a new version. The caller says so.
    return false;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

const close = () => show(null);

/** Where they appear; the shell puts it on the page once. */
export function Overlays() {
  const overlay = useSyncExternalStore(subscribe, () => shown);
  return overlay && <overlay.Part onClose={close} />;
}
