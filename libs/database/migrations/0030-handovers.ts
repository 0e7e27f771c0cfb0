import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pieces of work that go from unit to unit, and who has held them from when to when. */
export class Handovers1764000000030 implements MigrationInterface {
  name = 'Handovers1764000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE handovers (
        id uuid PRIMARY KEY,
        task_id uuid NOT NULL REFERENCES tasks (id),
        title text NOT NULL,
        what text NOT NULL,
        due_date date NOT NULL,
        status text NOT NULL,
        giver_opd_id uuid NOT NULL REFERENCES opds (id),
        receiver_opd_id uuid NOT NULL REFERENCES opds (id),
        holder_opd_id uuid NOT NULL REFERENCES opds (id),
        held_since timestamptz NOT NULL,
        returns int NOT NULL,
        opened_by uuid NOT NULL REFERENCES persons (id),
        opened_at timestamptz NOT NULL,
        -- The latest hold, as a snapshot shows it.
        no int NOT NULL,
        step text NOT NULL,
        moved_by uuid NOT NULL REFERENCES persons (id),
        moved_at timestamptz NOT NULL,
        note text
      );
      CREATE INDEX handovers_task ON handovers (task_id, moved_at DESC, id DESC);
      CREATE TABLE handover_holds (
        handover_id uuid NOT NULL REFERENCES handovers (id),
        no int NOT NULL,
        step text NOT NULL,
        opd_id uuid NOT NULL REFERENCES opds (id),
        by_id uuid NOT NULL REFERENCES persons (id),
        at timestamptz NOT NULL,
        until timestamptz,
        -- Of the unit's own working time, as it was known when the hold ended.
        worked_ms bigint,
        note text,
        PRIMARY KEY (handover_id, no),
        CHECK (until >= at),
        CHECK ((until IS NULL) = (worked_ms IS NULL))
      );
      -- Never two holders at once.
      CREATE UNIQUE INDEX handover_holds_now ON handover_holds (handover_id) WHERE until IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE handover_holds; DROP TABLE handovers');
  }
}
