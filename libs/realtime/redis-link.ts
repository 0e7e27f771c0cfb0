import {
  createRedisClient,
  destroyRedisClient,
  isElsewhere,
  troubleOf,
  within,
  type RedisClient,
} from './redis-client.js';
import type { FanoutTrouble } from './fanout.js';
import type { RedisNode, RedisTarget } from './redis-target.js';

const OPEN_MS = 3_000;
const SUBSCRIBE_MS = 2_000;
/** Beats without an echo: the connections are open to a server that no longer answers. */
const SILENT_BEATS = 3;
const CHUNK = 500;

/** What the owner of a link is told; none of these may throw. */
export interface RedisLinkOwner {
  /** Its trouble has changed. */
  changed(link: RedisLink): void;
  /** It has ended for good; make a new one. */
  ended(link: RedisLink): void;
  /** The server no longer serves this channel and has ended its subscription. */
  moved(link: RedisLink, channel: string): void;
  /** Who serves what has to be asked anew. */
  elsewhere(): void;
  message(channel: string, message: string): void;
}

/**
 * Two connections to one server, one publishing (and asking), one subscribed, for as long as both live. A pulse goes
 * the way of every hint, through both of them: so a server that hangs, refuses or moved away is found at rest, too.
 */
export class RedisLink {
  readonly publisher: RedisClient;
  private readonly sharded: boolean;
  private readonly subscriber: RedisClient;
  /** Hints flowed through it once. */
  wasWell = false;
  private reached = 0;
  private isDown = false;
  /** The channel the pulse goes through, once it is subscribed. */
  private pulse: string | undefined;
  private unechoed = 0;

  /**
   * @param pulseChannel a channel of this link's own, which its server serves
   * @param trouble how it was with this server before; `opening` when that is not known
   */
  constructor(
    readonly node: RedisNode,
    target: RedisTarget,
    private readonly pulseChannel: () => string,
    public trouble: FanoutTrouble | 'opening' | null,
    private readonly owner: RedisLinkOwner,
  ) {
    this.sharded = target.form === 'cluster';
    this.publisher = createRedisClient(node, target.login, target);
    this.subscriber = createRedisClient(node, target.login, target);
    for (const client of [this.publisher, this.subscriber]) {
      client.on('connect', () => this.reached++);
      client.on('error', (error: unknown) => this.end(troubleOf(error)));
    }
    this.subscriber.on('sharded-channel-moved', (channel: string) => this.moved(channel));
    void this.open();
  }

  /** Commands may be sent; whether hints flow, `trouble` says. */
  get isOpen(): boolean {
    return !this.isDown && this.publisher.isReady;
  }

  get hasEnded(): boolean {
    return this.isDown;
  }

  publish(channel: string, message: string): Promise<unknown> {
    return this.sharded
      ? this.publisher.sPublish(channel, message)
      : this.publisher.publish(channel, message);
  }

  /** @throws when they do not stand within seconds */
  async subscribe(channels: readonly string[]): Promise<void> {
    const work: Promise<unknown>[] = [];
    // Sharded, one command may name channels of one slot only.
    const step = this.sharded ? 1 : CHUNK;
    for (let i = 0; i < channels.length; i += step) {
      const some = channels.slice(i, i + step);
      work.push(
        this.sharded
          ? this.subscriber.sSubscribe(some, this.receive)
          : this.subscriber.subscribe(some, this.receive),
      );
    }
    await within(SUBSCRIBE_MS + channels.length, Promise.all(work));
  }

  unsubscribe(channel: string): void {
    if (this.isDown) return;
    // With the listener named, the client minds a subscription that follows at once.
    const work = this.sharded
      ? this.subscriber.sUnsubscribe(channel, this.receive)
      : this.subscriber.unsubscribe(channel, this.receive);
    // It fails only with the connection, and then nothing stands any more.
    work.catch(() => undefined);
  }

  /** To be called about once a second. */
  beat(): void {
    if (this.isDown || !this.publisher.isReady || !this.subscriber.isReady) return;
    // Beats are counted, not seconds: a busy process of ours is no silence of theirs.
    if (this.unechoed >= SILENT_BEATS) this.end('hanging');
    else void this.feel();
  }

  /** Drops what is under way: hints only. */
  close(): void {
    this.isDown = true;
    destroyRedisClient(this.publisher);
    destroyRedisClient(this.subscriber);
  }

  private async open(): Promise<void> {
    try {
      await within(OPEN_MS, Promise.all([this.publisher.connect(), this.subscriber.connect()]));
      await this.feel();
    } catch (error) {
      const trouble = troubleOf(error);
      // Nobody took the connection, or somebody did and says nothing.
      this.end(trouble === 'hanging' && this.reached === 0 ? 'away' : trouble);
    }
  }

  private async feel(): Promise<void> {
    this.unechoed++;
    try {
      if (this.pulse === undefined) {
        const channel = this.pulseChannel();
        await this.subscribe([channel]);
        this.pulse = channel;
      }
      await this.publish(this.pulse, '');
    } catch (error) {
      if (this.isDown || troubleOf(error) === 'hanging') return;
      // An answer, only not the one we like.
      this.unechoed = 0;
      this.turn(troubleOf(error));
      if (isElsewhere(error)) this.moved(this.pulse);
    }
  }

  private moved(channel: string | undefined): void {
    if (channel === this.pulse) this.pulse = undefined;
    else if (channel !== undefined) this.owner.moved(this, channel);
    this.owner.elsewhere();
  }

  private readonly receive = (message: string, channel: string): void => {
    if (channel !== this.pulse) {
      this.owner.message(channel, message);
      return;
    }
    this.wasWell = true;
    this.unechoed = 0;
    this.turn(null);
  };

  private turn(trouble: FanoutTrouble | null): void {
    if (this.isDown || trouble === this.trouble) return;
    this.trouble = trouble;
    this.owner.changed(this);
  }

  private end(trouble: FanoutTrouble): void {
    if (this.isDown) return;
    this.trouble = trouble;
    this.close();
    this.owner.ended(this);
  }
}
