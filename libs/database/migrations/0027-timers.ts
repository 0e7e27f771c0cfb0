import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What has to happen at a moment. A row goes in the transaction in which its effect comes. */
export class Timers1764000000027 implements MigrationInterface {
  name = 'Timers1764000000027';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE timers (
        kind text NOT NULL,
        key text NOT NULL,
        -- What was asked for.
        due_at timestamptz NOT NULL,
        -- When it is tried next: later than due_at outside working time, and after a failure.
        run_at timestamptz NOT NULL,
        payload jsonb NOT NULL,
        attempts int NOT NULL DEFAULT 0,
        last_error text,
        -- It failed too often; somebody has to look.
        given_up_at timestamptz,
        PRIMARY KEY (kind, key)
      );
      CREATE INDEX timers_next ON timers (run_at) WHERE given_up_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE timers');
  }
}
