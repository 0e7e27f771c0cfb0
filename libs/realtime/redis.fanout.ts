import { randomUUID } from 'node:crypto';
import type { Fanout, FanoutState, FanoutTrouble, Listener } from './fanout.js';
import { isElsewhere } from './redis-client.js';
import type { RedisLink } from './redis-link.js';
import type { Redis } from './redis.js';

/** What may be under way without an answer: a Redis that hangs must not fill our memory. */
const MOST_UNANSWERED = 32 * 1024 * 1024;

/**
 * Pub/sub of Redis, sharded in a cluster: a channel is published and subscribed at the server that has its slot.
 * Subscriptions are a wish that is compared with what stands whenever something changed.
 */
export class RedisFanout implements Fanout {
  private readonly me = randomUUID();
  private readonly wanted = new Map<string, Listener>();
  private readonly standing = new Map<string, { link: RedisLink; done: Promise<void> }>();
  private readonly readyListeners: (() => void)[] = [];
  private told: FanoutTrouble | null = null;
  /** Hints may have been missed since `onReady` was last told. */
  private missed = true;
  /** Channels were refused that the pulse was not. */
  private refused = false;
  private underWay = 0;
  private unanswered = 0;
  private closed = false;
  lost = 0;

  /** @param turned told once when hints stop flowing, and why, and once (null) when they flow again */
  constructor(
    private readonly redis: Redis,
    private readonly turned: (trouble: FanoutTrouble | null) => void,
  ) {
    redis.listen({
      changed: () => this.settle(),
      moved: (link, channel) => {
        if (this.standing.get(channel)?.link === link) this.standing.delete(channel);
        this.missed = true;
      },
      message: (channel, message) => {
        if (!message.startsWith(this.me)) this.wanted.get(channel)?.(message.slice(this.me.length));
      },
    });
  }

  get state(): FanoutState {
    return this.redis.trouble === null && !this.refused && !this.missed ? 'ready' : 'degraded';
  }

  get trouble(): FanoutTrouble | null {
    const { trouble } = this.redis;
    if (trouble === 'opening') return 'away';
    return trouble ?? (this.refused ? 'refused' : null);
  }

  publish(channel: string, message: string): void {
    const link = this.redis.linkOf(channel);
    if (!link || link.trouble !== null || this.unanswered + message.length > MOST_UNANSWERED) {
      this.lost++;
      return;
    }
    this.unanswered += message.length;
    link.publish(channel, `${this.me}${message}`).then(
      () => {
        this.unanswered -= message.length;
      },
      (error: unknown) => {
        this.unanswered -= message.length;
        this.lost++;
        if (isElsewhere(error)) this.redis.doubt();
      },
    );
  }

  async subscribe(channel: string, listener: Listener): Promise<void> {
    this.wanted.set(channel, listener);
    const stands = this.standing.get(channel);
    const link = this.redis.linkOf(channel);
    if (stands && stands.link === link) await stands.done;
    // A link in trouble does it when it is well.
    else if (link?.trouble === null) await this.stand(link, [channel]);
  }

  unsubscribe(channel: string): void {
    this.wanted.delete(channel);
    this.standing.get(channel)?.link.unsubscribe(channel);
    this.standing.delete(channel);
  }

  onReady(listener: () => void): void {
    this.readyListeners.push(listener);
  }

  close(): Promise<void> {
    this.closed = true;
    this.wanted.clear();
    this.standing.clear();
    return Promise.resolve();
  }

  /** Makes every wish stand where it belongs. */
  private settle(): void {
    if (this.closed) return;
    if (this.redis.trouble !== null) this.missed = true;
    const missing = new Map<RedisLink, string[]>();
    for (const channel of this.wanted.keys()) {
      const link = this.redis.linkOf(channel);
      const before = this.standing.get(channel)?.link;
      if (before === link || link?.trouble !== null) continue;
      if (before) this.missed = true;
      before?.unsubscribe(channel);
      const channels = missing.get(link) ?? [];
      channels.push(channel);
      missing.set(link, channels);
    }
    for (const [link, channels] of missing) void this.stand(link, channels);
    this.tell();
  }

  private async stand(link: RedisLink, channels: readonly string[]): Promise<void> {
    const done = link.subscribe(channels).then(
      () => (this.refused = false),
      (error: unknown) => {
        // Wished for again at the next beat; until then the head poll covers for it.
        for (const channel of channels) {
          if (this.standing.get(channel)?.link === link) this.standing.delete(channel);
        }
        if (link.isOpen) this.refused = !isElsewhere(error);
        if (isElsewhere(error)) this.redis.doubt();
      },
    );
    this.underWay++;
    const stands = { link, done: done.then(() => undefined) };
    for (const channel of channels) this.standing.set(channel, stands);
    await done;
    this.underWay--;
    this.tell();
  }

  /** Says that hints have stopped, or that all of them flow again: each once. */
  private tell(): void {
    if (this.closed || this.redis.trouble === 'opening') return;
    const { trouble } = this;
    if (trouble === null && (this.underWay > 0 || !this.isWhole)) return;
    if (trouble !== this.told) this.turned((this.told = trouble));
    if (trouble !== null || !this.missed) return;
    this.missed = false;
    for (const listener of this.readyListeners) listener();
  }

  private get isWhole(): boolean {
    return this.standing.size >= this.wanted.size;
  }
}
