import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was decided takes effect by a timer; nobody looks for it any more. */
export class DecisionEffects1764000000028 implements MigrationInterface {
  name = 'DecisionEffects1764000000028';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO timers (kind, key, due_at, run_at, payload)
        SELECT 'decision.effect', id, effective_at, effective_at, jsonb_build_object('taskId', task_id)
        FROM decision_requests WHERE effective_at IS NOT NULL AND NOT effective AND decided_by IS NOT NULL;
      DROP INDEX decision_requests_due`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM timers WHERE kind = 'decision.effect';
      CREATE INDEX decision_requests_due ON decision_requests (effective_at)
        WHERE effective_at IS NOT NULL AND NOT effective`);
  }
}
