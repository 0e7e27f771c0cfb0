import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { Place } from './generator-wishes.js';

/** An id that follows from a name: rows and generator need no list of them. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The cookie of a person's sign-in. */
export function tokenOf(person: number): string {
  return createHash('sha256').update(`token ${person}`).digest('base64url');
}

export const personId = (person: number) => idOf(`person ${person}`);

export function placeOf(group: string, index: number): Place {
  const name = `${group} ${index}`;
  return {
    workspaceId: idOf(`task ${name}`),
    threadId: idOf(`thread ${name}`),
    epoch: idOf(`epoch ${name}`),
  };
}

/** A group of workspaces alike: the i-th has the persons from `i * members` on, going round at `people`. */
export interface Group {
  name: string;
  count: number;
  members: number;
  /** So many different persons at most. */
  people?: number;
  /** Citizens may read of them. */
  published?: boolean;
}

const PEOPLE = 6_000;
/** The Sekretaris Daerah, who is the city's PPID as well, comes after all others. */
export const LEADER = 6_000;
const UNITS = 57;
const PART = 5_000;

export function memberOf(
  { members, people = PEOPLE }: Pick<Group, 'members' | 'people'>,
  workspace: number,
  member: number,
): number {
  return (workspace * members + member) % people;
}

/** 57 units, 6,000 persons with accounts and sign-ins, and the Sekretaris Daerah. */
export async function seedPeople(db: Client): Promise<void> {
  const units = Array.from({ length: UNITS }, (_, i) => i);
  await db.query(
    `INSERT INTO opds (id, code, name, abbreviation, kind, parent_id, valid_from)
     SELECT id, code, code, code, kind, $4, '2020-01-01' FROM unnest($1::uuid[], $2::text[], $3::text[]) AS u(id, code, kind)`,
    [
      units.map((i) => idOf(`opd ${i}`)),
      units.map((i) => (i === 0 ? 'SETDA' : `DINAS-${i}`)),
      units.map((i) => (i === 0 ? 'sekretariat_daerah' : 'dinas')),
      null,
    ],
  );
  for (let from = 0; from <= PEOPLE; from += PART) {
    const people = Array.from({ length: Math.min(PART, PEOPLE + 1 - from) }, (_, i) => from + i);
    const ids = people.map(personId);
    await db.query(
      `INSERT INTO persons (id, name, opd_id) SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[])`,
      [
        ids,
        people.map((i) => `Pegawai ${i}`),
        people.map((i) => idOf(`opd ${i === LEADER ? 0 : 1 + (i % (UNITS - 1))}`)),
      ],
    );
    await db.query(
      `INSERT INTO accounts (person_id, password_hash) SELECT id, 'none' FROM unnest($1::uuid[]) AS p(id)`,
      [ids],
    );
    // As for everybody who was connected before.
    await db.query(
      `INSERT INTO stream_head (id, kind) SELECT id, 'person' FROM unnest($1::uuid[]) AS p(id)`,
      [ids],
    );
    await db.query(
      `INSERT INTO sessions (id, token_hash, person_id, expires_at)
       SELECT id, decode(hash, 'hex'), person, now() + interval '1 day'
       FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS s(id, hash, person)`,
      [
        people.map((i) => idOf(`session ${i}`)),
        people.map((i) => createHash('sha256').update(tokenOf(i)).digest('hex')),
        ids,
      ],
    );
  }
  await db.query(
    `INSERT INTO position_assignments (id, person_id, opd_id, title, position_kind, mode, valid_from)
     VALUES ($1, $2, $3, 'Sekretaris Daerah', 'jpt_pratama', 'DEFINITIVE', '2020-01-01')`,
    [idOf('post'), personId(LEADER), idOf('opd 0')],
  );
  await db.query(
    `INSERT INTO role_grants (id, person_id, role, opd_id, valid_from) VALUES ($1, $2, 'PPID', NULL, '2020-01-01')`,
    [idOf('grant'), personId(LEADER)],
  );
}

