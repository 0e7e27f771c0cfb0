import { AppError } from '#libs/contracts';
import { TokenBucket } from '../realtime/token-bucket.js';

/** Faster than anybody reads; what a person has left when tapping through a whole page. */
const RATE = 5;
const BURST = 30;
/** Of persons; who was looked at longest ago is forgotten first, with a full bucket. */
const REMEMBERED = 10_000;

/** Reactions cost one tap and a place in everybody's history: each person has so many at a time on each instance. */
export class ReactionPace {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @throws AppError `rate-limited` */
  take(personId: string): void {
    const bucket = this.buckets.get(personId) ?? new TokenBucket(RATE, BURST, this.now);
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
