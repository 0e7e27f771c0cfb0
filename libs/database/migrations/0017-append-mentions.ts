import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendMessages } from './0010-append-messages.js';

/** The hot door stores whom a message calls on. */
export class AppendMentions1764000000017 implements MigrationInterface {
  name = 'AppendMentions1764000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appendMessages('CREATE OR REPLACE FUNCTION', 'mentions'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(appendMessages('CREATE OR REPLACE FUNCTION'));
  }
}
