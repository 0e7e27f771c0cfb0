import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A place in a team has a last day; after it the person is in no team of the task. */
export class PlacesEnd1764000000022 implements MigrationInterface {
  name = 'PlacesEnd1764000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE work_team_members ADD COLUMN until date');
    await runner.query(accessFacts('AND (m.until IS NULL OR m.until >= today)'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(accessFacts(''));
    await runner.query('ALTER TABLE work_team_members DROP COLUMN until');
  }
}

const accessFacts = (place: string) => `
CREATE OR REPLACE FUNCTION access_facts(workspace uuid, person uuid, today date, kinds text[]) RETURNS TABLE (
  acl_version int, seq bigint, epoch uuid, status text, confidentiality text, created_by uuid, steering_id uuid,
  coordinating_opd_id uuid, proposed boolean, opds jsonb, team_role text, member_opd_id uuid, posts jsonb, grants jsonb)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $facts$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT h.acl_version, h.seq, h.epoch, t.status, t.confidentiality, t.created_by, t.steering_id, t.coordinating_opd_id,
    t.status <> 'DRAFT'
      AND EXISTS (SELECT FROM status_changes c WHERE c.task_id = t.id AND c.to_status = 'PROPOSED'),
    (SELECT jsonb_agg(jsonb_build_object('opdId', o.opd_id, 'acceptance', o.acceptance) ORDER BY o.position)
     FROM task_opds o WHERE o.task_id = t.id),
    m.team_role, m.opd_id,
    (SELECT jsonb_agg(jsonb_build_object('personId', a.person_id, 'opdId', a.opd_id, 'opdKind', o.kind,
       'title', a.title, 'positionKind', a.position_kind, 'mode', a.mode))
     FROM position_assignments a JOIN opds o ON o.id = a.opd_id
     WHERE a.valid_from <= today AND (a.valid_to IS NULL OR a.valid_to >= today) AND a.position_kind = ANY (kinds)
       AND a.opd_id IN (SELECT own.opd_id FROM position_assignments own WHERE own.person_id = person)),
    (SELECT jsonb_agg(DISTINCT jsonb_build_object('role', g.role, 'opdId', g.opd_id))
     FROM role_grants g
     WHERE g.person_id = person AND g.valid_from <= today AND (g.valid_to IS NULL OR g.valid_to >= today))
  FROM tasks t
  JOIN stream_head h ON h.id = t.id
  LEFT JOIN work_team_members m ON m.task_id = t.id AND m.person_id = person ${place}
  WHERE t.id = workspace;
END $facts$`;
