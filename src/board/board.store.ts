import type { DataSource, EntityManager } from 'typeorm';
import type { BoardAnswer, BoardChange, BoardRow, BoardScope, Day, Wait } from '#libs/contracts';
import type { BoardEntry } from './board.rows.js';

/**
 * Rows of all boards, versioned. Every batch of changes is one step of one counter; a scope's version is the step of
 * its last change, so "what changed after the version I have" is one indexed question.
 */
export async function storeEntries(tx: EntityManager, entries: BoardEntry[]): Promise<BoardChange[]> {
  if (entries.length === 0) return [];
  const [state] = await tx.query<{ version: string }[]>('SELECT version FROM board_state FOR UPDATE');
  const before = await tx.query<Before[]>(
    `SELECT b.task_id, b.scopes, b.row = n.row AND b.scopes = n.scopes AS same, b.row->'waits' AS waits
     FROM board_rows b
     JOIN jsonb_to_recordset($1::jsonb) AS n("taskId" uuid, scopes text[], row jsonb) ON n."taskId" = b.task_id`,
    [JSON.stringify(entries)],
  );
  const known = new Map(before.map((row) => [row.task_id, row]));
  const changed = entries.filter((entry) => !known.get(entry.taskId)?.same);
  if (changed.length === 0) return [];
  const version = Number(state?.version ?? 0) + 1;
  await tx.query('UPDATE board_state SET version = $1', [version]);
  await tx.query(UPSERT_ROWS, [JSON.stringify(changed), version]);

  const rows = new Map<BoardScope, BoardRow[]>();
  const removed = new Map<BoardScope, string[]>();
  for (const { taskId, scopes, row } of changed) {
    for (const scope of scopes) push(rows, scope, row);
    for (const scope of known.get(taskId)?.scopes ?? []) {
      if (!scopes.includes(scope)) push(removed, scope, taskId);
    }
  }
  await recordRemovals(tx, changed, removed, version);
  const queues = changed.flatMap((entry) => queuesOf(entry, known.get(entry.taskId)?.waits ?? []));
  const touched = [...new Set([...rows.keys(), ...removed.keys(), ...queues])].sort();
  const previous = await tx.query<{ scope: BoardScope; before: string }[]>(BUMP_SCOPES, [touched, version]);
  return previous.map(({ scope, before: since }) => ({
    scope,
    since: Number(since),
    version,
    rows: rows.get(scope) ?? [],
    removed: removed.get(scope) ?? [],
  }));
}

interface Before {
  task_id: string;
  scopes: BoardScope[];
  same: boolean;
  waits: Wait[];
}

/** The queues of the PPIDs for whom other sentences of this task wait now. */
function queuesOf({ row }: BoardEntry, before: Wait[]): BoardScope[] {
  const sentences = (waits: Wait[]) =>
    waits.flatMap(({ kind, id }) => (kind === 'PUBLIC_UPDATE' ? id : [])).join();
  return sentences(before) === sentences(row.waits) ? [] : ['review', `review:${row.coordinatingOpd.id}`];
}

/** The whole scope, or what changed after `since`. Read it inside one frozen view. */
export async function readScope(
  tx: EntityManager,
  scope: BoardScope,
  since: number,
  today: Day,
): Promise<BoardAnswer> {
  const [head] = await tx.query<{ version: string | null; whole_before: string }[]>(
    `SELECT whole_before, (SELECT version FROM board_scopes WHERE scope = $1) AS version FROM board_state`,
    [scope],
  );
  const version = Number(head?.version ?? 0);
  // A client from before a restored backup starts anew, though its version may exist here with another meaning.
  const full = since < Math.max(1, Number(head?.whole_before ?? 0)) || since > version;
  const after = full ? 0 : since;
  const rows = await tx.query<{ row: BoardRow }[]>(
    'SELECT row FROM board_rows WHERE scopes @> ARRAY[$1::text] AND version > $2 ORDER BY task_id LIMIT 5000',
    [scope, after],
  );
  const removed = full
    ? []
    : await tx.query<{ task_id: string }[]>(
        'SELECT task_id FROM board_removals WHERE scope = $1 AND version > $2 LIMIT 5000',
        [scope, after],
      );
  return {
    scope,
    version,
    full,
    rows: rows.map(({ row }) => row),
    removed: removed.map(({ task_id }) => task_id),
    asOf: today,
  };
}

/** More steps than may have been lost with what happened after a backup. */
const LEAP = 1_000_000_000;

/**
 * After a restored backup: every scope's version leaps, whoever has an earlier one gets the whole board, and all rows
 * are compared with their tasks once more. @returns how many boards there are
 */
export async function startBoardsAnew(source: DataSource): Promise<number> {
  return source.transaction(async (tx) => {
    await tx.query(
      'UPDATE board_state SET version = version + $1, whole_before = version + $1, as_of = NULL',
      [LEAP],
    );
    const [, boards] = await tx.query<[unknown[], number]>(
      'UPDATE board_scopes SET version = board_state.version FROM board_state',
    );
    return boards;
  });
}

/** Where the given scopes stand. */
export async function readScopeVersions(
  tx: EntityManager,
  scopes: BoardScope[],
): Promise<Map<BoardScope, number>> {
  const rows = await tx.query<{ scope: BoardScope; version: string }[]>(
    'SELECT scope, version FROM board_scopes WHERE scope = ANY($1::text[])',
    [scopes],
  );
  return new Map(rows.map(({ scope, version }) => [scope, Number(version)]));
}

async function recordRemovals(
  tx: EntityManager,
  changed: BoardEntry[],
  removed: Map<BoardScope, string[]>,
  version: number,
): Promise<void> {
  await tx.query(
    `DELETE FROM board_removals r USING jsonb_to_recordset($1::jsonb) AS n("taskId" uuid, scopes text[])
     WHERE r.task_id = n."taskId" AND r.scope = ANY(n.scopes)`,
    [JSON.stringify(changed.map(({ taskId, scopes }) => ({ taskId, scopes })))],
  );
  const gone = [...removed].flatMap(([scope, ids]) => ids.map((id) => ({ scope, id })));
  if (gone.length === 0) return;
  await tx.query(
    `INSERT INTO board_removals (scope, task_id, version)
     SELECT scope, id, $2 FROM jsonb_to_recordset($1::jsonb) AS g(scope text, id uuid)
     ON CONFLICT (scope, task_id) DO UPDATE SET version = excluded.version`,
    [JSON.stringify(gone), version],
  );
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const UPSERT_ROWS = `
INSERT INTO board_rows (task_id, scopes, row, version)
SELECT "taskId", scopes, row, $2 FROM jsonb_to_recordset($1::jsonb) AS n("taskId" uuid, scopes text[], row jsonb)
ON CONFLICT (task_id) DO UPDATE SET scopes = excluded.scopes, row = excluded.row, version = excluded.version`;

// The snapshot of the statement still shows the versions from before it.
const BUMP_SCOPES = `
WITH wanted AS (SELECT unnest($1::text[]) AS scope),
bumped AS (
  INSERT INTO board_scopes (scope, version) SELECT scope, $2 FROM wanted
  ON CONFLICT (scope) DO UPDATE SET version = excluded.version
)
SELECT w.scope, coalesce(s.version, 0) AS before FROM wanted w LEFT JOIN board_scopes s ON s.scope = w.scope`;
