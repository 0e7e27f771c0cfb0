import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { merge } from 'rxjs';
import type { EntityManager } from 'typeorm';
import type { Day, Instant, NoticeReason, PostRef, Topic } from '#libs/contracts';
import { event, SYSTEM_ACTOR, WorkspaceLog, type NewEvent } from '#libs/database';
import { Today } from '../access/today.service.js';
import { OrganizationService, type Names } from '../organization/organization.service.js';
import { settledRow, toInboxRow, type StoredRow } from './inbox.rows.js';
import { lockRows, storeRows } from './inbox.queries.js';

interface Waiting {
  id: string;
  taskId: string;
  taskTitle: string;
  title: string;
  /** A lead's is not among them: the team makes one. */
  role: Exclude<PostRef['role'], 'KETUA_TIM'>;
  opdId: string | null;
  deciderId: string;
  requestedBy: string;
  due: Day | null;
  /** In whose inbox it waits. */
  held: string[];
}

const REASONS: readonly NoticeReason[] = ['DECISION_WAITING', 'DECISION_REMINDED'];

/**
 * A question waits in the inbox of who holds its post today: a stand-in finds it there on the first day, and
 * afterwards it is back with the one they stood in for. Posts begin and end without any event of a task, so this looks
 * at the start, when a day begins, and when the organisation is changed.
 */
@Injectable()
export class DecisionHolders implements OnApplicationBootstrap, OnModuleDestroy {
  private listening: Subscription | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly log: WorkspaceLog,
    private readonly organization: OrganizationService,
    private readonly today: Today,
  ) {}

  onApplicationBootstrap(): void {
    this.listening = merge(this.today.turned, this.organization.changed).subscribe(() => this.lookSoon());
    this.lookSoon();
  }

  /** Waits for the look under way. */
  async onModuleDestroy(): Promise<void> {
    this.listening?.unsubscribe();
    await this.running;
  }

  /** Moves what waits to today's holders. Instances that look at the same time do it one after the other. */
  look(): Promise<void> {
    return this.log.note(SYSTEM_ACTOR, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [HOLDERS_LOCK]);
      const waiting = await tx.query<Waiting[]>(WAITING);
      if (waiting.length === 0) return [];
      const holdersOf = await this.organization.leadership(this.today.day(), tx);
      const moved = waiting.flatMap((one) => {
        const ids = holdersOf(one).map(({ personId }) => personId);
        const same = ids.length === one.held.length && ids.every((id) => one.held.includes(id));
        // Where nobody holds the post it stays with whom it was.
        return same || ids.length === 0 ? [] : [{ ...one, holders: ids }];
      });
      const names = await this.organization.namesOf(
        moved.map(({ requestedBy }) => requestedBy),
        [],
        tx,
      );
      const told: NewEvent[] = [];
      for (const one of moved) told.push(...(await this.move(tx, one, names)));
      return told;
    });
  }

  private lookSoon(): void {
    this.running = this.running
      .then(() => this.look())
      .catch((error: unknown) => {
        // The next change or day looks again; until then Beranda has it.
        Logger.warn({ err: error, msg: 'decisions could not be moved to the holders of today' }, 'Inbox');
      });
  }

  private async move(
    tx: EntityManager,
    one: Waiting & { holders: string[] },
    names: Names,
  ): Promise<NewEvent[]> {
    const { id, taskId, holders, held } = one;
    const topic: Topic = `decision:${id}`;
    const now = this.today.now().toISOString();
    await tx.query(HOLD, [id, one.deciderId, holders]);
    const rows = await lockRows(tx, [{ taskId, topic, personId: null }]);
    const gone = rows.flatMap((row) => {
      const done = held.includes(row.personId) && !holders.includes(row.personId) && settledRow(row, REASONS);
      return done ? [done] : [];
    });
    const come: StoredRow[] = [];
    for (const personId of holders) {
      // Nobody decides what they asked themselves.
      if (held.includes(personId) || personId === one.requestedBy) continue;
      const known = rows.find((row) => row.personId === personId);
      const firstSeq = rows[0]?.firstSeq ?? (await seqOf(tx, taskId, id));
      come.push({
        ...freshRow(one, topic, personId, now),
        firstSeq,
        version: (known?.version ?? 0) + 1,
        actor: names.person(one.requestedBy),
      });
    }
    await storeRows(tx, [...gone, ...come]);
    return [...gone, ...come].map((row) =>
      event('inbox.changed', row.personId, { rows: [toInboxRow(row, one.taskTitle, now)] }),
    );
  }
}

function freshRow({ taskId, title, due }: Waiting, topic: Topic, personId: string, now: Instant) {
  return {
    ...{ personId, taskId, topic, topicTitle: title, due },
    ...{ reason: 'DECISION_WAITING' as const, action: true, count: 1, firstNo: null, lastNo: null },
    ...{ since: now, at: now, state: 'OPEN' as const, until: null },
  };
}

/** Where the history tells that it was asked. */
async function seqOf(tx: EntityManager, taskId: string, decisionId: string): Promise<number> {
  const [found] = await tx.query<{ seq: string }[]>(
    `SELECT seq FROM stream_event WHERE stream_id = $1 AND type = 'decision.requested'
       AND data->'decision'->>'id' = $2`,
    [taskId, decisionId],
  );
  return Number(found?.seq ?? 1);
}

const HOLDERS_LOCK = 20_261_125;

// Asked of another post since, it waits with whom the history told.
const WAITING = `
SELECT d.id, d.task_id AS "taskId", t.title AS "taskTitle", d.title, d.post_role AS role, d.post_opd_id AS "opdId",
  d.decider_id AS "deciderId", d.requested_by AS "requestedBy", to_char(d.due_date, 'YYYY-MM-DD') AS due,
  CASE WHEN h.decider_id = d.decider_id THEN h.person_ids ELSE ARRAY[d.decider_id] END AS held
FROM decision_requests d JOIN tasks t ON t.id = d.task_id LEFT JOIN decision_holders h ON h.decision_id = d.id
WHERE (d.status = 'PENDING' OR (d.status = 'FORWARDED' AND d.effective)) AND d.post_role <> 'KETUA_TIM'
  AND t.status NOT IN ('COMPLETED', 'CANCELLED', 'ARCHIVED')
ORDER BY d.id`;

const HOLD = `
INSERT INTO decision_holders (decision_id, decider_id, person_ids) VALUES ($1, $2, $3)
ON CONFLICT (decision_id) DO UPDATE SET decider_id = $2, person_ids = $3`;
