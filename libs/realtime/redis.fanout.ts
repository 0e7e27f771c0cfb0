import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import type { Fanout, FanoutState, Listener } from './fanout.js';

const SUBSCRIBE_TIMEOUT_MS = 2_000;
const RETRY_MAX_MS = 2_000;
const PULSE_MS = 1_000;
/** Connected and silent for longer: it hangs. */
const SILENT_MS = 3_000;
const QUEUE = 10_000;

type Client = ReturnType<typeof createRedis>;

/** A client that fails at once while Redis is away, keeps trying, and never ends the process. */
function createRedis(url: string, failed: (error: unknown) => void) {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    // A Redis that hangs must not fill our memory.
    commandsQueueMaxLength: QUEUE,
    socket: {
      connectTimeout: 2_000,
      // Jitter: many instances must not come back in the same moment.
      reconnectStrategy: (tries) =>
        Math.min(RETRY_MAX_MS, 50 * 2 ** Math.min(tries, 6)) * (0.5 + Math.random()),
    },
  });
  client.on('error', failed);
  return client;
}

/**
 * Redis pub/sub: one client publishes, one subscribes. Redis may be away at the start, die, hang or come back empty;
 * `state` says so, `lost` counts, and `onReady` tells when hints flow again.
 */
export class RedisFanout implements Fanout {
  private readonly me = randomUUID();
  private readonly wanted = new Map<string, Listener>();
  private readonly standing = new Set<string>();
  private readonly readyListeners: (() => void)[] = [];
  private readonly publisher: Client;
  private readonly subscriber: Client;
  private closed = false;
  private readonly pulse: NodeJS.Timeout;
  private answeredAt = performance.now();
  private hangs = false;
  /** Publishes without an answer, of the present spell; a spell ends when Redis is found to hang. */
  private unanswered = 0;
  private spell = 0;
  lost = 0;

  /** @param failed told of each connection error, without addresses or passwords. */
  constructor(url: string, failed: (error: unknown) => void) {
    this.publisher = createRedis(url, failed);
    this.subscriber = createRedis(url, failed);
    this.subscriber.on('ready', () => void this.resubscribe());
    // connect() rejects only when the client is closed before it ever connected.
    this.publisher.connect().catch(failed);
    this.subscriber.connect().catch(failed);
    this.pulse = setInterval(() => this.feelPulse(), PULSE_MS);
    this.pulse.unref();
  }

  get state(): FanoutState {
    return this.publisher.isReady && this.subscriber.isReady && !this.hangs ? 'ready' : 'degraded';
  }

  publish(channel: string, message: string): void {
    if (!this.publisher.isReady || this.hangs) {
      this.lost++;
      return;
    }
    const { spell } = this;
    this.unanswered++;
    const settle = (failed: number) => {
      if (spell !== this.spell) return;
      this.unanswered--;
      this.lost += failed;
    };
    this.publisher.publish(channel, `${this.me}${message}`).then(
      () => settle(0),
      () => settle(1),
    );
  }

  async subscribe(channel: string, listener: Listener): Promise<void> {
    this.wanted.set(channel, listener);
    if (this.subscriber.isReady) await this.stand(channel);
  }

  unsubscribe(channel: string): void {
    this.wanted.delete(channel);
    if (!this.standing.delete(channel) || !this.subscriber.isReady) return;
    this.subscriber.unsubscribe(channel).catch(() => undefined);
  }

  onReady(listener: () => void): void {
    this.readyListeners.push(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.pulse);
    this.wanted.clear();
    // destroy() drops what is under way: hints only.
    if (this.publisher.isOpen) this.publisher.destroy();
    if (this.subscriber.isOpen) this.subscriber.destroy();
    await Promise.resolve();
  }

  /** A connection can be open to a Redis that no longer answers; only asking shows it. */
  private feelPulse(): void {
    const silent = performance.now() - this.answeredAt > SILENT_MS;
    if (this.publisher.isReady && silent && !this.hangs) {
      this.hangs = true;
      this.spell++;
      this.lost += this.unanswered;
      this.unanswered = 0;
    }
    if (!this.publisher.isReady) {
      this.answeredAt = performance.now();
      return;
    }
    this.publisher.ping().then(
      () => {
        this.answeredAt = performance.now();
        if (!this.hangs) return;
        this.hangs = false;
        this.tellReady();
      },
      // The connection broke: its own events say so.
      () => undefined,
    );
  }

  private tellReady(): void {
    if (!this.closed) for (const listener of this.readyListeners) listener();
  }

  private async stand(channel: string): Promise<void> {
    if (this.standing.has(channel)) return;
    this.standing.add(channel);
    try {
      await withTimeout(this.subscriber.subscribe(channel, this.receive), SUBSCRIBE_TIMEOUT_MS);
    } catch {
      // Made good at the next 'ready'; until then the head poll covers for it.
      this.standing.delete(channel);
    }
  }

  // The client itself renews what stood before a reconnect; what was wished for meanwhile is added here.
  private async resubscribe(): Promise<void> {
    await Promise.all([...this.wanted.keys()].map((channel) => this.stand(channel)));
    this.tellReady();
  }

  private readonly receive = (message: string, channel: string): void => {
    if (message.startsWith(this.me)) return;
    this.wanted.get(channel)?.(message.slice(this.me.length));
  };
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
