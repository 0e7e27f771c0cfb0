import { type ComponentType, useCallback, useSyncExternalStore } from 'react';
import { noteWeek } from '../app/first-week.js';
import { prepareToolWords } from '../app/later-words.js';
import { useWords } from '../app/words.js';
import { showToast } from '../kit/toast.js';

type Overlay = ComponentType<{ onClose: () => void; openOther: (name: OverlayName) => void }>;

export type OverlayName = 'display' | 'keys' | 'palette';

/** Dialogs that any screen may open. They come in files of their own: nobody needs them to begin. */
const PARTS: Record<OverlayName, () => Promise<Overlay>> = {
  display: async () => (await import('../settings/display-dialog.js')).DisplayDialog,
  keys: async () => (await import('../settings/keys-dialog.js')).KeysDialog,
  palette: async () => (await import('../palette/palette.js')).Palette,
};

let shown: { Part: Overlay } | null = null;
const listeners = new Set<() => void>();

function show(next: typeof shown): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Opens one of them in place of another; false when it cannot be fetched now. */
async function openOverlay(name: OverlayName): Promise<boolean> {
  try {
    const [Part] = await Promise.all([PARTS[name](), prepareToolWords()]);
    show({ Part });
    if (name === 'display') noteWeek('display');
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

/** Opens a dialog over this screen, or says that it cannot come now. */
export function useOpenOverlay(): (name: OverlayName) => void {
  const { partFailed } = useWords().shell;
  return useCallback(
    (name) =>
      void openOverlay(name).then((opened) => {
        if (!opened) showToast({ text: partFailed });
      }),
    [partFailed],
  );
}

/** Where they appear; the shell puts it on the page once. */
export function Overlays() {
  const overlay = useSyncExternalStore(subscribe, () => shown);
  const openOther = useOpenOverlay();
  return overlay && <overlay.Part onClose={close} openOther={openOther} />;
}
