import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `append_messages` makes sure of the thread itself, and author and unit are of whoever was let in; looking each of them
 * up once more for every row was a fifth of the work of a post. What a message names still cannot be deleted.
 */
export class MessagesStandAlone1764000000034 implements MigrationInterface {
  name = 'MessagesStandAlone1764000000034';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
ALTER TABLE messages DROP CONSTRAINT messages_thread_id_fkey, DROP CONSTRAINT messages_author_id_fkey,
  DROP CONSTRAINT messages_author_opd_id_fkey;

CREATE FUNCTION named_by_messages() RETURNS trigger LANGUAGE plpgsql AS $named$
DECLARE
  named boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM messages WHERE %I = $1)', TG_ARGV[0]) INTO named USING OLD.id;
  IF named THEN
    RAISE EXCEPTION '% % is named by messages', TG_TABLE_NAME, OLD.id USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $named$;

CREATE TRIGGER named_by_messages BEFORE DELETE OR UPDATE OF id ON threads
  FOR EACH ROW EXECUTE FUNCTION named_by_messages('thread_id');
CREATE TRIGGER named_by_messages BEFORE DELETE OR UPDATE OF id ON persons
  FOR EACH ROW EXECUTE FUNCTION named_by_messages('author_id');
CREATE TRIGGER named_by_messages BEFORE DELETE OR UPDATE OF id ON opds
  FOR EACH ROW EXECUTE FUNCTION named_by_messages('author_opd_id');
`;

const DOWN = `
DROP TRIGGER named_by_messages ON threads;
DROP TRIGGER named_by_messages ON persons;
DROP TRIGGER named_by_messages ON opds;
DROP FUNCTION named_by_messages;
ALTER TABLE messages ADD CONSTRAINT messages_thread_id_fkey FOREIGN KEY (thread_id) REFERENCES threads (id),
  ADD CONSTRAINT messages_author_id_fkey FOREIGN KEY (author_id) REFERENCES persons (id),
  ADD CONSTRAINT messages_author_opd_id_fkey FOREIGN KEY (author_opd_id) REFERENCES opds (id);
`;
