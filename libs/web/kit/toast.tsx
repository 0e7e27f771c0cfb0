import { useEffect, useSyncExternalStore } from 'react';
import { Button } from './button.js';
import { announce } from './live-region.js';
import styles from './toast.module.css';

export interface ToastContent {
  text: string;
  action?: { label: string; run: () => void };
  /** How long it stays; 8 s by default, as an undo needs. */
  ms?: number;
}

let shown: (ToastContent & { key: number }) | null = null;
let next = 0;
const listeners = new Set<() => void>();

function set(value: typeof shown): void {
  shown = value;
  for (const listener of listeners) listener();
}

/** Shows one short sentence at the bottom and says it once; a newer one takes the place of the older. */
export function showToast(content: ToastContent): void {
  next += 1;
  set({ ...content, key: next });
  announce(content.text);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Where toasts appear; the root puts it on the page once. */
export function Toasts() {
  const toast = useSyncExternalStore(subscribe, () => shown);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => set(null), toast.ms ?? 8_000);
    return () => clearTimeout(timer);
  }, [toast]);
  if (!toast) return null;
  return (
    <div className={styles.toast} key={toast.key}>
      <span>{toast.text}</span>
      {toast.action && (
        <Button
          look="quiet"
          small
          className={styles.action}
          onClick={() => {
            toast.action?.run();
            set(null);
          }}
        >
          {toast.action.label}
        </Button>
      )}
    </div>
  );
}
