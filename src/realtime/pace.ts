import { AppError } from '#libs/contracts';
import { TokenBucket } from './token-bucket.js';

/** Of persons; who was looked at longest ago is forgotten first, with a full bucket. */
const REMEMBERED = 10_000;

/** So many at a time for each person, on each instance. */
export class Pace {
  private readonly buckets = new Map<string, TokenBucket>();

  /** Lets `rate` through a second, and `burst` at once. */
  constructor(
    private readonly rate: number,
    private readonly burst: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws AppError `rate-limited` */
  take(personId: string): void {
    const bucket = this.buckets.get(personId) ?? new TokenBucket(this.rate, this.burst, this.now);
    this.buckets.delete(personId);
    this.buckets.set(personId, bucket);
    for (const oldest of this.buckets.keys()) {
      if (this.buckets.size <= REMEMBERED) break;
      this.buckets.delete(oldest);
    }
    const retryAfterMs = bucket.take();
    if (retryAfterMs > 0) throw new AppError('rate-limited', { retryAfterMs });
  }
}
