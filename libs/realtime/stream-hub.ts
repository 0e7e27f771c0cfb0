import { LIMITS, withoutText, type EventsFrame, type StreamEvent } from '#libs/contracts';
import type { Fanout } from './fanout.js';

/** Where the truth is read: the database, through two indexed questions. */
export interface StreamSource {
  heads(ids: readonly string[]): Promise<StreamState[]>;
  events(streamId: string, after: number, upTo: number, limit: number): Promise<StreamEvent[]>;
}

/** Where a stream stands in the database. `aclVersion` counts the changes of who may see it. */
export interface StreamState {
  id: string;
  seq: number;
  epoch: string;
  aclVersion: number;
}

/** What a watcher of a stream is told. None of these may throw or wait. */
export interface StreamListener {
  /** The next events, in order, without a hole, each once. */
  events(frame: EventsFrame): void;
  /** Where the stream stands; shows a receiver that it missed the tail. */
  head?(head: StreamPosition): void;
  /** The history was replaced (a restored backup): whoever has a cursor starts anew. */
  reset?(head: StreamPosition): void;
  /** Who may see the stream has changed, perhaps without an event: a post ended, a role was granted. */
  rights?(): void;
  /** Something un-numbered from another instance: presence, typing. */
  signal?(signal: Signal): void;
}

export interface StreamPosition {
  streamId: string;
  epoch: string;
  seq: number;
}

export type Signal =
  | { kind: 'presence' }
  | { kind: 'typing'; threadId: string; personId: string; name: string };

interface Stream extends StreamPosition {
  opened: Promise<void>;
  listeners: Set<StreamListener>;
  /** The newest events, contiguous, ending at `seq`: as many as a slow join may need, of the last seconds. */
  ring: StreamEvent[];
  /** So many of them were there when memory was last tidied. */
  old: number;
  /** The highest number heard of. */
  heard: number;
  filling: boolean;
  aclVersion: number;
  /** Beats since the last change; the beacon falls silent after a while and only reminds now and then. */
  quiet: number;
  linger: NodeJS.Timeout | undefined;
}

// `t` names the recorded commit, in W3C's form, when there is one.
type Message = { f: EventsFrame; t?: string } | { s: Signal };

/** How events came to this instance: its own commit, another's hint, or read after a hole. */
export type Way = 'own' | 'hint' | 'fill';

const POLL_MS = 1_000;
const FILL = 500;
const HEADS = 1_000;
/** A join reads for some seconds at most; what came since it began must still be there. */
const TIDY_BEATS = 8;
const LINGER_MS = 60_000;
const OPEN_TRIES_MS = [0, 100, 400];

export function streamChannel(streamId: string): string {
  return `simpul:stream:${streamId}`;
}

function tell(stream: Stream, frame: EventsFrame): void {
  for (const listener of stream.listeners) listener.events(frame);
}

function forgetOldest(stream: Stream, count: number): void {
  stream.ring.splice(0, count);
  stream.old = Math.max(0, stream.old - count);
}

/**
 * One per process: turns what this instance commits, what others hint at and what the database holds into one
 * ordered flow per watched stream. A frame that fits is passed on; a hole is filled from the database, once for all
 * watchers; a lost hint is found by asking for the heads about once a second.
 */
export class StreamHub {
  private readonly streams = new Map<string, Stream>();
  private timer: NodeJS.Timeout | undefined;
  private polling: Promise<void> = Promise.resolve();
  private stopped = false;
  private beats = 0;
  /** Holes that had to be filled from the database, since the start. */
  fills = 0;
  /** Streams whose history was found replaced, since the start. */
  resets = 0;
  /** Told of each frame after its watchers were, for whoever measures. Must not throw and must not wait. */
  passed: ((frame: EventsFrame, way: Way) => void) | undefined;
  /**
   * Asked to tell the watchers, by calling `tell` at once and once, when the commit was recorded under the name `trace`.
   * That came over the wire and may be anything. Must not throw and must not wait.
   */
  traced: ((trace: string, frame: EventsFrame, way: Way, tell: () => void) => void) | undefined;

  constructor(
    private readonly fanout: Fanout,
    private readonly source: StreamSource,
    private readonly failed: (error: unknown) => void,
  ) {
    fanout.onReady(() => void this.poll());
    this.beat();
  }

  /** Streams watched or lingering here. */
  get size(): number {
    return this.streams.size;
  }

