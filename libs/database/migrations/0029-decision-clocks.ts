import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By when a post decides, in its working time. What was asked before keeps its day and has no clock. */
export class DecisionClocks1764000000029 implements MigrationInterface {
  name = 'DecisionClocks1764000000029';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE decision_requests ADD COLUMN first_due_date date, ADD COLUMN clock jsonb;
      UPDATE decision_requests SET first_due_date = due_date;
      UPDATE decision_requests SET undone_to = undone_to || jsonb_build_object('dueDate', due_date, 'clock', NULL)
        WHERE undone_to IS NOT NULL;
      CREATE TABLE decision_holders (
        decision_id uuid PRIMARY KEY REFERENCES decision_requests (id) ON DELETE CASCADE,
        -- Whom the history told, to notice that it was asked of another post since.
        decider_id uuid NOT NULL REFERENCES persons (id),
        -- In whose inbox it waits.
        person_ids uuid[] NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE decision_holders;
      DELETE FROM timers WHERE kind = 'decision.clock';
      ALTER TABLE decision_requests DROP COLUMN first_due_date, DROP COLUMN clock`);
  }
}
