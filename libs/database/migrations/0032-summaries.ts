import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What stands at the top of a workspace: one row a version, the newest is shown. */
export class Summaries1764000000032 implements MigrationInterface {
  name = 'Summaries1764000000032';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE task_summaries (
        task_id uuid NOT NULL REFERENCES tasks (id),
        version int NOT NULL,
        body text NOT NULL,
        by_id uuid NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (task_id, version)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE task_summaries');
  }
}
