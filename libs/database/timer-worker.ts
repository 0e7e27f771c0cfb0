import type { DataSource, EntityManager } from 'typeorm';
import { nextWorkingMoment, type Instant, type WorkingTime } from '#libs/contracts';

export interface Timer {
  kind: string;
  key: string;
  /** The moment it was set for. */
  dueAt: Instant;
  /** The moment it fires. */
  now: Instant;
  payload: unknown;
}

/** What a kind of timer does. */
export interface TimerKind {
  /**
   * The effect, in the transaction in which the timer goes; it may set the same timer again. What lies outside the
   * database belongs into what it returns, to be done after the commit.
   */
  fire(tx: EntityManager, timer: Timer): Promise<(() => void) | undefined>;
  /** Fires only in this working time; outside it waits. Without it, at any hour. */
  within?(tx: EntityManager, timer: Timer): Promise<WorkingTime>;
}

interface Row {
  kind: string;
  key: string;
  due_at: Date;
  now: Date;
  payload: unknown;
  attempts: number;
}

const POLL_MS = 500;
const AFTER_FAILURE_MS = 1_000;
/** Tries after which a timer is given up; they take most of a day. */
export const MOST_ATTEMPTS = 16;

/**
 * Fires what is due. Any number of instances do; each takes the timers that no other has locked. A timer is deleted,
 * and its effect written, in one transaction: an instance that dies in the middle leaves both as they were, and
 * another goes on at once.
 */
export class TimerWorker {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  /**
   * @param kinds by name; timers of other kinds are left for instances that know them
   * @param failed hears of every failure; `timer` is null when it was not about one
   * @param clock the time, for tests; by default that of PostgreSQL, the same for all instances
   */
  constructor(
    private readonly source: DataSource,
    private readonly kinds: ReadonlyMap<string, TimerKind>,
    private readonly failed: (error: unknown, timer: Pick<Timer, 'kind' | 'key'> | null) => void,
    private readonly clock?: () => Date,
  ) {}

  start(): void {
    this.look();
  }

  /** Waits for the timer that is firing. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Fires all that is due, one after the other. @returns how many rows it dealt with */
  async drain(): Promise<number> {
    let count = 0;
    while (await this.step()) {
      count += 1;
      if (this.stopped) break;
    }
    return count;
  }

  private look(): void {
    this.running = this.drain()
      .then(
        () => POLL_MS,
        (error: unknown) => {
          this.failed(error, null);
          return AFTER_FAILURE_MS;
        },
      )
      .then((delay) => {
        if (!this.stopped) this.timer = setTimeout(() => this.look(), delay);
      });
  }

  /** @returns whether there was one */
  private async step(): Promise<boolean> {
    let row: Row | undefined;
    try {
      const done = await this.source.transaction(async (tx) => {
        [row] = await tx.query<Row[]>(NEXT, [[...this.kinds.keys()], this.clock?.() ?? null]);
        return row && this.handle(tx, row);
      });
      if (row && done && 'error' in done) this.failed(done.error, row);
      else if (done && 'after' in done) done.after?.();
    } catch (error) {
      // Its connection ended, or the commit was refused: that counts as a try as well, or it would stand in the way.
      if (!row) throw error;
      await this.note(this.source, row, error);
      this.failed(error, row);
    }
    return row !== undefined;
  }

  private async note(db: Pick<EntityManager, 'query'>, row: Row, error: unknown): Promise<void> {
    const { kind, key, attempts, now } = row;
    await db.query(FAILED, [kind, key, attempts, now, pauseMs(attempts), MOST_ATTEMPTS, messageOf(error)]);
  }

  private async handle(
    tx: EntityManager,
    row: Row,
  ): Promise<{ after: (() => void) | undefined } | { error: unknown }> {
    const { kind, key, payload } = row;
    const timer = { kind, key, payload, dueAt: row.due_at.toISOString(), now: row.now.toISOString() };
    await tx.query('SAVEPOINT firing');
    try {
      const after = await this.fire(tx, timer);
      await tx.query('RELEASE SAVEPOINT firing');
      return { after };
    } catch (error) {
      // The row stays locked, so nobody else tries it before the pause. Without its connection all is undone anyway.
      await tx.query('ROLLBACK TO SAVEPOINT firing');
      await this.note(tx, row, error);
      return { error };
    }
  }

  private async fire(tx: EntityManager, timer: Timer): Promise<(() => void) | undefined> {
    const kind = this.kinds.get(timer.kind);
    if (!kind) throw new Error(`no timers of the kind ${timer.kind}`);
    const time = await kind.within?.(tx, timer);
    const runAt = time ? nextWorkingMoment(timer.now, time) : timer.now;
    if (runAt > timer.now) {
      await tx.query('UPDATE timers SET run_at = $3 WHERE kind = $1 AND key = $2', [
        timer.kind,
        timer.key,
        runAt,
      ]);
      return undefined;
    }
    // Before the effect, which may set it again.
    await tx.query('DELETE FROM timers WHERE kind = $1 AND key = $2', [timer.kind, timer.key]);
    return kind.fire(tx, timer);
  }
}

/** 2, 4, 8 … seconds, at most half a day. */
function pauseMs(attempts: number): number {
  return Math.min(2_000 * 2 ** attempts, 43_200_000);
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}

const NEXT = `
SELECT kind, key, due_at, payload, attempts, coalesce($2::timestamptz, now()) AS now FROM timers
WHERE given_up_at IS NULL AND run_at <= coalesce($2::timestamptz, now()) AND kind = ANY ($1)
ORDER BY run_at LIMIT 1 FOR UPDATE SKIP LOCKED`;

const FAILED = `
UPDATE timers SET attempts = attempts + 1, last_error = $7,
  run_at = $4::timestamptz + $5 * interval '1 millisecond',
  given_up_at = CASE WHEN attempts + 1 >= $6 THEN $4::timestamptz END
WHERE kind = $1 AND key = $2 AND attempts = $3`;
