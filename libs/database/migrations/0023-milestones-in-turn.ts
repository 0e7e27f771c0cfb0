import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A milestone may wait for another one of its task; their places change together. */
export class MilestonesInTurn1764000000023 implements MigrationInterface {
  name = 'MilestonesInTurn1764000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE milestones ADD COLUMN after_id uuid REFERENCES milestones (id);
      ALTER TABLE milestones DROP CONSTRAINT milestones_task_id_position_key;
      ALTER TABLE milestones
        ADD CONSTRAINT milestones_task_id_position_key UNIQUE (task_id, position) DEFERRABLE INITIALLY IMMEDIATE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE milestones DROP CONSTRAINT milestones_task_id_position_key;
      ALTER TABLE milestones ADD CONSTRAINT milestones_task_id_position_key UNIQUE (task_id, position);
      ALTER TABLE milestones DROP COLUMN after_id`);
  }
}
