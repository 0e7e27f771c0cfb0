/** Small choices that belong to the device, not to the person. */
type Key = 'language' | 'theme';

/** What was remembered; `null` also where the browser keeps nothing (private windows, full storage). */
export function recall(key: Key): string | null {
  try {
    return localStorage.getItem(`simpul.${key}`);
  } catch {
    return null;
  }
}

/** Keeps a choice for the next visit, where the browser allows it. */
export function remember(key: Key, value: string): void {
  try {
    localStorage.setItem(`simpul.${key}`, value);
  } catch {
    // The choice holds for this visit; nothing else depends on it.
  }
}
