import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Day, MilestoneStatus, PublicPageView, TaskStatus } from '#libs/contracts';
import { districtsOf, searchText, type PublishedFacts } from './public-page.js';

export interface PageRow {
  id: string;
  address: string;
  page: PublicPageView;
  published: boolean;
}

/** Updates a page keeps; older ones stay in the history of the task. */
const UPDATES = 100;

/** The page of a task, locked until the end of the transaction. */
export async function lockPage(tx: EntityManager, taskId: string): Promise<PageRow | undefined> {
  const [row] = await tx.query<PageRow[]>(
    'SELECT id, address, page, published FROM public_pages WHERE task_id = $1 FOR UPDATE',
    [taskId],
  );
  return row;
}

/** False when another transaction made the page of this task first. */
export async function insertPage(tx: EntityManager, taskId: string, page: PublicPageView): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `INSERT INTO public_pages (id, task_id, address, page, updated_at, search, districts)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (task_id) DO NOTHING RETURNING id`,
    [
      page.id,
      taskId,
      page.address,
      JSON.stringify(page),
      page.updatedAt,
      searchText(page),
      districtsOf(page),
    ],
  );
  return rows.length > 0;
}

export async function updatePage(tx: EntityManager, page: PublicPageView): Promise<void> {
  await tx.query(
    `UPDATE public_pages SET page = $2, published = true, updated_at = $3, search = $4, districts = $5 WHERE id = $1`,
    [page.id, JSON.stringify(page), page.updatedAt, searchText(page), districtsOf(page)],
  );
}

export async function withdrawPage(tx: EntityManager, id: string): Promise<void> {
  await tx.query('UPDATE public_pages SET published = false WHERE id = $1', [id]);
}

// Without letters and digits that are mistaken for each other when read aloud or copied from a sign.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** The random word of an address, about 49 bits. */
export function newAddress(): string {
  let word = '';
  while (word.length < 10) {
    for (const byte of randomBytes(16)) {
      // Bytes past the last whole run of the alphabet would favour its first letters.
      if (byte < LETTERS.length * 8 && word.length < 10) word += LETTERS.charAt(byte % LETTERS.length);
    }
  }
  return word;
}

interface FactsRow {
  published: boolean;
  status: TaskStatus;
  status_since: Date;
  title: string;
  category: string;
  priority_program: string | null;
  locations: string[];
  start_date: Day | null;
  due_date: Day | null;
  original_due_date: Day | null;
  name: string;
  abbreviation: string;
  changes: { to: TaskStatus; at: string }[];
  supporting: { name: string; abbreviation: string }[];
  milestones: { title: string; dueDate: Day | null; status: MilestoneStatus; completedOn: Day | null }[];
  updates: { id: string; at: string; body: string }[];
}

/** Reads the published columns by name, and no others. */
export async function readFacts(tx: EntityManager, taskId: string): Promise<PublishedFacts | null> {
  const [row] = await tx.query<FactsRow[]>(FACTS, [taskId, UPDATES]);
  if (!row) return null;
  return {
    published: row.published,
    status: row.status,
    statusSince: row.status_since.toISOString(),
    statusChanges: row.changes.map(({ to, at }) => ({ to, at: instant(at) })),
    title: row.title,
    category: row.category,
    priorityProgram: row.priority_program,
    locations: row.locations,
    startDate: row.start_date,
    dueDate: row.due_date,
    originalDueDate: row.original_due_date,
    coordinatingOpd: { name: row.name, abbreviation: row.abbreviation },
    supportingOpds: row.supporting,
    milestones: row.milestones,
    updates: row.updates.map(({ id, at, body }) => ({ id, at: instant(at), body })),
  };
}

function instant(at: string): string {
  return new Date(at).toISOString();
}

const FACTS = `
SELECT t.published, t.status, t.status_since, t.title, t.category, t.priority_program, t.locations,
  t.start_date::text, t.due_date::text, t.original_due_date::text, o.name, o.abbreviation,
  coalesce((SELECT jsonb_agg(jsonb_build_object('to', s.to_status, 'at', s.at) ORDER BY s.at, s.id)
    FROM status_changes s WHERE s.task_id = t.id), '[]') AS changes,
  coalesce((SELECT jsonb_agg(jsonb_build_object('name', so.name, 'abbreviation', so.abbreviation) ORDER BY p.position)
    FROM task_opds p JOIN opds so ON so.id = p.opd_id
    WHERE p.task_id = t.id AND NOT p.coordinating AND p.acceptance = 'ACCEPTED'), '[]') AS supporting,
  coalesce((SELECT jsonb_agg(jsonb_build_object('title', m.title, 'dueDate', m.due_date, 'status', m.status,
      'completedOn', m.completed_on) ORDER BY m.position)
    FROM milestones m WHERE m.task_id = t.id AND m.public), '[]') AS milestones,
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', u.id, 'at', u.at, 'body', u.body) ORDER BY u.at DESC, u.id)
    FROM (SELECT id, coalesce(reviewed_at, drafted_at) AS at, body FROM public_updates
      WHERE task_id = t.id AND status = 'APPROVED' ORDER BY at DESC, id LIMIT $2) u), '[]') AS updates
FROM tasks t JOIN opds o ON o.id = t.coordinating_opd_id WHERE t.id = $1`;
