import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organisation, sign-in, tasks, discussion, the numbered history, boards and citizens' pages. */
export class First1764000000001 implements MigrationInterface {
  name = 'First1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- ---------- organisation ----------
CREATE TABLE opds (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  abbreviation text NOT NULL,
  kind text NOT NULL,
  parent_id uuid REFERENCES opds (id),
  valid_from date NOT NULL,
  valid_to date
);
CREATE INDEX opds_parent ON opds (parent_id);

-- A renamed, moved or ended unit keeps what it was called then.
CREATE TABLE opd_history (
  opd_id uuid NOT NULL REFERENCES opds (id),
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  name text NOT NULL,
  abbreviation text NOT NULL,
  parent_id uuid,
  PRIMARY KEY (opd_id, valid_from)
);

CREATE TABLE persons (
  id uuid PRIMARY KEY,
  -- Personal data: birth date and sex are in it. Text, never a number; null for elected leaders.
  nip text UNIQUE,
  front_titles text NOT NULL DEFAULT '',
  name text NOT NULL,
  back_titles text NOT NULL DEFAULT '',
  email text UNIQUE,
  -- Unit shown behind the name.
  opd_id uuid REFERENCES opds (id),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX persons_opd ON persons (opd_id, name);

-- "Dr. Ir. H. Nama Lengkap, S.T., M.Si."
CREATE FUNCTION full_name(front text, name text, back text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws(', ', concat_ws(' ', nullif(front, ''), name), nullif(back, ''))
$$;

CREATE TABLE position_assignments (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES persons (id),
  opd_id uuid NOT NULL REFERENCES opds (id),
  title text NOT NULL,
  position_kind text NOT NULL,
  grade text,
  mode text NOT NULL CHECK (mode IN ('DEFINITIVE', 'PLT', 'PLH')),
  valid_from date NOT NULL,
  valid_to date,
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX position_assignments_person ON position_assignments (person_id);
CREATE INDEX position_assignments_opd ON position_assignments (opd_id);

-- Roles that no position gives: ADMIN_OPD, PPID, PEMANTAU, ADMIN_SISTEM.
CREATE TABLE role_grants (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES persons (id),
  role text NOT NULL,
  opd_id uuid REFERENCES opds (id),
  valid_from date NOT NULL,
  valid_to date
);
CREATE INDEX role_grants_person ON role_grants (person_id);

CREATE TABLE holidays (
  day date PRIMARY KEY,
  name text NOT NULL,
  kind text NOT NULL
);

-- ---------- sign-in ----------
CREATE TABLE accounts (
  person_id uuid PRIMARY KEY REFERENCES persons (id),
  password_hash text NOT NULL,
  disabled_at timestamptz,
  changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  -- SHA-256 of the cookie's token: a stolen table signs nobody in.
  token_hash bytea NOT NULL UNIQUE,
  person_id uuid NOT NULL REFERENCES persons (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX sessions_person ON sessions (person_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- ---------- tasks ----------
CREATE TABLE tasks (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  title text NOT NULL,
  description text NOT NULL,
  category text NOT NULL,
  priority text NOT NULL,
  priority_program text,
  confidentiality text NOT NULL,
  status text NOT NULL,
  status_since timestamptz NOT NULL,
  coordinating_opd_id uuid NOT NULL REFERENCES opds (id),
  steering_id uuid REFERENCES persons (id),
  team_lead_id uuid REFERENCES persons (id),
  created_by uuid NOT NULL REFERENCES persons (id),
  locations text[] NOT NULL DEFAULT '{}',
  external_partners text[] NOT NULL DEFAULT '{}',
  assignment_letter jsonb,
  start_date date,
  due_date date,
  original_due_date date,
  published boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL
);
CREATE INDEX tasks_coordinating ON tasks (coordinating_opd_id);
CREATE INDEX tasks_status ON tasks (status);

CREATE TABLE task_opds (
  task_id uuid NOT NULL REFERENCES tasks (id),
  opd_id uuid NOT NULL REFERENCES opds (id),
  coordinating boolean NOT NULL DEFAULT false,
  role text NOT NULL,
  acceptance text NOT NULL,
  answered_at timestamptz,
  reason text,
  position int NOT NULL,
  PRIMARY KEY (task_id, opd_id)
);
CREATE INDEX task_opds_opd ON task_opds (opd_id);

CREATE TABLE work_team_members (
  task_id uuid NOT NULL REFERENCES tasks (id),
  person_id uuid NOT NULL REFERENCES persons (id),
  opd_id uuid NOT NULL REFERENCES opds (id),
  team_role text NOT NULL CHECK (team_role IN ('KETUA_TIM', 'ANGGOTA')),
  mode text NOT NULL CHECK (mode IN ('APPOINTED', 'VOLUNTEERED')),
  joined_at timestamptz NOT NULL,
  PRIMARY KEY (task_id, person_id)
);
CREATE INDEX work_team_members_person ON work_team_members (person_id);

CREATE TABLE status_changes (
  id uuid PRIMARY KEY,
  task_id uuid NOT NULL REFERENCES tasks (id),
  from_status text,
  to_status text NOT NULL,
  at timestamptz NOT NULL,
  by_id uuid NOT NULL REFERENCES persons (id),
  note text NOT NULL
);
CREATE INDEX status_changes_task ON status_changes (task_id, at);

CREATE TABLE milestones (
  id uuid PRIMARY KEY,
  task_id uuid NOT NULL REFERENCES tasks (id),
  position int NOT NULL,
  title text NOT NULL,
  opd_id uuid NOT NULL REFERENCES opds (id),
  due_date date,
  status text NOT NULL,
  completed_on date,
  note text,
  public boolean NOT NULL DEFAULT false,
  UNIQUE (task_id, position)
);

CREATE TABLE decision_requests (
  id uuid PRIMARY KEY,
  task_id uuid NOT NULL REFERENCES tasks (id),
  title text NOT NULL,
  question text NOT NULL,
  options text[] NOT NULL,
  decider_id uuid NOT NULL REFERENCES persons (id),
  requested_by uuid NOT NULL REFERENCES persons (id),
  requested_at timestamptz NOT NULL,
  due_date date,
  status text NOT NULL,
  decision text,
  decided_at timestamptz,
  basis text
);
CREATE INDEX decision_requests_task ON decision_requests (task_id);
CREATE INDEX decision_requests_waiting ON decision_requests (decider_id) WHERE status = 'PENDING';

-- ---------- discussion ----------
CREATE TABLE threads (
  id uuid PRIMARY KEY,
  task_id uuid NOT NULL REFERENCES tasks (id),
  title text NOT NULL,
  about_kind text NOT NULL DEFAULT 'GENERAL',
  about_id uuid,
  created_by uuid NOT NULL REFERENCES persons (id),
  created_at timestamptz NOT NULL,
  -- Messages are numbered by this, under the lock of the workspace's head.
  message_count int NOT NULL DEFAULT 0,
  last_message_at timestamptz
) WITH (fillfactor = 50);
CREATE INDEX threads_task ON threads (task_id, created_at);

CREATE TABLE messages (
  id uuid PRIMARY KEY,
  thread_id uuid NOT NULL REFERENCES threads (id),
  no int NOT NULL,
  author_id uuid NOT NULL REFERENCES persons (id),
  author_opd_id uuid REFERENCES opds (id),
  kind text NOT NULL,
  body text NOT NULL,
  reply_to uuid,
  attachments text[] NOT NULL DEFAULT '{}',
  posted_at timestamptz NOT NULL,
  command_id uuid NOT NULL
);
CREATE UNIQUE INDEX messages_thread_no ON messages (thread_id, no);

-- ---------- citizens' pages ----------
CREATE TABLE public_updates (
  id uuid PRIMARY KEY,
  task_id uuid NOT NULL REFERENCES tasks (id),
  body text NOT NULL,
  status text NOT NULL CHECK (status IN ('PENDING', 'APPROVED', 'RETURNED')),
  drafted_by uuid NOT NULL REFERENCES persons (id),
  drafted_at timestamptz NOT NULL,
  reviewed_by uuid REFERENCES persons (id),
  reviewed_at timestamptz,
  reason text
);
CREATE INDEX public_updates_task ON public_updates (task_id, drafted_at);
CREATE INDEX public_updates_pending ON public_updates (drafted_at) WHERE status = 'PENDING';

-- The public projection: what was published, field by field. Citizens' pages read nothing else.
CREATE TABLE public_pages (
  id uuid PRIMARY KEY,
  task_id uuid NOT NULL UNIQUE REFERENCES tasks (id),
  address text NOT NULL UNIQUE,
  page jsonb NOT NULL,
  published boolean NOT NULL DEFAULT true,
  updated_at timestamptz NOT NULL
);
CREATE INDEX public_pages_listed ON public_pages (updated_at DESC) WHERE published;

-- ---------- the numbered history ----------
CREATE TABLE stream_head (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('workspace', 'person', 'public')),
  seq bigint NOT NULL DEFAULT 0,
  epoch uuid NOT NULL DEFAULT gen_random_uuid(),
  acl_version int NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

CREATE TABLE stream_event (
  stream_id uuid NOT NULL,
  seq bigint NOT NULL,
  type text NOT NULL,
  at timestamptz NOT NULL,
  actor jsonb NOT NULL,
  command_id uuid NOT NULL,
  data jsonb NOT NULL,
  -- The writing transaction: consumers read in this order, up to the oldest still running.
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (stream_id, seq)
);
CREATE INDEX stream_event_xid ON stream_event (xid);
CREATE INDEX stream_event_history ON stream_event (stream_id, seq) WHERE type <> 'message.posted';

CREATE TABLE command (
  actor_id uuid NOT NULL,
  command_id uuid NOT NULL,
  -- SHA-256 of type and content: the same id with other content is refused.
  digest bytea NOT NULL,
  stream_id uuid,
  seq bigint,
  -- Null: accepted, kept for ever. Otherwise the refusal, kept 7 days.
  refusal jsonb,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, command_id)
);
CREATE INDEX command_refused ON command (at) WHERE refusal IS NOT NULL;

-- ---------- what is derived from the history ----------
CREATE TABLE consumer_cursor (
  name text PRIMARY KEY,
  xid xid8 NOT NULL,
  stream_id uuid NOT NULL,
  seq bigint NOT NULL
);

CREATE TABLE board_rows (
  task_id uuid PRIMARY KEY REFERENCES tasks (id),
  -- Scopes this task is shown in: 'city', 'field:<opd>', 'opd:<opd>', 'person:<person>'.
  scopes text[] NOT NULL,
  row jsonb NOT NULL,
  -- The board's version at which the row last changed.
  version bigint NOT NULL
);
CREATE INDEX board_rows_scopes ON board_rows USING gin (scopes);

CREATE TABLE board_scopes (
  scope text PRIMARY KEY,
  version bigint NOT NULL
);

-- Tasks that left a scope, so that a returning client can drop them.
CREATE TABLE board_removals (
  scope text NOT NULL,
  task_id uuid NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (scope, task_id)
);

CREATE TABLE board_state (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version bigint NOT NULL,
  as_of date
);
INSERT INTO board_state (version) VALUES (0);

-- Facts about this installation: demo offset and the like.
CREATE TABLE settings (
  key text PRIMARY KEY,
  value jsonb NOT NULL
);
`;

const DOWN = `
DROP TABLE settings, board_state, board_removals, board_scopes, board_rows, consumer_cursor, command, stream_event,
  stream_head, public_pages, public_updates, messages, threads, decision_requests, milestones, status_changes,
  work_team_members, task_opds, tasks, sessions, accounts, holidays, role_grants, position_assignments, persons,
  opd_history, opds;
DROP FUNCTION full_name;
`;