  /** How many events the stream furthest behind has been heard of and not passed on. */
  get lag(): number {
    let most = 0;
    for (const { heard, seq } of this.streams.values()) most = Math.max(most, heard - seq);
    return most;
  }

  /**
   * Watches a stream. When this resolves, every event committed after `position(streamId)` will be told. Rejects when
   * the stream does not exist or the database is away. Call `unwatch` with the same listener.
   */
  async watch(streamId: string, listener: StreamListener): Promise<void> {
    let stream = this.streams.get(streamId);
    if (!stream) {
      stream = {
        streamId,
        epoch: '',
        seq: 0,
        opened: Promise.resolve(),
        listeners: new Set(),
        ring: [],
        old: 0,
        heard: 0,
        filling: false,
        aclVersion: 0,
        quiet: 0,
        linger: undefined,
      };
      this.streams.set(streamId, stream);
      stream.opened = this.open(stream);
    }
    clearTimeout(stream.linger);
    stream.linger = undefined;
    stream.listeners.add(listener);
    try {
      await stream.opened;
    } catch (error) {
      stream.listeners.delete(listener);
      this.forget(stream);
      throw error;
    }
  }

  unwatch(streamId: string, listener: StreamListener): void {
    const stream = this.streams.get(streamId);
    if (!stream?.listeners.delete(listener) || stream.listeners.size > 0) return;
    // Whoever walks out of a room often walks in again; after that the instance no longer listens.
    stream.linger = setTimeout(() => this.forget(stream), LINGER_MS);
    stream.linger.unref();
  }

  /** Where this instance stands in a watched stream. */
  position(streamId: string): StreamPosition | undefined {
    return this.streams.get(streamId);
  }

  /** Events after `seq` from memory, up to where this instance stands; null when memory does not reach back so far. */
  since(streamId: string, seq: number): StreamEvent[] | null {
    const stream = this.streams.get(streamId);
    if (!stream) return null;
    if (seq >= stream.seq) return [];
    const first = stream.ring[0];
    return first && first.seq <= seq + 1 ? stream.ring.slice(seq + 1 - first.seq) : null;
  }

  /** What this instance committed: straight to its own watchers, and as a hint to the others. */
  committed(frames: readonly (EventsFrame & { trace?: string })[]): void {
    for (const { streamId, epoch, events, trace } of frames) {
      const frame = { streamId, epoch, events };
      this.accept(frame, 'own', trace);
      const message: Message = trace === undefined ? { f: frame } : { f: frame, t: trace };
      this.fanout.publish(streamChannel(streamId), JSON.stringify(message));
    }
  }

  /** Tells the other instances something un-numbered. */
  signal(streamId: string, signal: Signal): void {
    this.fanout.publish(streamChannel(streamId), JSON.stringify({ s: signal } satisfies Message));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.polling;
    for (const stream of this.streams.values()) this.forget(stream);
  }

  private async open(stream: Stream): Promise<void> {
    // Listening comes before looking: what is committed in between is heard.
    await this.fanout.subscribe(streamChannel(stream.streamId), (message) =>
      this.receive(stream.streamId, message),
    );
    let last: unknown = new Error(`stream ${stream.streamId} does not exist`);
    for (const pause of OPEN_TRIES_MS) {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      try {
        const [head] = await this.source.heads([stream.streamId]);
        if (!head) break;
        stream.epoch = head.epoch;
        stream.seq = head.seq;
        stream.aclVersion = head.aclVersion;
        if (stream.heard > stream.seq) void this.fill(stream);
        return;
      } catch (error) {
        last = error;
      }
    }
    throw last;
  }

  private forget(stream: Stream): void {
    clearTimeout(stream.linger);
    if (this.streams.get(stream.streamId) !== stream) return;
    this.streams.delete(stream.streamId);
    this.fanout.unsubscribe(streamChannel(stream.streamId));
  }

  private receive(streamId: string, text: string): void {
    let message: Message;
    try {
      message = JSON.parse(text) as Message;
    } catch (error) {
      this.failed(error);
      return;
    }
    if ('f' in message) this.accept(message.f, 'hint', message.t);
    else for (const listener of this.streams.get(streamId)?.listeners ?? []) listener.signal?.(message.s);
  }