/** Tasks at work with their teams (the first member leads), a thread and an empty history. */
export async function seedGroup(db: Client, group: Group): Promise<void> {
  const indices = Array.from({ length: group.count }, (_, i) => i);
  const places = indices.map((i) => placeOf(group.name, i));
  const tasks = places.map((place) => place.workspaceId);
  await db.query(
    `INSERT INTO tasks (id, code, title, description, category, priority, confidentiality, status, status_since,
       coordinating_opd_id, created_by, created_at, due_date, published)
     SELECT id, code, 'Normalisasi drainase', 'Untuk pengukuran', 'Infrastruktur', 'HIGH', 'LIMITED', 'IN_PROGRESS', now(),
       $3, $4, now(), current_date + 30, $5 FROM unnest($1::uuid[], $2::text[]) AS t(id, code)`,
    [tasks, indices.map((i) => `${group.name}-${i}`), idOf('opd 1'), personId(0), group.published ?? false],
  );
  await db.query(
    `INSERT INTO task_opds (task_id, opd_id, coordinating, role, acceptance, position)
     SELECT id, $2, true, 'Koordinator', 'ACCEPTED', 0 FROM unnest($1::uuid[]) AS t(id)`,
    [tasks, idOf('opd 1')],
  );
  await db.query(
    `INSERT INTO status_changes (id, task_id, to_status, at, by_id, note)
     SELECT gen_random_uuid(), id, 'PROPOSED', now(), $2, '' FROM unnest($1::uuid[]) AS t(id)`,
    [tasks, personId(0)],
  );
  await db.query(
    `INSERT INTO threads (id, task_id, title, created_by, created_at)
     SELECT id, task, 'Koordinasi', $3, now() FROM unnest($1::uuid[], $2::uuid[]) AS t(id, task)`,
    [places.map((place) => place.threadId), tasks, personId(0)],
  );
  await db.query(
    `INSERT INTO stream_head (id, kind, epoch) SELECT id, 'workspace', epoch FROM unnest($1::uuid[], $2::uuid[]) AS h(id, epoch)`,
    [tasks, places.map((place) => place.epoch)],
  );
  const members = indices.flatMap((i) =>
    Array.from(
      { length: group.members },
      (_, m) => [tasks[i]!, personId(memberOf(group, i, m)), m === 0 ? 'KETUA_TIM' : 'ANGGOTA'] as const,
    ),
  );
  for (let from = 0; from < members.length; from += PART) {
    const part = members.slice(from, from + PART);
    await db.query(
      `INSERT INTO work_team_members (task_id, person_id, opd_id, team_role, mode, joined_at)
       SELECT task, person, $4, role, 'APPOINTED', now() FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS m(task, person, role)`,
      [
        part.map(([task]) => task),
        part.map(([, person]) => person),
        part.map(([, , role]) => role),
        idOf('opd 1'),
      ],
    );
  }
}

/** Messages and events 1 to `messages` in one workspace, as `message.post` would have written them. */
export async function seedHistory(db: Client, place: Place, messages: number): Promise<void> {
  const about = [place.workspaceId, place.threadId, personId(0)];
  for (let from = 1; from <= messages; from += 100_000) {
    const to = Math.min(messages, from + 99_999);
    await db.query(
      `INSERT INTO messages (id, thread_id, no, author_id, author_opd_id, kind, body, posted_at, command_id)
       SELECT md5($1::uuid::text || n)::uuid, $2::uuid, n, $3::uuid, $6::uuid, 'MESSAGE', repeat('x', 200), now(), md5('c' || $1::uuid::text || n)::uuid
       FROM generate_series($4::int, $5::int) AS n`,
      [...about, from, to, idOf('opd 1')],
    );
    await db.query(
      `INSERT INTO stream_event (stream_id, seq, type, at, actor, command_id, data)
       SELECT $1::uuid, n, 'message.posted', now(), a.actor, md5('c' || $1::uuid::text || n)::uuid,
         jsonb_build_object('message', jsonb_build_object('id', md5($1::uuid::text || n)::uuid, 'threadId', $2::text, 'no', n,
           'author', a.actor, 'kind', 'MESSAGE', 'body', repeat('x', 200), 'mentions', '[]'::jsonb, 'replyTo', null, 'attachments', '[]'::jsonb,
           'postedAt', '2026-01-05T01:00:00.000Z', 'commandId', md5('c' || $1::uuid::text || n)::uuid,
           'edits', 0, 'editedAt', null, 'deleted', null, 'reactions', '[]'::jsonb, 'pinned', null))
       FROM generate_series($4::int, $5::int) AS n,
         (SELECT jsonb_build_object('id', $3::text, 'name', 'Pegawai 0', 'opd', 'DINAS-1') AS actor) AS a`,
      [...about, from, to],
    );
  }
  await db.query('UPDATE stream_head SET seq = $2 WHERE id = $1', [place.workspaceId, messages]);
  await db.query('UPDATE threads SET message_count = $2, last_message_at = now() WHERE id = $1', [
    place.threadId,
    messages,
  ]);
}

/** What the stored baselines write into: as little as the same promise needs. */
export const BASELINE_SCHEMA = `
CREATE TABLE head (id uuid PRIMARY KEY, seq bigint NOT NULL DEFAULT 0) WITH (fillfactor = 50);
CREATE TABLE message (id uuid PRIMARY KEY, stream_id uuid NOT NULL, body text NOT NULL, at timestamptz NOT NULL);
CREATE TABLE event (stream_id uuid NOT NULL, seq bigint NOT NULL, at timestamptz NOT NULL, data jsonb NOT NULL,
  PRIMARY KEY (stream_id, seq));
CREATE TABLE command (actor_id uuid NOT NULL, command_id uuid NOT NULL, digest bytea NOT NULL, stream_id uuid,
  seq bigint, at timestamptz NOT NULL, PRIMARY KEY (actor_id, command_id))`;
