import type { Cursor, WorkspaceEvent } from '#libs/contracts';

/**
 * Puts one stream's events in order: hands out `cursor + 1` and nothing else, holds what is early,
 * drops what is known. Says when something is missing; asking for it is its owner's affair.
 */
export class GapTracker {
  private at: Cursor | null = null;
  private readonly early = new Map<number, WorkspaceEvent>();
  /** The epoch of `early` and `head`: the one heard last, which may be newer than the cursor's. */
  private epoch: string | null = null;
  private head = 0;

  /** `bound`: how many early events are held. Those past it are dropped and come with the catch-up. */
  constructor(private readonly bound = 500) {}

  /** The last event handed out; `null` before the first `restart`. */
  get cursor(): Cursor | null {
    return this.at;
  }

  /** Something is known to exist that was not handed out. */
  get behind(): boolean {
    return this.at !== null && (this.at.epoch !== this.epoch || this.head > this.at.seq);
  }

  get full(): boolean {
    return this.early.size >= this.bound;
  }

  /** Takes events in any order; answers those whose turn has come. */
  accept(epoch: string, events: readonly WorkspaceEvent[]): WorkspaceEvent[] {
    this.hear(epoch);
    const ready: WorkspaceEvent[] = [];
    for (const event of events) {
      this.head = Math.max(this.head, event.seq);
      if (this.at?.epoch !== epoch) this.hold(event);
      else if (event.seq === this.at.seq + 1) ready.push(this.step(this.at, event), ...this.drain());
      else if (event.seq > this.at.seq) this.hold(event);
    }
    return ready;
  }

  /** The stream is known to reach `seq`. */
  saw(epoch: string, seq: number): void {
    this.hear(epoch);
    this.head = Math.max(this.head, seq);
  }

  /** Goes on from a snapshot; answers the held events that follow it. */
  restart(cursor: Cursor): WorkspaceEvent[] {
    // The server itself went back: what was heard of later numbers is void.
    if (this.at?.epoch === cursor.epoch && cursor.seq < this.at.seq) this.epoch = null;
    this.hear(cursor.epoch);
    this.at = cursor;
    this.head = Math.max(this.head, cursor.seq);
    for (const seq of this.early.keys()) if (seq <= cursor.seq) this.early.delete(seq);
    return this.drain();
  }

  /** Forgets the place: the next join asks for everything. */
  forget(): void {
    this.at = null;
  }

  private hear(epoch: string): void {
    if (epoch === this.epoch) return;
    this.epoch = epoch;
    this.head = 0;
    this.early.clear();
  }

  private hold(event: WorkspaceEvent): void {
    if (!this.full) this.early.set(event.seq, event);
  }

  private step(at: Cursor, event: WorkspaceEvent): WorkspaceEvent {
    this.early.delete(event.seq);
    this.at = { epoch: at.epoch, seq: event.seq };
    return event;
  }

  private drain(): WorkspaceEvent[] {
    const ready: WorkspaceEvent[] = [];
    while (this.at) {
      const next = this.early.get(this.at.seq + 1);
      if (!next) break;
      ready.push(this.step(this.at, next));
    }
    return ready;
  }
}
