import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What can happen to a message after it was posted, and how a thread ends. */
export class Talk1764000000007 implements MigrationInterface {
  name = 'Talk1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE messages
        ADD COLUMN mentions jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN edits int NOT NULL DEFAULT 0,
        ADD COLUMN edited_at timestamptz,
        ADD COLUMN deleted_at timestamptz,
        ADD COLUMN deleted_by uuid REFERENCES persons (id),
        ADD COLUMN deleted_reason text,
        ADD COLUMN pinned_at timestamptz,
        ADD COLUMN pinned_by uuid REFERENCES persons (id);
      CREATE INDEX messages_pinned ON messages (thread_id, no) WHERE pinned_at IS NOT NULL;

      ALTER TABLE threads
        ADD COLUMN resolved_at timestamptz,
        ADD COLUMN resolved_by uuid REFERENCES persons (id),
        ADD COLUMN conclusion text;

      -- What a message said before each of its edits, and the command that changed it.
      CREATE TABLE message_edits (
        message_id uuid NOT NULL REFERENCES messages (id),
        edit int NOT NULL,
        body text NOT NULL,
        since timestamptz NOT NULL,
        command_id uuid NOT NULL,
        PRIMARY KEY (message_id, edit)
      );

      CREATE TABLE message_reactions (
        message_id uuid NOT NULL REFERENCES messages (id),
        person_id uuid NOT NULL REFERENCES persons (id),
        code text NOT NULL CHECK (code IN ('NOTED', 'AGREE', 'THANKS', 'QUESTION')),
        PRIMARY KEY (message_id, person_id, code)
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE message_reactions, message_edits;
      ALTER TABLE threads DROP COLUMN resolved_at, DROP COLUMN resolved_by, DROP COLUMN conclusion;
      ALTER TABLE messages
        DROP COLUMN mentions, DROP COLUMN edits, DROP COLUMN edited_at, DROP COLUMN deleted_at,
        DROP COLUMN deleted_by, DROP COLUMN deleted_reason, DROP COLUMN pinned_at, DROP COLUMN pinned_by;`);
  }
}
