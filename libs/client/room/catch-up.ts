import {
  mayRetry,
  placeInCatchUp,
  type CatchUpAnswer,
  type CatchUpItem,
  type Instant,
  type WireError,
  type WorkspaceEvent,
} from '#libs/contracts';
import { Alarm, type Clock } from '../clock.js';
import { Cell, type Observable } from '../observable.js';
import { wireError, type Wire } from '../wire/wire.js';

/** What happened in a workspace since this person's last visit. */
export interface CatchUpView {
  /** `ready` stays `ready` while offline: it is then what was last known. */
  status: 'loading' | 'ready' | 'error';
  /** They were never there before. */
  first: boolean;
  /** When the last visit ended. */
  since: Instant | null;
  /** The answer this is; another number is another answer. */
  head: number;
  /** What has not been seen yet, in the order in which it is told. */
  items: readonly CatchUpItem[];
  /** There is more than is told here. */
  more: boolean;
  error?: WireError;
}

interface CatchUpContext {
  personId: string;
  wire: Pick<Wire, 'online' | 'request'>;
  clock: Clock;
}

/** Events of a moment are told to the server together. */
const TELL_MS = 1_000;
/** Numbers that one request may name. */
const AT_ONCE = 1_000;
const NOTHING: CatchUpView = {
  status: 'loading',
  first: false,
  since: null,
  head: 0,
  items: [],
  more: false,
};

/**
 * A visit: begins when the person comes and asks what they missed; while they are there and have seen all of it, what
 * happens is seen as it happens, and the next visit begins behind it. Who looks away, or has no connection, misses
 * what happens meanwhile, and is told of it when they are back.
 */
export class CatchUp {
  private readonly cell = new Cell<CatchUpView>(NOTHING);
  private readonly teller: Alarm;
  private answer: CatchUpAnswer | null = null;
  private present = false;
  /** Nothing has happened unseen since the answer. */
  private fresh = false;
  private asking = false;
  /** The last news that came while the person was here. */
  private here = 0;
  /** What was seen: everything up to a number, and single ones above it. */
  private upTo = 0;
  private readonly seqs = new Set<number>();
  /** Of that, what the server knows. */
  private toldUpTo = 0;
  private readonly untold = new Set<number>();

  constructor(
    private readonly workspaceId: string,
    private readonly context: CatchUpContext,
  ) {
    this.teller = new Alarm(context.clock, () => this.tell());
  }

  get view(): Observable<CatchUpView> {
    return this.cell;
  }

  /** The person looks at the workspace. */
  arrive(): void {
    this.present = true;
    this.look();
  }

  /** They look at something else: what happens from now on is missed. */
  depart(): void {
    this.present = false;
  }

  /** Asks what was missed, if that is not known already. */
  look(): void {
    const { wire } = this.context;
    if (!this.present || this.fresh || this.asking || !wire.online) return;
    this.asking = true;
    this.fresh = true;
    wire.request('catch-up.read', { workspaceId: this.workspaceId }).then(
      ({ first, since, head, items, more }) => {
        this.asking = false;
        this.answer = { first, since, head, items, more };
        this.show();
        // Something was missed while the answer was on its way.
        if (!this.fresh) return this.look();
        this.follow();
      },
      (error: unknown) => {
        this.asking = false;
        this.fresh = false;
        if (!this.answer) this.cell.set({ ...NOTHING, status: 'error', error: wireError(error) });
      },
    );
  }

  /** These changes were seen. Kept until the server knows it. */
  see(seqs: readonly number[]): void {
    for (const seq of seqs) {
      this.seqs.add(seq);
      this.untold.add(seq);
    }
    this.show();
    this.teller.set(0);
  }

  /** All changes were seen, also those that are too many to be told. What is addressed to the person stays. */
  seeAll(): void {
    this.upTo = Math.max(this.upTo, this.answer?.head ?? 0, this.here);
    if (this.answer) this.answer = { ...this.answer, more: false };
    this.show();
    this.teller.set(0);
  }

  // ---------- for the room ----------

  joined(): void {
    this.teller.set(0);
    this.look();
  }

  disconnected(): void {
    this.fresh = false;
    this.rest();
  }

  /** No timer stays. */
  rest(): void {
    this.teller.clear();
  }

  /** Nothing may be shown any more. */
  clear(): void {
    this.rest();
    this.answer = null;
    this.fresh = false;
    this.cell.set(NOTHING);
  }

  applied(event: WorkspaceEvent): void {
    if (event.actor.id === this.context.personId) return;
    const news = placeInCatchUp(event) !== null;
    if (!news && event.type !== 'message.posted') return;
    if (!this.present) this.fresh = false;
    else if (news) {
      this.here = Math.max(this.here, event.seq);
      this.follow();
    }
  }

  // ---------- inside ----------

  /** With nothing outstanding the visit goes on to where the history is. */
  private follow(): void {
    if (!this.present || !this.fresh || this.asking || !this.answer) return;
    const isChange = (item: CatchUpItem): boolean => 'seqs' in item;
    if (this.cell.get().items.some(isChange)) return;
    if (this.answer.more && this.answer.items.some(isChange)) {
      // All that was told is seen, and the server knows it: what is older comes next.
      this.fresh = this.untold.size > 0;
      this.look();
      return;
    }
    this.upTo = Math.max(this.upTo, this.answer.head, this.here);
    if (this.upTo > this.toldUpTo && !this.teller.isSet) this.teller.set(TELL_MS);
  }

  private tell(): void {
    const { wire } = this.context;
    const { workspaceId, upTo } = this;
    const seqs = [...this.untold].slice(0, AT_ONCE);
    // Without a connection the next join tells it.
    if (!wire.online || (upTo <= this.toldUpTo && seqs.length === 0)) return;
    const seen = { workspaceId, ...(upTo > this.toldUpTo && { upTo }), ...(seqs.length > 0 && { seqs }) };
    wire.request('catch-up.seen', seen).then(
      () => {
        this.toldUpTo = Math.max(this.toldUpTo, upTo);
        for (const seq of seqs) this.untold.delete(seq);
        if (this.untold.size > 0) this.teller.set(0);
        else this.follow();
      },
      (error: unknown) => {
        if (mayRetry(wireError(error).code)) return;
        // Refused for good: the workspace is not this person's any more.
        this.untold.clear();
      },
    );
  }

  private show(): void {
    if (!this.answer) return;
    const { first, since, head, items, more } = this.answer;
    const isSeen = (seq: number): boolean => seq <= this.upTo || this.seqs.has(seq);
    const left = items.filter((item) => !('seqs' in item) || !item.seqs.every(isSeen));
    this.cell.set({ status: 'ready', first, since, head, items: left, more });
  }
}
