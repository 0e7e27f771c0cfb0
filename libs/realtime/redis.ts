import { randomUUID } from 'node:crypto';
import type { FanoutTrouble } from './fanout.js';
import { troubleOf } from './redis-client.js';
import { RedisLink } from './redis-link.js';
import { addressOf, locate, type RedisPlacement } from './redis-placement.js';
import type { RedisTarget } from './redis-target.js';

const BEAT_MS = 1_000;
const SOON_MS = 100;
/** Enough to meet a server's only slot. */
const TRIES = 200_000;
/** A demoted master still takes hints and nobody hears them: who serves is asked now and then also when all is well. */
const LOCATE_BEATS = 5;

/** What a user of Redis is told; none of these may throw. */
export interface RedisListener {
  /** Links came, went or changed, or channels have moved: compare with what you wish. */
  changed(): void;
  /** The server no longer sends this channel over this link. */
  moved(link: RedisLink, channel: string): void;
  message(channel: string, message: string): void;
}

/**
 * Redis in whatever form: one link to each server that serves, kept up for ever. Servers may be away at the start,
 * die, hang, refuse, come back empty or change places; nothing here throws or ends the process.
 */
export class Redis {
  private readonly links = new Map<string, RedisLink>();
  private readonly me = randomUUID();
  private placement: RedisPlacement | undefined;
  private locating: Promise<void> | undefined;
  /** While nobody has told yet who serves. */
  private locateTrouble: FanoutTrouble | 'opening' = 'opening';
  private sinceLocated = 0;
  private beatenAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;
  private soon = false;
  private closed = false;
  private listener: RedisListener | undefined;

  constructor(private readonly target: RedisTarget) {
    this.tick();
  }

  listen(listener: RedisListener): void {
    this.listener = listener;
  }

  /** Null: every server that serves is well. `opening`: nothing is known yet. */
  get trouble(): FanoutTrouble | 'opening' | null {
    if (!this.placement) return this.locateTrouble;
    let worst: FanoutTrouble | 'opening' | null = null;
    for (const node of this.placement.nodes) {
      const trouble = this.links.get(addressOf(node))?.trouble ?? null;
      if (trouble === 'opening') return trouble;
      worst ??= trouble;
    }
    return worst;
  }

  /** Where a key or channel is served, when there is an open connection to it. */
  linkOf(key: string): RedisLink | undefined {
    const node = this.placement?.nodeOf(key);
    const link = node && this.links.get(addressOf(node));
    return link?.isOpen ? link : undefined;
  }

  /** Something answered that it does not serve this: ask anew who does. */
  doubt(): void {
    this.sinceLocated = LOCATE_BEATS;
    this.hurry();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    for (const link of this.links.values()) link.close();
    this.links.clear();
    await this.locating;
  }

  private tick(): void {
    if (this.closed) return;
    this.soon = false;
    if (this.trouble !== null || ++this.sinceLocated >= LOCATE_BEATS) this.locating ??= this.locate();
    this.tend();
    this.beat();
    this.listener?.changed();
    // Jitter: many instances must not come back in the same moment.
    this.again(BEAT_MS * (0.75 + Math.random() * 0.5));
  }

  /** Not at each hurried tick: silence is counted in beats. */
  private beat(): void {
    if (performance.now() - this.beatenAt < BEAT_MS / 2) return;
    this.beatenAt = performance.now();
    for (const link of this.links.values()) link.beat();
  }

  private again(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tick(), ms);
    this.timer.unref();
  }

  private hurry(): void {
    if (this.soon || this.closed) return;
    this.soon = true;
    this.again(SOON_MS * Math.random());
  }

  private async locate(): Promise<void> {
    try {
      const known = this.placement?.nodes ?? [];
      this.placement = await locate(this.target, known);
      this.sinceLocated = 0;
    } catch (error) {
      // Who served before is still served with, as long as it answers.
      this.locateTrouble = troubleOf(error);
    }
    this.locating = undefined;
    if (this.closed) return;
    this.tend();
    this.listener?.changed();
  }

  /** One living link to each server of the placement, and none else. */
  private tend(): void {
    const { placement } = this;
    if (!placement || this.closed) return;
    const wanted = new Map(placement.nodes.map((node) => [addressOf(node), node]));
    for (const [address, link] of this.links) {
      if (wanted.has(address)) continue;
      link.close();
      this.links.delete(address);
    }
    for (const [address, node] of wanted) {
      const before = this.links.get(address);
      if (before && !before.hasEnded) continue;
      const trouble = before?.trouble ?? 'opening';
      this.links.set(
        address,
        new RedisLink(node, this.target, () => this.pulseAt(address), trouble, {
          changed: () => this.listener?.changed(),
          ended: (link) => this.ended(link),
          moved: (link, channel) => this.listener?.moved(link, channel),
          elsewhere: () => this.doubt(),
          message: (channel, message) => this.listener?.message(channel, message),
        }),
      );
    }
  }

  private ended(link: RedisLink): void {
    if (this.closed) return;
    // One that was well is tried again at once, any other at the next beat.
    if (link.wasWell) this.hurry();
    this.listener?.changed();
  }

  /** In a cluster only channels of its own slots go through a server. */
  private pulseAt(address: string): string {
    for (let i = 0; ; i++) {
      const channel = `simpul:pulse:${this.me}:${i}`;
      const node = this.placement?.nodeOf(channel);
      // Not its own when it has lost all its slots meanwhile: then it says so, and the link goes.
      if (i >= TRIES || (node && addressOf(node) === address)) return channel;
    }
  }
}
