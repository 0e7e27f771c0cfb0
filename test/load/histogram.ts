/** Counts of durations in buckets 1 % wide, from a microsecond to hours: small, and exact enough for percentiles. */
const PER_DOUBLING = 70;

export class Histogram {
  private readonly counts = new Uint32Array(PER_DOUBLING * 36);
  count = 0;
  max = 0;

  /** @param ms a duration in milliseconds */
  add(ms: number): void {
    const micros = Math.max(1, ms * 1_000);
    const bucket = Math.min(this.counts.length - 1, Math.floor(Math.log2(micros) * PER_DOUBLING));
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.count++;
    if (ms > this.max) this.max = ms;
  }

  /** The duration in milliseconds below which this share of all lies; 0 when there are none. */
  percentile(share: number): number {
    let left = Math.ceil(this.count * share);
    if (left === 0) return 0;
    for (let bucket = 0; bucket < this.counts.length; bucket++) {
      left -= this.counts[bucket] ?? 0;
      if (left <= 0) return Math.min(this.max, 2 ** ((bucket + 1) / PER_DOUBLING) / 1_000);
    }
    return this.max;
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
