import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A decision is asked of a post, can be undone for a moment, and is replaced but never altered. */
export class Decisions1764000000025 implements MigrationInterface {
  name = 'Decisions1764000000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE decision_requests
        ADD COLUMN recommendation text,
        ADD COLUMN consequence text,
        ADD COLUMN post_role text,
        ADD COLUMN post_opd_id uuid REFERENCES opds (id),
        ADD COLUMN outcome text,
        ADD COLUMN chosen_option text,
        ADD COLUMN note text,
        ADD COLUMN decided_by uuid REFERENCES persons (id),
        ADD COLUMN decided_as text,
        ADD COLUMN on_behalf_of uuid REFERENCES persons (id),
        ADD COLUMN effective_at timestamptz,
        ADD COLUMN effective boolean NOT NULL DEFAULT false,
        ADD COLUMN round int NOT NULL DEFAULT 0,
        ADD COLUMN forwards int NOT NULL DEFAULT 0,
        ADD COLUMN clarification jsonb,
        ADD COLUMN undone_to jsonb,
        ADD COLUMN supersedes uuid REFERENCES decision_requests (id),
        ADD COLUMN superseded_by uuid REFERENCES decision_requests (id);
      UPDATE decision_requests
        SET outcome = status, decided_by = decider_id, effective_at = decided_at, effective = true
        WHERE status IN ('APPROVED', 'REJECTED');
      CREATE INDEX decision_requests_due ON decision_requests (effective_at)
        WHERE effective_at IS NOT NULL AND NOT effective`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX decision_requests_due;
      UPDATE decision_requests SET status = 'APPROVED' WHERE status = 'APPROVED_WITH_NOTE';
      ALTER TABLE decision_requests
        DROP COLUMN recommendation, DROP COLUMN consequence, DROP COLUMN post_role, DROP COLUMN post_opd_id,
        DROP COLUMN outcome, DROP COLUMN chosen_option, DROP COLUMN note, DROP COLUMN decided_by,
        DROP COLUMN decided_as, DROP COLUMN on_behalf_of, DROP COLUMN effective_at, DROP COLUMN effective,
        DROP COLUMN round, DROP COLUMN forwards, DROP COLUMN clarification, DROP COLUMN undone_to,
        DROP COLUMN supersedes, DROP COLUMN superseded_by`);
  }
}
