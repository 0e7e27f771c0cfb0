import type { DataSource, EntityManager } from 'typeorm';
import type { ActorView, EventType, StreamEvent } from '#libs/contracts';
import { toEvent } from './history.js';

/**
 * Derives rows from the history, afterwards. Gets events in commit order of their transactions, several streams
 * mixed. Returns what to do once the batch is committed (announcements), or nothing.
 */
export type Derive<T extends EventType = EventType> = (
  tx: EntityManager,
  events: StreamEvent<T>[],
) => Promise<(() => void) | undefined>;

/** What a consumer wants to know. */
interface Wanted<T extends EventType> {
  /** Events of other types are passed over where they lie. */
  types: readonly T[];
  /** Between looks that nothing has nudged. */
  pollMs?: number;
}

interface Row {
  stream_id: string;
  seq: string;
  type: StreamEvent['type'];
  at: Date;
  actor: ActorView;
  command_id: string;
  data: never;
  xid: string;
}

const NO_STREAM = '00000000-0000-0000-0000-000000000000';

/** The cursor is from another cluster: a dump was restored, and nobody has said so yet. */
export class CursorAhead extends Error {
  constructor(consumer: string) {
    super(
      `"${consumer}" has read further than this PostgreSQL has written; after a restored backup: npm run restored`,
    );
    this.name = 'CursorAhead';
  }
}

const BATCH = 500;
const POLL_MS = 250;
const AFTER_FAILURE_MS = 1_000;

/**
 * A named reader of all histories with its own cursor. With many instances one at a time does the work (the cursor
 * row's lock); the derived rows and the cursor are committed together, so each event counts exactly once.
 *
 * Order is by writing transaction, and only what is older than every transaction still running is read: an event
 * can't appear behind the cursor.
 */
export class HistoryConsumer<T extends EventType> {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = true;

  constructor(
    private readonly source: DataSource,
    readonly name: string,
    private readonly wanted: Wanted<T>,
    private readonly derive: Derive<T>,
    private readonly failed: (error: unknown) => void,
  ) {}

  async start(): Promise<void> {
    await this.source.query(
      `INSERT INTO consumer_cursor (name, xid, stream_id, seq)
       VALUES ($1, '0', $2, 0) ON CONFLICT (name) DO NOTHING`,
      [this.name, NO_STREAM],
    );
    const [cursor] = await this.source.query<{ ahead: boolean }[]>(
      'SELECT xid >= pg_snapshot_xmax(pg_current_snapshot()) AS ahead FROM consumer_cursor WHERE name = $1',
      [this.name],
    );
    // It would wait for ever, and what is written meanwhile would lie behind it.
    if (cursor?.ahead) this.failed(new CursorAhead(this.name));
    this.stopped = false;
    this.nudge();
  }

  /** Something was committed: look now rather than at the next poll. */
  nudge(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.again = false;
    this.running = this.drain()
      .then(
        () => this.wanted.pollMs ?? POLL_MS,
        (error: unknown) => {
          this.failed(error);
          return AFTER_FAILURE_MS;
        },
      )
      .then((delay) => {
        this.running = undefined;
        if (this.stopped) return;
        // Behind a transaction that was still running when we looked, a nudged event waits one short round.
        this.timer = setTimeout(() => this.nudge(), this.again ? 10 : delay);
      });
  }

  /** Waits for the batch under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Works until nothing more is there to read. */
  private async drain(): Promise<void> {
    let more = true;
    while (more && !this.stopped) more = await this.step();
  }

  private async step(): Promise<boolean> {
    const { more, after } = await this.source.transaction(async (tx) => {
      const [cursor] = await tx.query<{ xid: string; stream_id: string; seq: string }[]>(
        'SELECT xid, stream_id, seq FROM consumer_cursor WHERE name = $1 FOR UPDATE SKIP LOCKED',
        [this.name],
      );
      if (!cursor) return { more: false, after: undefined };
      const place = [cursor.xid, cursor.stream_id, cursor.seq];
      const [ahead] = await tx.query<{ horizon: string; some: boolean }[]>(AHEAD, place);
      if (!ahead?.some) return { more: false, after: undefined };
      const rows = await tx.query<Row[]>(NEXT, [...place, ahead.horizon, this.wanted.types, BATCH]);
      const announce =
        rows.length > 0 ? await this.derive(tx, rows.map(toEvent) as StreamEvent<T>[]) : undefined;
      const isFull = rows.length === BATCH;
      // What is older than the horizon and was not wanted is not looked at again.
      const { xid, stream_id, seq } = (isFull ? rows.at(-1) : undefined) ?? {
        xid: ahead.horizon,
        stream_id: NO_STREAM,
        seq: '0',
      };
      await tx.query('UPDATE consumer_cursor SET xid = $2, stream_id = $3, seq = $4 WHERE name = $1', [
        this.name,
        xid,
        stream_id,
        seq,
      ]);
      return { more: isFull, after: announce };
    });
    after?.();
    return more;
  }
}

const AHEAD = `
SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon, EXISTS (
  SELECT FROM stream_event
  WHERE xid >= $1::xid8 AND (xid, stream_id, seq) > ($1::xid8, $2::uuid, $3::bigint)
    AND xid < pg_snapshot_xmin(pg_current_snapshot())) AS some`;

const NEXT = `
SELECT stream_id, seq, type, at, actor, command_id, data, xid FROM stream_event
WHERE xid >= $1::xid8 AND (xid, stream_id, seq) > ($1::xid8, $2::uuid, $3::bigint)
  AND xid < $4::xid8 AND type = ANY($5::text[])
ORDER BY xid, stream_id, seq LIMIT $6`;
