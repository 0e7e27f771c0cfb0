/** Small choices that belong to the device, not to the person. */
type Key = 'language' | 'theme' | 'text' | 'motion' | 'keys';

const PREFIX = 'simpul.';

/** What was remembered; `null` also where the browser keeps nothing (private windows, full storage). */
export function recall(key: Key): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/** Keeps a choice for the next visit, where the browser allows it. */
export function remember(key: Key, value: string): void {
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // The choice holds for this visit; nothing else depends on it.
  }
}

/** Told when another tab of this device chose something; answers how to stop. */
export function onRemembered(listener: () => void): () => void {
  const heard = ({ key }: StorageEvent) => {
    if (key === null || key.startsWith(PREFIX)) listener();
  };
  window.addEventListener('storage', heard);
  return () => window.removeEventListener('storage', heard);
}
