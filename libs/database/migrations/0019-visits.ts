import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far each person has seen each task's history. */
export class Visits1764000000019 implements MigrationInterface {
  name = 'Visits1764000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE visits (
        person_id uuid NOT NULL REFERENCES persons (id),
        task_id uuid NOT NULL REFERENCES tasks (id),
        -- Everything up to this number was seen, and above it these single ones.
        seq bigint NOT NULL,
        seen bigint[] NOT NULL DEFAULT '{}',
        at timestamptz NOT NULL,
        PRIMARY KEY (person_id, task_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE visits');
  }
}
