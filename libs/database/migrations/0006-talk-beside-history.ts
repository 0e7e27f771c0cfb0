import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The history of a task leaves out all talk (`message.…`), not only new messages. */
export class TalkBesideHistory1764000000006 implements MigrationInterface {
  name = 'TalkBesideHistory1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX stream_event_history;
      CREATE INDEX stream_event_history ON stream_event (stream_id, seq) WHERE type NOT LIKE 'message.%'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX stream_event_history;
      CREATE INDEX stream_event_history ON stream_event (stream_id, seq) WHERE type <> 'message.posted'`);
  }
}