  private accept(frame: EventsFrame, way: Way, trace?: string): void {
    const stream = this.streams.get(frame.streamId);
    const last = frame.events.at(-1);
    if (!stream || !last) return;
    stream.heard = Math.max(stream.heard, last.seq);
    if (stream.epoch === '') return; // still opening: it looks at `heard` when it is done
    if (stream.epoch !== frame.epoch) {
      void this.poll(); // a hint grants nothing; the database says which history is the true one
      return;
    }
    const fresh = frame.events.filter((event) => event.seq > stream.seq);
    if (fresh[0]?.seq === stream.seq + 1) this.advance(stream, fresh, way, trace);
    else if (fresh.length > 0) void this.fill(stream);
  }

  private advance(stream: Stream, events: StreamEvent[], way: Way, trace?: string): void {
    stream.seq += events.length;
    stream.heard = Math.max(stream.heard, stream.seq);
    stream.quiet = 0;
    stream.ring.push(...events);
    // Memory forgets with the database: nobody who comes later gets from here what was deleted.
    for (const event of events) {
      if (event.type !== 'message.deleted') continue;
      const { message } = event.data;
      stream.ring = stream.ring.map((kept) => withoutText(kept, message));
    }
    if (stream.ring.length > LIMITS.ring * 2) forgetOldest(stream, stream.ring.length - LIMITS.ring);
    const frame = { streamId: stream.streamId, epoch: stream.epoch, events };
    if (this.traced && trace !== undefined) this.traced(trace, frame, way, () => tell(stream, frame));
    else tell(stream, frame);
    this.passed?.(frame, way);
  }

  private async fill(stream: Stream): Promise<void> {
    if (stream.filling) return;
    stream.filling = true;
    this.fills++;
    try {
      while (stream.heard > stream.seq && this.streams.get(stream.streamId) === stream) {
        const { epoch } = stream;
        const events = await this.source.events(stream.streamId, stream.seq, stream.heard, FILL);
        if (stream.epoch !== epoch) continue;
        // Live frames may have closed part of the hole meanwhile.
        const fresh = events.filter((event) => event.seq > stream.seq);
        if (fresh.length > 0) this.advance(stream, fresh, 'fill');
        else if (events.length === 0) break; // heard of, not yet readable: the next beat asks again
      }
    } catch (error) {
      this.failed(error); // the next beat asks again
    } finally {
      stream.filling = false;
    }
  }

  private beat(): void {
    this.timer = setTimeout(
      () => {
        this.beats++;
        if (this.beats % TIDY_BEATS === 0) this.tidy();
        void this.poll().finally(() => {
          if (!this.stopped) this.beat();
        });
      },
      POLL_MS * (0.75 + Math.random() * 0.5),
    );
  }

  /** Nobody who joins needs what was passed on before this and the last time: memory does not grow with time. */
  private tidy(): void {
    for (const stream of this.streams.values()) {
      forgetOldest(stream, stream.old);
      stream.old = stream.ring.length;
    }
  }

  /** Compares all watched streams with the database: finds lost hints and a replaced history. */
  private poll(): Promise<void> {
    this.polling = this.polling.then(() => this.compare()).catch((error: unknown) => this.failed(error));
    return this.polling;
  }

  private async compare(): Promise<void> {
    const open = [...this.streams.values()].filter((stream) => stream.epoch !== '');
    for (let i = 0; i < open.length; i += HEADS) {
      const part = open.slice(i, i + HEADS);
      const heads = await this.source.heads(part.map((stream) => stream.streamId));
      const byId = new Map(heads.map((head) => [head.id, head]));
      for (const stream of part) {
        const head = byId.get(stream.streamId);
        if (head) this.compareOne(stream, head);
      }
    }
  }

  private compareOne(stream: Stream, head: StreamState): void {
    if (head.aclVersion !== stream.aclVersion) {
      stream.aclVersion = head.aclVersion;
      for (const listener of stream.listeners) listener.rights?.();
    }
    if (head.epoch !== stream.epoch) {
      this.resets++;
      Object.assign(stream, {
        epoch: head.epoch,
        seq: head.seq,
        heard: head.seq,
        ring: [],
        old: 0,
        quiet: 0,
      });
      for (const listener of stream.listeners) listener.reset?.(stream);
      return;
    }
    if (head.seq > stream.seq) {
      stream.heard = Math.max(stream.heard, head.seq);
      void this.fill(stream);
      return;
    }
    stream.quiet++;
    if (stream.quiet <= 3 || stream.quiet % 15 === 0) {
      for (const listener of stream.listeners) listener.head?.(stream);
    }
  }
}
