import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of workspaces, from the first byte on; their bytes live elsewhere under `storage_key`. */
export class Files1764000000009 implements MigrationInterface {
  name = 'Files1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE files');
  }
}

const UP = `
CREATE TABLE files (
  id uuid PRIMARY KEY,
  task_id uuid NOT NULL REFERENCES tasks (id),
  state text NOT NULL CHECK (state IN ('RECEIVING', 'SCANNING', 'READY', 'REMOVED')),
  name text NOT NULL,
  -- Random: says nothing about the file. Chosen before the first byte, so that no bytes are ever without a row.
  storage_key text NOT NULL UNIQUE,
  declared_size bigint NOT NULL,
  received bigint NOT NULL DEFAULT 0,
  -- Known when all is here: what is stored, without what was taken out of a picture.
  size bigint,
  media_type text,
  kind text,
  replaces uuid REFERENCES files (id),
  version int NOT NULL DEFAULT 1,
  added_by uuid NOT NULL REFERENCES persons (id),
  added_opd_id uuid REFERENCES opds (id),
  -- Null until everybody may see it.
  added_at timestamptz,
  removed_by uuid REFERENCES persons (id),
  removed_at timestamptz,
  -- Why it never became a file.
  refusal jsonb,
  -- When something is to be done next: given up (RECEIVING), scanned (SCANNING), its bytes deleted (REMOVED).
  due_at timestamptz,
  tries int NOT NULL DEFAULT 0
);
CREATE INDEX files_task ON files (task_id, added_at);
CREATE INDEX files_due ON files (state, due_at) WHERE due_at IS NOT NULL;
-- Of two who replace the same version one is first.
CREATE UNIQUE INDEX files_replaces ON files (replaces) WHERE state = 'READY';
`;
