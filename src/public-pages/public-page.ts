import {
  STATUS_RULES,
  type Day,
  type Instant,
  type MilestoneStatus,
  type PublicPageView,
  type TaskStatus,
} from '#libs/contracts';
import { fold } from './fold.js';

interface OpdName {
  name: string;
  abbreviation: string;
}

/** All that is read of a task for citizens. What has no place here can't reach them. */
export interface PublishedFacts {
  published: boolean;
  status: TaskStatus;
  statusSince: Instant;
  /** Oldest first; without notes and names. */
  statusChanges: { to: TaskStatus; at: Instant }[];
  title: string;
  category: string;
  priorityProgram: string | null;
  locations: string[];
  startDate: Day | null;
  dueDate: Day | null;
  originalDueDate: Day | null;
  coordinatingOpd: OpdName;
  /** Those that have accepted. */
  supportingOpds: OpdName[];
  /** Those marked public. */
  milestones: { title: string; dueDate: Day | null; status: MilestoneStatus; completedOn: Day | null }[];
  /** Those approved, newest first. */
  updates: PublicPageView['updates'];
}

/** What the page has that the task has not: given when it was published, kept from version to version. */
export type KeptFields = Pick<PublicPageView, 'id' | 'address' | 'slug' | 'summary' | 'questions'>;

const DONE: ReadonlySet<MilestoneStatus> = new Set(['DONE', 'VERIFIED']);

/**
 * The citizens' page of a task, field by field; `null` when there is nothing for citizens to see.
 *
 * @param before of a page that there is already: its date, and when the change happened that has no date of its own
 */
export function buildPage(
  facts: PublishedFacts,
  kept: KeptFields,
  before?: { updatedAt: Instant; changedAt: Instant },
): PublicPageView | null {
  const { publicLabel } = STATUS_RULES[facts.status];
  if (!facts.published || publicLabel === null) return null;
  const statusSince = publicStatusSince(facts);
  const dated = latest(
    statusSince,
    ...facts.updates.map((update) => update.at),
    ...kept.questions.flatMap(({ answer }) => answer?.at ?? []),
  );
  return {
    id: kept.id,
    address: kept.address,
    slug: kept.slug,
    title: facts.title,
    summary: kept.summary,
    category: facts.category,
    priorityProgram: facts.priorityProgram,
    locations: [...facts.locations],
    statusLabel: publicLabel,
    statusSince,
    coordinatingOpd: opdName(facts.coordinatingOpd),
    supportingOpds: facts.supportingOpds.map(opdName),
    startDate: facts.startDate,
    dueDate: facts.dueDate,
    originalDueDate: facts.originalDueDate,
    milestones: facts.milestones.map(({ title, dueDate, status, completedOn }) => ({
      title,
      dueDate,
      done: DONE.has(status),
      completedOn: DONE.has(status) ? completedOn : null,
    })),
    updates: facts.updates.map(({ id, at, body }) => ({ id, at, body })),
    questions: kept.questions.map(({ id, askedAt, kelurahan, text, answer }) => ({
      id,
      askedAt,
      kelurahan,
      text,
      answer: answer && { body: answer.body, opd: answer.opd, at: answer.at },
    })),
    updatedAt: !before || dated > before.updatedAt ? dated : latest(before.updatedAt, before.changedAt),
  };
}

function latest(...moments: Instant[]): Instant {
  return moments.reduce((last, moment) => (moment > last ? moment : last));
}

/** Whether citizens would see any difference. */
export function samePage(a: PublicPageView, b: PublicPageView): boolean {
  return canonical({ ...a, updatedAt: '' }) === canonical({ ...b, updatedAt: '' });
}

// jsonb does not keep the order of keys.
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)))
      : inner,
  );
}

function opdName({ name, abbreviation }: OpdName): OpdName {
  return { name, abbreviation };
}

// Between statuses with one public label (Berjalan, Terkendala …) nothing changed for citizens: a newer moment would
// tell them that something inside did.
function publicStatusSince({ status, statusSince, statusChanges }: PublishedFacts): Instant {
  const label = STATUS_RULES[status].publicLabel;
  let since = statusSince;
  for (const { to, at } of [...statusChanges].reverse()) {
    if (STATUS_RULES[to].publicLabel !== label) break;
    since = at;
  }
  return since;
}

/** What the list's search looks through. */
export function searchText(page: PublicPageView): string {
  return fold(
    [
      page.title,
      page.summary,
      page.category,
      page.priorityProgram ?? '',
      ...page.locations,
      ...[page.coordinatingOpd, ...page.supportingOpds].flatMap((opd) => [opd.name, opd.abbreviation]),
      ...page.milestones.map((milestone) => milestone.title),
      ...page.updates.map((update) => update.body),
    ].join(' '),
  );
}

export const WHOLE_CITY = '*';
const KECAMATAN = /^(?:Kec\.|Kecamatan)\s+(.+)$/i;
const EVERYWHERE = /^seluruh (?:kecamatan|kelurahan|kota)/i;

/** The kecamatan a page is about: named as a place, or taking part in the work. */
export function districtsOf(page: PublicPageView): string[] {
  if (page.locations.some((location) => EVERYWHERE.test(location))) return [WHOLE_CITY];
  const names = [...page.locations, page.coordinatingOpd.name, ...page.supportingOpds.map((opd) => opd.name)];
  return [...new Set(names.flatMap((name) => KECAMATAN.exec(name.trim())?.[1] ?? []))].sort();
}
