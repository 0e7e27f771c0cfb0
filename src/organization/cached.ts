/** A value that is loaded when needed and kept for a while; everybody who asks meanwhile waits for the same load. */
export class Cached<T, From> {
  private value: { promise: Promise<T>; until: number } | undefined;

  constructor(
    private readonly load: (from: From) => Promise<T>,
    private readonly ms: number,
  ) {}

  get(from: From): Promise<T> {
    const now = performance.now();
    if (!this.value || this.value.until < now) {
      const value = { promise: this.load(from), until: now + this.ms };
      this.value = value;
      // A failure is not kept: the next one who asks tries again.
      value.promise.catch(() => {
        if (this.value === value) this.value = undefined;
      });
    }
    return this.value.promise;
  }

  clear(): void {
    this.value = undefined;
  }
}
