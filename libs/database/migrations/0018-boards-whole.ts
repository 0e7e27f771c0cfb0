import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From which version on a board's changes follow on each other; a viewer who has less gets the whole board. */
export class BoardsWhole1764000000018 implements MigrationInterface {
  name = 'BoardsWhole1764000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE board_state ADD COLUMN whole_before bigint NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE board_state DROP COLUMN whole_before');
  }
}
