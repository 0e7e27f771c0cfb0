import type { EntityManager } from 'typeorm';
import type { Acceptance, Confidentiality, Day, HeldRole, TaskStatus, TeamRole } from '#libs/contracts';
import { LEADING_KINDS, type Post } from '../organization/organization.service.js';
import type { TaskFacts } from './access.policy.js';
import type { ScopeFacts } from './board-scopes.js';

type Asker = Pick<EntityManager, 'query'>;

/** Facts about a task for one person, what gives this person roles, and where the history stood at that moment. */
export interface FoundFacts {
  aclVersion: number;
  epoch: string;
  seq: number;
  posts: Post[];
  grants: HeldRole[];
  facts: Omit<TaskFacts, 'asistenOpdIds'>;
}

interface TaskRow {
  status: TaskStatus;
  confidentiality: Confidentiality;
  created_by: string;
  steering_id: string | null;
  coordinating_opd_id: string;
  proposed: boolean;
  opds: { opdId: string; acceptance: Acceptance }[] | null;
}

interface Row extends TaskRow {
  acl_version: number;
  seq: string;
  epoch: string;
  posts: Post[] | null;
  grants: HeldRole[] | null;
  team_role: TeamRole | null;
  member_opd_id: string | null;
}

/** One statement, so that all of it is of the same moment. */
export async function findFacts(
  db: Asker,
  personId: string,
  workspaceId: string,
  day: Day,
): Promise<FoundFacts | null> {
  const [row] = await db.query<Row[]>('SELECT * FROM access_facts($1, $2, $3, $4)', [
    workspaceId,
    personId,
    day,
    LEADING_KINDS,
  ]);
  if (!row) return null;
  return {
    aclVersion: row.acl_version,
    epoch: row.epoch,
    seq: Number(row.seq),
    posts: row.posts ?? [],
    grants: row.grants ?? [],
    facts: {
      ...factsOf(row),
      member:
        row.team_role && row.member_opd_id ? { teamRole: row.team_role, opdId: row.member_opd_id } : null,
    },
  };
}

/** What decides about the boards of these tasks, by task id. */
export async function findScopeFacts(
  db: Asker,
  taskIds: readonly string[],
  day: Day,
): Promise<Map<string, Omit<ScopeFacts, 'asistenOpdIds'>>> {
  const rows = await db.query<(TaskRow & { id: string; team: ScopeFacts['team'] | null })[]>(SCOPE_FACTS, [
    taskIds,
    day,
  ]);
  return new Map(rows.map((row) => [row.id, { ...factsOf(row), team: row.team ?? [] }]));
}

function factsOf(row: TaskRow): Omit<TaskFacts, 'asistenOpdIds' | 'member'> {
  return {
    status: row.status,
    confidentiality: row.confidentiality,
    createdBy: row.created_by,
    steeringId: row.steering_id,
    proposed: row.proposed,
    coordinatingOpdId: row.coordinating_opd_id,
    opds: row.opds ?? [],
  };
}

const TASK = `t.status, t.confidentiality, t.created_by, t.steering_id, t.coordinating_opd_id,
  t.status <> 'DRAFT'
    AND EXISTS (SELECT FROM status_changes c WHERE c.task_id = t.id AND c.to_status = 'PROPOSED') AS proposed,
  (SELECT jsonb_agg(jsonb_build_object('opdId', o.opd_id, 'acceptance', o.acceptance) ORDER BY o.position)
   FROM task_opds o WHERE o.task_id = t.id) AS opds`;

const SCOPE_FACTS = `
SELECT t.id, ${TASK},
  (SELECT jsonb_agg(jsonb_build_object('personId', m.person_id, 'opdId', m.opd_id, 'teamRole', m.team_role))
   FROM work_team_members m WHERE m.task_id = t.id AND (m.until IS NULL OR m.until >= $2::date)) AS team
FROM tasks t WHERE t.id = ANY($1::uuid[])`;

const AT_ONCE = 500;

/**
 * Raises the access list's version of every workspace these persons may reach or may have reached, so that no
 * command that was allowed by rights read before gets in afterwards. Heads are locked in id order, a few hundred to
 * a transaction. @returns how many were raised
 */
export async function raiseAclVersions(db: Asker, personIds: readonly string[]): Promise<number> {
  let raised = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const [row] = await db.query<{ n: number; last: string | null }[]>(RAISE, [personIds, after, AT_ONCE]);
    raised += row?.n ?? 0;
    if (!row?.last || row.n < AT_ONCE) return raised;
    after = row.last;
  }
}

/** Raises the version of these persons' own streams: whoever watches over their connections is told. */
export async function raiseOwnStreams(db: Asker, personIds: readonly string[]): Promise<void> {
  await db.query(
    `WITH locked AS (
       SELECT id FROM stream_head WHERE id = ANY ($1::uuid[]) AND kind = 'person' ORDER BY id FOR NO KEY UPDATE
     )
     UPDATE stream_head h SET acl_version = h.acl_version + 1 FROM locked WHERE h.id = locked.id`,
    [personIds],
  );
}

// A post at the top of the city, or a grant for all of it, reaches everything; other posts reach what their unit
// takes part in. Posts of the past count: they are what may just have ended.
const RAISE = `
WITH unit AS (
  SELECT opd_id FROM position_assignments WHERE person_id = ANY ($1::uuid[])
  UNION
  SELECT opd_id FROM role_grants WHERE person_id = ANY ($1::uuid[])
), everywhere AS (
  SELECT EXISTS (
    SELECT FROM unit u LEFT JOIN opds o ON o.id = u.opd_id
    WHERE u.opd_id IS NULL OR o.kind IN ('pemerintah_kota', 'sekretariat_daerah', 'asisten', 'staf_ahli')
  ) AS yes
), reached AS (
  SELECT t.id FROM tasks t, everywhere
  WHERE t.status <> 'ARCHIVED' AND t.id > $2
    AND (everywhere.yes
      OR t.created_by = ANY ($1::uuid[])
      OR t.steering_id = ANY ($1::uuid[])
      OR t.id IN (SELECT task_id FROM work_team_members WHERE person_id = ANY ($1::uuid[]))
      OR t.coordinating_opd_id IN (SELECT opd_id FROM unit)
      OR t.id IN (SELECT task_id FROM task_opds WHERE opd_id IN (SELECT opd_id FROM unit)))
  ORDER BY t.id LIMIT $3
), locked AS (
  SELECT id FROM stream_head WHERE id IN (SELECT id FROM reached) ORDER BY id FOR NO KEY UPDATE
), raised AS (
  UPDATE stream_head h SET acl_version = h.acl_version + 1 FROM locked WHERE h.id = locked.id RETURNING h.id
)
SELECT count(*)::int AS n, (SELECT id FROM reached ORDER BY id DESC LIMIT 1) AS last FROM raised`;
