import type { MigrationInterface, QueryRunner } from 'typeorm';

/** On which boards a task stands follows the access policy now: a day that is not known has all rows built anew. */
export class BoardsAnew1764000000004 implements MigrationInterface {
  name = 'BoardsAnew1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE board_state SET as_of = NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE board_state SET as_of = NULL');
  }
}
