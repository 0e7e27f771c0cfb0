import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far each person has read, and what waits for them. */
export class ReadingAndInbox1764000000008 implements MigrationInterface {
  name = 'ReadingAndInbox1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
CREATE TABLE read_marks (
  person_id uuid NOT NULL REFERENCES persons (id),
  thread_id uuid NOT NULL REFERENCES threads (id),
  -- Everything up to this number was on the person's screen. Only grows.
  up_to int NOT NULL,
  -- "Tandai belum dibaca".
  unread_from int,
  version int NOT NULL,
  PRIMARY KEY (person_id, thread_id)
) WITH (fillfactor = 80);

-- Who has written in a thread: they hear of what follows.
CREATE TABLE thread_writers (
  thread_id uuid NOT NULL REFERENCES threads (id),
  person_id uuid NOT NULL REFERENCES persons (id),
  PRIMARY KEY (thread_id, person_id)
);

CREATE TABLE follows (
  person_id uuid NOT NULL REFERENCES persons (id),
  task_id uuid NOT NULL REFERENCES tasks (id),
  level text NOT NULL CHECK (level IN ('ALL', 'IMPORTANT', 'QUIET')),
  PRIMARY KEY (task_id, person_id)
);

-- One row a person, task and topic; derived from the history. Holds no words of messages.
CREATE TABLE inbox_rows (
  person_id uuid NOT NULL REFERENCES persons (id),
  task_id uuid NOT NULL REFERENCES tasks (id),
  topic text NOT NULL,
  topic_title text NOT NULL,
  reason text NOT NULL,
  action boolean NOT NULL,
  actor jsonb NOT NULL,
  count int NOT NULL,
  first_seq bigint NOT NULL,
  -- The first and the last message, when it is about messages.
  first_no int,
  last_no int,
  since timestamptz NOT NULL,
  at timestamptz NOT NULL,
  due date,
  state text NOT NULL CHECK (state IN ('OPEN', 'LATER', 'DONE')),
  until timestamptz,
  version int NOT NULL,
  PRIMARY KEY (task_id, topic, person_id)
) WITH (fillfactor = 80);
CREATE INDEX inbox_rows_listed ON inbox_rows (person_id, state, at DESC, task_id, topic);
CREATE INDEX inbox_rows_done ON inbox_rows (at) WHERE state = 'DONE';

-- What persons' streams carry is of use for days, not for ever.
CREATE INDEX stream_event_notes ON stream_event (at) WHERE type IN ('mark.moved', 'inbox.changed', 'inbox.cleared');
`;

const DOWN = `
DROP INDEX stream_event_notes;
DROP TABLE inbox_rows, follows, thread_writers, read_marks;
`;
