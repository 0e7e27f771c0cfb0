import { firstUnread, type MarkView, type WorkspaceEvent } from '#libs/contracts';
import { Alarm, type Clock } from '../clock.js';
import type { Wire } from '../wire/wire.js';

/** How far this person has read in a thread. */
export interface ThreadReading {
  /** The message from which on it is unread, whether there is such a message yet or not. */
  firstUnread: number;
  /** Messages of others from there on. Never negative, and exact once the server has answered. */
  unread: number;
  /** "Belum dibaca" was set by hand. */
  marked: boolean;
}

interface Happened {
  seq: number;
  no: number;
  change: 1 | -1;
}

interface ReadingContext {
  personId: string;
  wire: Pick<Wire, 'online' | 'request'>;
  clock: Clock;
  changed: () => void;
}

/** Readings of a moment travel together. */
const SEND_MS = 300;
/** Happenings held since the last counts; past it the counts are asked for anew. */
const HELD = 1_000;

/**
 * Reading marks of one workspace. A count belongs to a number in the history: what happened after it is counted here,
 * what happened before is in it already. So it does not matter in which order a mark and a message arrive.
 */
export class Reading {
  private readonly marks = new Map<string, MarkView>();
  private readonly happened = new Map<string, Happened[]>();
  private held = 0;
  /** By thread: the number up to which what happened is held no longer. */
  private readonly dropped = new Map<string, number>();
  /** Read on this device and not yet answered. */
  private readonly unsent = new Map<string, number>();
  private readonly sender: Alarm;
  private asking = false;
  private askAgain = false;
  private shown: ReadonlyMap<string, ThreadReading> = new Map();

  constructor(
    private readonly workspaceId: string,
    private readonly context: ReadingContext,
  ) {
    this.sender = new Alarm(context.clock, () => this.flush());
  }

  /** By thread id. A thread that is not in it: not known yet. */
  get threads(): ReadonlyMap<string, ThreadReading> {
    return this.shown;
  }

  /** The workspace was joined: what was read elsewhere meanwhile is asked for, what was read here is told. */
  joined(): void {
    this.ask();
    if (this.unsent.size > 0) this.sender.set(0);
  }

  applied(event: WorkspaceEvent): void {
    if (event.type === 'thread.opened') {
      const { id } = event.data.thread;
      if (!this.marks.has(id)) this.marks.set(id, this.unreadThread(id, event.seq));
    } else if (event.type === 'message.posted' || event.type === 'message.deleted') {
      const { threadId, no, author } = event.data.message;
      const change = event.type === 'message.posted' ? 1 : -1;
      if (author.id !== this.context.personId) this.hold(threadId, { seq: event.seq, no, change });
    } else return;
    this.compose();
  }

  onMark(mark: MarkView): void {
    this.take(mark);
    this.compose();
  }

  /** Everything up to this number was on the screen. Call as often as you like. */
  read(threadId: string, upTo: number): void {
    const mark = this.marks.get(threadId);
    if (mark && upTo <= mark.upTo && (mark.unreadFrom === null || upTo < mark.unreadFrom)) return;
    if (upTo <= (this.unsent.get(threadId) ?? 0)) return;
    this.unsent.set(threadId, upTo);
    if (!this.sender.isSet) this.sender.set(SEND_MS);
    this.compose();
  }

  /** From this message on the thread counts as unread again. Rejects with AppError (`unavailable` while offline). */
  async markUnread(threadId: string, from: number): Promise<void> {
    this.unsent.delete(threadId);
    const { workspaceId } = this;
    const { mark } = await this.context.wire.request('thread.mark-unread', { workspaceId, threadId, from });
    this.onMark(mark);
  }

  /** No timer stays. */
  rest(): void {
    this.sender.clear();
  }

  /** Nothing may be shown any more. */
  clear(): void {
    this.rest();
    this.marks.clear();
    this.happened.clear();
    this.dropped.clear();
    this.held = 0;
    this.compose();
  }

  private ask(): void {
    const { wire } = this.context;
    if (!wire.online) return;
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    this.askAgain = false;
    const { workspaceId } = this;
    wire.request('marks.read', { workspaceId }).then(
      ({ marks }) => {
        this.asking = false;
        for (const mark of marks) this.take(mark);
        this.dropUncounted();
        this.compose();
        if (this.askAgain) this.ask();
      },
      // The next join asks again; until then nothing is shown as unread that may not be.
      () => (this.asking = false),
    );
  }

  private flush(): void {
    const { wire } = this.context;
    if (!wire.online) return; // the next join tells it
    const { workspaceId } = this;
    for (const [threadId, upTo] of this.unsent) {
      const version = this.marks.get(threadId)?.version ?? 0;
      wire.request('thread.read', { workspaceId, threadId, upTo, version }).then(
        ({ mark }) => {
          if (this.unsent.get(threadId) === upTo) this.unsent.delete(threadId);
          this.onMark(mark);
        },
        // Kept, and told with the next reading or join.
        () => undefined,
      );
    }
  }

  private take(mark: MarkView): void {
    const known = this.marks.get(mark.threadId);
    const older =
      known && (known.version > mark.version || (known.version === mark.version && known.asOf > mark.asOf));
    if (older) return;
    this.marks.set(mark.threadId, mark);
    // A newer mark whose count is of an earlier moment than one that was taken already: what happened in between is
    // not held any more.
    if (mark.asOf < (this.dropped.get(mark.threadId) ?? 0)) this.ask();
    const before = this.happened.get(mark.threadId);
    if (!before) return;
    this.dropped.set(mark.threadId, Math.max(mark.asOf, this.dropped.get(mark.threadId) ?? 0));
    const after = before.filter(({ seq }) => seq > mark.asOf);
    this.held -= before.length - after.length;
    this.happened.set(mark.threadId, after);
  }

  private hold(threadId: string, happened: Happened): void {
    const list = this.happened.get(threadId);
    if (list) list.push(happened);
    else this.happened.set(threadId, [happened]);
    if (++this.held > HELD) this.ask();
  }

  /** What happened in threads that are too old to be counted is of no use. */
  private dropUncounted(): void {
    for (const [threadId, list] of this.happened) {
      if (this.marks.has(threadId)) continue;
      this.held -= list.length;
      this.happened.delete(threadId);
    }
  }

  private unreadThread(threadId: string, asOf: number): MarkView {
    const { workspaceId } = this;
    return { workspaceId, threadId, upTo: 0, unreadFrom: null, version: 0, unread: 0, asOf };
  }

  private compose(): void {
    this.shown = new Map([...this.marks].map(([threadId, mark]) => [threadId, this.readingOf(mark)]));
    this.context.changed();
  }

  private readingOf(mark: MarkView): ThreadReading {
    const first = firstUnread(mark);
    const later = (this.happened.get(mark.threadId) ?? []).filter(({ seq }) => seq > mark.asOf);
    const unread = later.reduce((sum, { no, change }) => (no >= first ? sum + change : sum), mark.unread);
    const here = this.unsent.get(mark.threadId) ?? 0;
    const newest = later.at(-1)?.no ?? 0;
    // Read to the end on this screen: the server will say the same.
    if (here >= Math.max(newest, mark.upTo + mark.unread) && here >= first)
      return { firstUnread: here + 1, unread: 0, marked: false };
    return { firstUnread: first, unread: Math.max(0, unread), marked: mark.unreadFrom !== null };
  }
}
