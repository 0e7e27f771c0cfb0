/** What a generator sends begins with this, so that a frame tells which of the step's events it carries. */
export const textOf = (step: number, index: number) => `#${step}:${index}#`.padEnd(200, 'x');
const TEXT = /^#(\d+):(\d+)#/;

interface Frame {
  bytes: Buffer;
  first: number;
  last: number;
  /** Places in the step of the messages in it. */
  events: number[];
}

interface FrameBody {
  events: { seq: number; data: { message?: { body: string } } }[];
}

/** Called when the last member has an event. */
export type Complete = (index: number) => void;

const KEPT = 512;

/**
 * Checks off every (event, member) pair of one workspace. All members are sent the same bytes: a frame is decoded for
 * the first of them, for the others only compared.
 */
export class RoomLog {
  private frames: Frame[] = [];
  /** The number of `frames[0]`. */
  private base = 0;
  private readonly next: Uint32Array;
  private readonly seqs: Float64Array;
  private seen = new Uint8Array(0);
  private left = new Uint16Array(0);
  private places = new Map<number, number>();
  private step = -1;
  private complete: Complete = () => undefined;
  delivered = 0;
  doubled = 0;
  /** A number that was skipped or came again: the order is broken. */
  disordered = 0;

  constructor(readonly members: number) {
    this.next = new Uint32Array(members);
    this.seqs = new Float64Array(members).fill(-1);
  }

  /** @param indices the step's events that are sent into this workspace */
  begin(step: number, indices: readonly number[], complete: Complete): void {
    this.step = step;
    this.complete = complete;
    this.places = new Map(indices.map((index, place) => [index, place]));
    this.seen = new Uint8Array(indices.length * this.members);
    this.left = new Uint16Array(indices.length).fill(this.members);
    this.delivered = 0;
  }

  /** Pairs of acknowledged events that nobody has checked off. */
  missing(acknowledged: (index: number) => boolean): number {
    let sum = 0;
    for (const [index, place] of this.places) if (acknowledged(index)) sum += this.left[place] ?? 0;
    return sum;
  }

  receive(slot: number, payload: Buffer, at: number): void {
    const frame = this.find(slot, payload, at);
    const seq = this.seqs[slot] ?? -1;
    if (seq >= 0 && frame.first !== seq + 1) this.disordered++;
    this.seqs[slot] = frame.last;
    for (const index of frame.events) this.check(slot, index);
  }

  private check(slot: number, index: number): void {
    const place = this.places.get(index);
    if (place === undefined) return;
    const pair = place * this.members + slot;
    if (this.seen[pair]) {
      this.doubled++;
      return;
    }
    this.seen[pair] = 1;
    this.delivered++;
    const left = (this.left[place] ?? 0) - 1;
    this.left[place] = left;
    if (left === 0) this.complete(index);
  }

  private find(slot: number, payload: Buffer, at: number): Frame {
    const turn = Math.max(this.next[slot] ?? 0, this.base);
    const known = this.frames[turn - this.base];
    if (known?.bytes.equals(payload)) {
      this.next[slot] = turn + 1;
      return known;
    }
    // Not the one that was expected: some server cuts its frames differently for each member.
    const found = this.frames.findLastIndex(({ bytes }) => bytes.equals(payload));
    if (found >= 0) {
      this.next[slot] = this.base + found + 1;
      return this.frames[found]!;
    }
    const frame = this.decode(payload, at);
    this.frames.push(frame);
    if (this.frames.length > KEPT * 2) {
      this.frames = this.frames.slice(KEPT);
      this.base += KEPT;
    }
    this.next[slot] = this.base + this.frames.length;
    return frame;
  }

  private decode(payload: Buffer, at: number): Frame {
    const bytes = Buffer.from(payload);
    const { events } = JSON.parse(bytes.toString('utf8', at, bytes.length - 1)) as FrameBody;
    const indices = events.flatMap(({ data }) => {
      const [, step, index] = TEXT.exec(data.message?.body ?? '') ?? [];
      return Number(step) === this.step ? [Number(index)] : [];
    });
    return { bytes, first: events[0]?.seq ?? 0, last: events.at(-1)?.seq ?? 0, events: indices };
  }
}
