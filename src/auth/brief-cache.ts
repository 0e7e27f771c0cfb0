/** Keeps answers for a moment, and no more of them than `size`. */
export class BriefCache<T> {
  private readonly entries = new Map<string, { value: T; until: number }>();

  constructor(
    private readonly keepMs: number,
    private readonly size: number,
  ) {}

  get(key: string): T | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    if (entry.until > performance.now()) return entry.value;
    this.entries.delete(key);
    return undefined;
  }

  set(key: string, value: T): void {
    this.entries.delete(key);
    this.entries.set(key, { value, until: performance.now() + this.keepMs });
    // Entries stand in the order they were made, and live equally long: the first is the oldest.
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.size) break;
      this.entries.delete(oldest);
    }
  }

  deleteWhere(matches: (value: T) => boolean): void {
    for (const [key, { value }] of this.entries) if (matches(value)) this.entries.delete(key);
  }
}
