import {
  keyOfRow,
  mayRetry,
  type FollowLevel,
  type InboxCounts,
  type InboxPage,
  type InboxRow,
  type InboxState,
  type Instant,
  type SetInboxRow,
  type PersonEvent,
  type Topic,
  type WireError,
} from '#libs/contracts';
import { Alarm, backoff, type Clock } from './clock.js';
import { Cell, type Observable } from './observable.js';
import { wireError, type Wire } from './wire/wire.js';

export interface InboxView {
  /** `ready` stays `ready` while offline: the rows are then the last ones known. */
  status: 'loading' | 'ready' | 'error';
  /** What is open, newest first. */
  rows: readonly InboxRow[];
  counts: InboxCounts;
  /** There are older ones: `more()` fetches them. */
  more: boolean;
  error?: WireError;
}

export interface InboxContext {
  wire: Wire;
  clock: Clock;
  random: () => number;
  /** A caller is done with the inbox. */
  left: () => void;
}

/** A timer can't be set further ahead. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

/** What waits for this person, live on every tab and device. A row that is told twice is the same row. */
export class Inbox {
  private readonly cell = new Cell<InboxView>({
    status: 'loading',
    rows: [],
    counts: { action: 0, info: 0 },
    more: false,
  });
  private readonly rows = new Map<string, InboxRow>();
  /** What its owner did here and the server has not answered yet. */
  private readonly wishes = new Map<string, SetInboxRow>();
  private readonly again: Alarm;
  private readonly back: Alarm;
  private fruitless = 0;
  joining = false;

  constructor(private readonly context: InboxContext) {
    this.again = new Alarm(context.clock, () => this.join());
    this.back = new Alarm(context.clock, () => this.join());
  }

  get view(): Observable<InboxView> {
    return this.cell;
  }

  /** Older rows. Rejects with AppError. */
  async more(): Promise<void> {
    const last = this.cell.get().rows.at(-1);
    if (!last) return;
    const { at, taskId, topic } = last;
    const page = await this.context.wire.request('inbox.read', {
      state: 'OPEN',
      before: { at, taskId, topic },
    });
    this.take(page);
  }

  /** What was put off or put away, newest first. Rejects with AppError. */
  read(state: Exclude<InboxState, 'OPEN'>, before?: InboxRow): Promise<InboxPage> {
    return this.context.wire.request('inbox.read', {
      state,
      ...(before && { before: { at: before.at, taskId: before.taskId, topic: before.topic } }),
    });
  }

  /**
   * Puts a row away, off or back: shown at once, and carried out when there is a connection. Rejects with AppError when
   * the server refuses it for good; it is then as before.
   */
  set(
    { taskId, topic }: { taskId: string; topic: Topic },
    state: InboxState,
    until?: Instant,
  ): Promise<void> {
    const wish = { taskId, topic, state, ...(until !== undefined && { until }) };
    this.wishes.set(keyOfRow(wish), wish);
    this.show({});
    return this.carryOut(wish);
  }

  /** Puts away what is on the screen and only for information. Answers what was, to put it back. Rejects with AppError. */
  async clearInfo(): Promise<InboxRow[]> {
    const newest = this.cell.get().rows[0];
    if (!newest) return [];
    const { rows } = await this.context.wire.request('inbox.clear-info', { upTo: newest.at });
    this.put(rows);
    return rows;
  }

  /** How much of a task this person hears. Rejects with AppError. */
  async followed(workspaceId: string): Promise<FollowLevel> {
    return (await this.context.wire.request('follow.read', { workspaceId })).level;
  }

  /** How much of a task this person wants to hear. Rejects with AppError. */
  async follow(workspaceId: string, level: FollowLevel): Promise<void> {
    await this.context.wire.request('follow.set', { workspaceId, level });
  }

  /** Each caller of `client.inbox()` calls this once. */
  leave(): void {
    this.context.left();
  }

  // ---------- for the client ----------

  join(): void {
    const { wire, random } = this.context;
    if (!wire.online || this.joining) return;
    this.again.clear();
    this.joining = true;
    wire.request('inbox.read', { state: 'OPEN' }).then(
      (page) => {
        this.joining = false;
        this.fruitless = 0;
        this.rows.clear();
        this.take(page);
        for (const wish of this.wishes.values()) this.carryOut(wish).catch(() => undefined);
      },
      (error: unknown) => {
        this.joining = false;
        const view = this.cell.get();
        if (view.status !== 'ready') this.cell.set({ ...view, status: 'error', error: wireError(error) });
        if (wire.online) this.again.set(backoff(this.fruitless++, random));
      },
    );
  }

  onEvent(event: PersonEvent): void {
    if (event.type === 'inbox.changed') this.put(event.data.rows);
    if (event.type === 'inbox.cleared') {
      for (const row of [...this.rows.values()])
        if (row.taskId === event.data.taskId) this.rows.delete(keyOfRow(row));
      this.show({});
    }
  }

  disconnected(): void {
    this.again.clear();
    this.back.clear();
  }

  dispose(): void {
    this.disconnected();
  }

  private async carryOut(wish: SetInboxRow): Promise<void> {
    const { wire } = this.context;
    // Offline: with the next connection.
    if (!wire.online) return;
    const key = keyOfRow(wish);
    const settle = (): void => {
      if (this.wishes.get(key) === wish) this.wishes.delete(key);
    };
    try {
      const { row } = await wire.request('inbox.set', wish);
      settle();
      this.put([row]);
    } catch (error) {
      if (mayRetry(wireError(error).code)) return;
      settle();
      this.show({});
      throw error;
    }
  }

  private take({ rows, more, counts, next }: InboxPage): void {
    for (const row of rows) this.keep(row);
    if (next !== null) this.backAt(Date.parse(next));
    this.show({ more, counts });
  }

  private put(rows: readonly InboxRow[]): void {
    const { more } = this.cell.get();
    for (const row of rows) this.keep(row);
    // Put off until: whoever has it on the screen sees it come back.
    const soonest = Math.min(...rows.flatMap(({ until }) => (until === null ? [] : [Date.parse(until)])));
    if (Number.isFinite(soonest) && !this.back.isSet) this.backAt(soonest);
    this.show({});
    // The counts of what is not here only the server knows.
    if (more && !this.again.isSet) this.again.set(500);
  }

  /** Asks again when something that was put off comes back. */
  private backAt(moment: number): void {
    this.back.set(Math.min(Math.max(moment - this.context.clock.now(), 1_000), LONGEST_MS));
  }

  private keep(row: InboxRow): void {
    const key = keyOfRow(row);
    const known = this.rows.get(key);
    if (known && known.version > row.version) return;
    this.rows.set(key, row);
  }

  private show({ more = this.cell.get().more, counts }: { more?: boolean; counts?: InboxCounts }): void {
    const rows = [...this.rows.values()]
      .filter((row) => (this.wishes.get(keyOfRow(row))?.state ?? row.state) === 'OPEN')
      .sort((a, b) => (a.at === b.at ? (keyOfRow(a) < keyOfRow(b) ? 1 : -1) : a.at < b.at ? 1 : -1));
    const action = rows.filter(({ group }) => group === 'ACTION').length;
    this.cell.set({
      status: 'ready',
      rows,
      more,
      // All that is open is here: counted here. Otherwise the server's counts hold until it is asked again.
      counts: more ? (counts ?? this.cell.get().counts) : { action, info: rows.length - action },
    });
  }
}
