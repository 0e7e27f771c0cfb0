/** A value that changes. `get()` answers the same object until something changed, as React's `useSyncExternalStore` asks. */
export interface Observable<T> {
  get(): T;
  /** Calls `listener` after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** Things that happen, one after the other; who subscribes later misses the earlier ones. */
export interface Signal<T> {
  subscribe(listener: (value: T) => void): () => void;
}

export class Emitter<T> implements Signal<T> {
  private readonly listeners = new Set<(value: T) => void>();

  subscribe = (listener: (value: T) => void): (() => void) => {
    // A wrapper, so that one function subscribed twice is called twice and ended separately.
    const own = (value: T): void => listener(value);
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  };

  emit(value: T): void {
    // A copy: who subscribes while being told is told the next time.
    for (const listener of Array.from(this.listeners)) {
      try {
        listener(value);
      } catch (error) {
        report(error);
      }
    }
  }
}

/** The writable side of an `Observable`. */
export class Cell<T> implements Observable<T> {
  private readonly changes = new Emitter<void>();

  constructor(private value: T) {}

  // Arrow functions: both are handed to React without their object.
  get = (): T => this.value;

  subscribe = (listener: () => void): (() => void) => this.changes.subscribe(listener);

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    this.changes.emit();
  }
}

/** Throws outside of the caller, where `window.onerror` or Node sees it: a fault of one listener must not stop the history. */
export function report(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** Waits until the value passes `test`; after `timeoutMs` fails, showing the last value. */
export function until<T>(
  observable: Observable<T>,
  test: (value: T) => boolean,
  timeoutMs = 5_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      unsubscribe();
    };
    const check = (): void => {
      const value = observable.get();
      if (!test(value)) return;
      end();
      resolve(value);
    };
    const timer = setTimeout(() => {
      end();
      reject(
        new Error(
          `not reached within ${timeoutMs} ms; last: ${JSON.stringify(observable.get())?.slice(0, 500)}`,
        ),
      );
    }, timeoutMs);
    const unsubscribe = observable.subscribe(check);
    check();
  });
}
