/** Time as an argument, so that tests own it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `wake` once after `ms`, unless the returned function is called first. */
  after(ms: number, wake: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, wake) => {
    const timer = setTimeout(wake, ms);
    return () => clearTimeout(timer);
  },
};

/** At most one call waiting: setting it again forgets the one before. */
export class Alarm {
  private cancel: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly ring: () => void,
  ) {}

  get isSet(): boolean {
    return this.cancel !== null;
  }

  set(ms: number): void {
    this.clear();
    this.cancel = this.clock.after(ms, () => {
      this.cancel = null;
      this.ring();
    });
  }

  clear(): void {
    this.cancel?.();
    this.cancel = null;
  }
}

/** Half a second, doubled with each attempt up to ten, each time 50 to 150 % of it, so that a crowd spreads. */
export function backoff(attempt: number, random: () => number): number {
  return Math.min(10_000, 500 * 2 ** Math.min(attempt, 10)) * (0.5 + random());
}
