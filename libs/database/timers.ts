import type { EntityManager } from 'typeorm';
import type { Instant } from '#libs/contracts';

/** The kind of timer of a question's next reminder; here because an import sets it too. */
export const DECISION_CLOCK = 'decision.clock';
/** The kind of timer that lets a decision take effect; its key is the decision. */
export const DECISION_EFFECT = 'decision.effect';

type Queryable = Pick<EntityManager, 'query'>;

/** What a timer says. `key` names what it is about: one timer of a kind for each. */
export interface TimerWish {
  kind: string;
  key: string;
  at: Instant;
  /** Plain JSON. */
  payload: unknown;
}

/**
 * Sets a timer in the caller's transaction, or moves the one there is; it comes about with the commit, or not at all.
 * Waits while the same timer is firing. What the handler locks should therefore be locked after this, not before:
 * otherwise PostgreSQL may have to end one of the two, to be tried again.
 */
export async function scheduleTimer(tx: Queryable, { kind, key, at, payload }: TimerWish): Promise<void> {
  await tx.query(
    `INSERT INTO timers (kind, key, due_at, run_at, payload) VALUES ($1, $2, $3, $3, $4)
     ON CONFLICT (kind, key) DO UPDATE
       SET due_at = $3, run_at = $3, payload = $4, attempts = 0, last_error = NULL, given_up_at = NULL`,
    [kind, key, at, JSON.stringify(payload)],
  );
}

/**
 * Takes a timer away in the caller's transaction: once that is committed it does not fire any more. Waits while it is
 * firing, as `scheduleTimer` does.
 *
 * @returns false when there is none: it has fired, or never was
 */
export async function cancelTimer(tx: Queryable, kind: string, key: string): Promise<boolean> {
  const [, count] = await tx.query<[unknown[], number]>('DELETE FROM timers WHERE kind = $1 AND key = $2', [
    kind,
    key,
  ]);
  return count > 0;
}

/**
 * Waits while timers about `key` are firing, and keeps them from it until the transaction ends. A command that sets or
 * cancels some of them, and locks rows that they lock too, begins with this, always with the kinds in the same order.
 */
export async function holdTimers(tx: Queryable, kinds: readonly string[], key: string): Promise<void> {
  for (const kind of kinds)
    await tx.query('SELECT FROM timers WHERE kind = $1 AND key = $2 FOR UPDATE', [kind, key]);
}

/** How it stands with the timers. */
export interface TimerFigures {
  waiting: number;
  /** Seconds by which the latest one is late; what waits for working time or another try is not. */
  lateSeconds: number;
  givenUp: number;
}

export async function readTimerFigures(db: Queryable): Promise<TimerFigures> {
  const [row] = await db.query<TimerFigures[]>(
    `SELECT count(*) FILTER (WHERE given_up_at IS NULL)::int AS waiting,
            greatest(0, extract(epoch FROM now() - min(run_at) FILTER (WHERE given_up_at IS NULL)))::float AS "lateSeconds",
            count(*) FILTER (WHERE given_up_at IS NOT NULL)::int AS "givenUp"
       FROM timers`,
  );
  return row ?? { waiting: 0, lateSeconds: 0, givenUp: 0 };
}
