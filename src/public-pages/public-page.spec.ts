import type { MilestoneStatus, TaskStatus } from '#libs/contracts';
import {
  buildPage,
  districtsOf,
  samePage,
  searchText,
  type KeptFields,
  type PublishedFacts,
} from './public-page.js';

const kept: KeptFields = {
  id: '00000000-0000-4000-8000-000000000001',
  address: 'abcdefghjk',
  slug: 'drainase',
  summary: 'Saluran dinormalkan.',
  questions: [],
};

const facts: PublishedFacts = {
  published: true,
  status: 'IN_PROGRESS',
  statusSince: '2026-09-07T01:00:00.000Z',
  statusChanges: [
    { to: 'DRAFT', at: '2026-09-01T01:00:00.000Z' },
    { to: 'PROPOSED', at: '2026-09-02T01:00:00.000Z' },
    { to: 'ASSIGNED', at: '2026-09-04T01:00:00.000Z' },
    { to: 'IN_PROGRESS', at: '2026-09-07T01:00:00.000Z' },
  ],
  title: 'Normalisasi drainase',
  category: 'Infrastruktur',
  priorityProgram: 'Kota Tangguh',
  locations: ['Kel. Simpang Rimbo'],
  startDate: '2026-09-07',
  dueDate: '2026-12-18',
  originalDueDate: '2026-12-18',
  coordinatingOpd: { name: 'Dinas Pekerjaan Umum dan Penataan Ruang', abbreviation: 'PUPR' },
  supportingOpds: [{ name: 'Kecamatan Alam Barajo', abbreviation: 'Kec. Alam Barajo' }],
  milestones: [
    { title: 'Peta titik genangan', dueDate: '2026-09-25', status: 'DONE', completedOn: '2026-09-24' },
    { title: 'Pipa dipindahkan', dueDate: '2026-11-27', status: 'IN_PROGRESS', completedOn: null },
  ],
  updates: [{ id: 'u1', at: '2026-11-16T03:00:00.000Z', body: 'Alur laporan 112 sudah diuji.' }],
};

const AT = '2026-11-20T03:00:00.000Z';

function pageOf(change: Partial<PublishedFacts> = {}, before?: Parameters<typeof buildPage>[2]) {
  const page = buildPage({ ...facts, ...change }, kept, before);
  if (!page) throw new Error('there is no page');
  return page;
}

describe('the page', () => {
  it('has the published fields and nothing else, whatever comes along', () => {
    const more = {
      ...facts,
      description: 'rahasia',
      teamLead: { name: 'rahasia' },
      milestones: facts.milestones.map((milestone) => ({ ...milestone, note: 'rahasia', opd: 'rahasia' })),
      updates: facts.updates.map((update) => ({ ...update, draftedBy: 'rahasia' })),
      coordinatingOpd: { ...facts.coordinatingOpd, head: 'rahasia' },
    };
    const question = {
      id: 'q1',
      askedAt: AT,
      kelurahan: 'Legok',
      text: 'Kapan?',
      answer: { body: 'Besok.', opd: 'PUPR', at: AT, by: 'rahasia' },
      submittedText: 'rahasia',
    };
    const page = buildPage(more, { ...kept, questions: [question] });
    expect(JSON.stringify(page)).not.toContain('rahasia');
    expect(page?.questions[0]?.answer).toEqual({ body: 'Besok.', opd: 'PUPR', at: AT });
    expect(page?.milestones[1]).toEqual({
      title: 'Pipa dipindahkan',
      dueDate: '2026-11-27',
      done: false,
      completedOn: null,
    });
  });

  it.each<TaskStatus>(['DRAFT', 'PROPOSED'])('does not exist while the task is %s', (status) => {
    expect(buildPage({ ...facts, status }, kept)).toBeNull();
  });

  it('does not exist for a task that is not published', () => {
    expect(buildPage({ ...facts, published: false }, kept)).toBeNull();
  });

  it.each<[TaskStatus, string]>([
    ['ASSIGNED', 'Direncanakan'],
    ['BLOCKED', 'Sedang dikerjakan'],
    ['AWAITING_DECISION', 'Sedang dikerjakan'],
    ['ON_HOLD', 'Ditunda'],
    ['IN_VERIFICATION', 'Sedang dikerjakan'],
    ['ARCHIVED', 'Selesai'],
    ['CANCELLED', 'Dibatalkan'],
  ])('calls %s “%s”', (status, label) => {
    expect(pageOf({ status }).statusLabel).toBe(label);
  });

  it('tells nothing of changes between statuses that are one to citizens', () => {
    const blocked = pageOf({
      status: 'BLOCKED',
      statusSince: '2026-11-19T01:00:00.000Z',
      statusChanges: [...facts.statusChanges, { to: 'BLOCKED', at: '2026-11-19T01:00:00.000Z' }],
    });
    expect(blocked.statusSince).toBe('2026-09-07T01:00:00.000Z');
    expect(samePage(pageOf(), blocked)).toBe(true);
  });

  it.each<[MilestoneStatus, boolean]>([
    ['DONE', true],
    ['VERIFIED', true],
    ['PARTLY_DONE', false],
    ['RETURNED', false],
    ['REOPENED', false],
    ['STOPPED', false],
  ])('shows a stage that is %s as done: %s', (status, done) => {
    const milestone = { title: 'Tahap', dueDate: null, status, completedOn: '2026-11-01' };
    const [shown] = pageOf({ milestones: [milestone] }).milestones;
    expect(shown).toMatchObject({ done, completedOn: done ? '2026-11-01' : null });
  });

  it('is as old as the newest thing on it that has a date', () => {
    expect(pageOf().updatedAt).toBe('2026-11-16T03:00:00.000Z');
    const before = { updatedAt: '2026-11-10T00:00:00.000Z', changedAt: '2026-11-19T00:00:00.000Z' };
    expect(pageOf({}, before).updatedAt).toBe('2026-11-16T03:00:00.000Z');
  });

  it('has the date of the change when what changed has none', () => {
    const updatedAt = '2026-11-16T03:00:00.000Z';
    expect(pageOf({}, { updatedAt, changedAt: AT }).updatedAt).toBe(AT);
    expect(pageOf({}, { updatedAt, changedAt: '2026-09-01T00:00:00.000Z' }).updatedAt).toBe(updatedAt);
  });
});

describe('whether citizens see a difference', () => {
  it('does not depend on the order of keys or the time of the update', () => {
    const page = pageOf();
    const turned = Object.fromEntries(Object.entries(page).reverse()) as unknown as typeof page;
    expect(samePage(page, { ...turned, updatedAt: '2027-01-01T00:00:00.000Z' })).toBe(true);
    expect(samePage(page, { ...page, dueDate: '2026-12-20' })).toBe(false);
  });
});

describe('the search text', () => {
  it('is folded and holds what citizens can see', () => {
    expect(searchText(pageOf({ title: 'Jalan Ma’ruf, Café' }))).toContain('jalan maruf cafe');
    expect(searchText(pageOf())).toContain('alur laporan 112');
  });
});

describe('districts', () => {
  it('are the kecamatan named as places or taking part', () => {
    expect(districtsOf(pageOf({ locations: ['Kec. Jelutung', 'Kel. Legok'] }))).toEqual([
      'Alam Barajo',
      'Jelutung',
    ]);
  });

  it('are the whole city when the work says so', () => {
    expect(districtsOf(pageOf({ locations: ['Seluruh kecamatan'] }))).toEqual(['*']);
  });
});
