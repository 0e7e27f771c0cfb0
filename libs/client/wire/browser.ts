interface Target {
  addEventListener(name: string, listener: () => void): void;
  removeEventListener(name: string, listener: () => void): void;
}

interface Page extends Partial<Target> {
  document?: Target & { visibilityState: string };
}

/**
 * Hears when a browser's network comes and goes and when its page is looked at again. In Node nothing of this exists.
 */
export function watchBrowser(heard: { wake: () => void; networkLost: () => void }): () => void {
  // This file is compiled for Node too, where none of these names has a type.
  const page = globalThis as unknown as Page;
  const { document } = page;
  if (!document || !page.addEventListener || !page.removeEventListener) return () => undefined;
  const shown = (): void => {
    if (document.visibilityState === 'visible') heard.wake();
  };
  page.addEventListener('online', heard.wake);
  page.addEventListener('offline', heard.networkLost);
  page.addEventListener('pageshow', shown);
  document.addEventListener('visibilitychange', shown);
  return () => {
    page.removeEventListener?.('online', heard.wake);
    page.removeEventListener?.('offline', heard.networkLost);
    page.removeEventListener?.('pageshow', shown);
    document.removeEventListener('visibilitychange', shown);
  };
}
