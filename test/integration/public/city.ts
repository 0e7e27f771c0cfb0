import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { DataSource, EntityManager } from 'typeorm';
import type { ActorView, TaskView } from '#libs/contracts';
import { commandOf, event, uuidOf, WorkspaceLog } from '#libs/database';
import type { PublishPage } from '../../../src/public/public.service.js';

const DATA = new URL('../../../src/demo/data/', import.meta.url);

/** Beside what the sample says: what was asked and answered. */
const ADVICE = 'Saran yang hanya untuk pimpinan';

interface PersonRef {
  nip?: string;
  name?: string;
}

interface SampleTask {
  id: string;
  code: string;
  title: string;
  description: string;
  category: string;
  priority: 'HIGH' | 'MEDIUM' | 'LOW';
  priority_program: string | null;
  confidentiality: 'PUBLIC' | 'LIMITED' | 'PERSONAL_DATA';
  locations: string[];
  coordinating_opd: string;
  supporting_opds: { opd_code: string; role: string; acceptance: string; reason?: string }[];
  external_partners: string[];
  team_lead: PersonRef;
  members: PersonRef[];
  start_date: string | null;
  due_date: string | null;
  status: TaskView['status'];
  status_history: { from: string | null; to: TaskView['status']; at: string; note: string }[];
  milestones: {
    id: string;
    title: string;
    opd_code: string;
    due_date: string | null;
    status: string;
    completed_on: string | null;
    note: string | null;
  }[];
  decisions: { id: string; title: string; question: string; options: string[]; decision: string | null }[];
  threads: {
    id: string;
    topic: string;
    messages: { id: string; at: string; author: PersonRef; kind: string; body: string }[];
  }[];
  risks: unknown[];
  public: {
    published: boolean;
    slug: string | null;
    summary: string | null;
    updates: { at: string; body: string }[];
  };
  citizen_questions: {
    id: string;
    asked_at: string;
    kelurahan: string;
    submitted_text: string;
    moderation_status: string;
    moderation_reason: string | null;
    published_text: string | null;
    answer: { body: string; opd_code: string; at: string } | null;
  }[];
}

interface Sample {
  actors: { nip: string; name_with_titles: string; email: string; opd_code: string }[];
  tasks: SampleTask[];
}

export interface City {
  people: ActorView[];
  tasks: { id: string; sample: SampleTask; lead: ActorView; pending: string }[];
  /** Texts that only people of the city's administration may ever see. */
  secrets: string[];
  pageOf(code: string): PublishPage;
}

/** Milestones of the sample are private unless marked: these are marked here. */
const isPublic = (position: number) => position % 2 === 1;

/** The sample city with all that is internal in it, in rows and in the history, but nothing published by hand yet. */
export async function aCity(source: DataSource, log: WorkspaceLog): Promise<City> {
  const sample = JSON.parse(await readFile(new URL('tasks-sample.json', DATA), 'utf8')) as Sample;
  const units = parse(await readFile(new URL('opd-jambi.csv', DATA), 'utf8'), { columns: true }) as Record<
    string,
    string
  >[];
  const opd = (code: string) => uuidOf(`opd ${code}`);
  await source.transaction(async (tx) => {
    for (const unit of units) {
      await tx.query(
        `INSERT INTO opds (id, code, name, abbreviation, kind, parent_id, valid_from) VALUES ($1, $2, $3, $4, $5, $6, '2020-01-01')`,
        [
          opd(unit['code']!),
          unit['code'],
          unit['name'],
          unit['abbreviation'],
          unit['kind'],
          unit['parent_code'] ? opd(unit['parent_code']) : null,
        ],
      );
    }
    for (const actor of sample.actors) {
      await tx.query('INSERT INTO persons (id, nip, name, email, opd_id) VALUES ($1, $2, $3, $4, $5)', [
        uuidOf(`person ${actor.nip}`),
        actor.nip,
        actor.name_with_titles,
        actor.email,
        opd(actor.opd_code),
      ]);
    }
  });
  const people = sample.actors.map((actor) => ({
    id: uuidOf(`person ${actor.nip}`),
    name: actor.name_with_titles,
    opd: actor.opd_code,
  }));
  const personOf = ({ nip }: PersonRef) =>
    people.find((person) => person.id === uuidOf(`person ${nip}`)) ?? people[0]!;

  const tasks: City['tasks'] = [];
  for (const task of sample.tasks) {
    const lead = personOf(task.team_lead);
    const id = uuidOf(task.id);
    const pending = `Draf kabar yang belum diperiksa untuk ${task.code}`;
    tasks.push({ id, sample: task, lead, pending });
    await log.record(
      commandOf(lead, 'task.create', { commandId: uuidOf(`create ${task.id}`) }),
      async (tx) => {
        await log.openStream(tx, id, 'workspace');
        await insertTask(tx, id, task, lead, opd);
        await insertInternals(tx, id, task, lead, opd, personOf, pending);
        const view = { id, title: task.title, description: task.description, teamLead: lead } as TaskView;
        return { events: [event('task.created', id, { task: view, opds: [] })] };
      },
    );
  }

  const shown = new Set(sample.tasks.flatMap((task) => task.citizen_questions.map((q) => q.published_text)));
  const secrets = [
    ...sample.actors.flatMap((actor) => [
      actor.nip,
      actor.name_with_titles,
      actor.name_with_titles.replace(/^([A-Z]\w*\. )+|,.*$/g, ''),
      actor.email,
    ]),
    ...sample.tasks.flatMap((task) => [
      task.description,
      task.code,
      ...task.status_history.map((change) => change.note),
      ...task.milestones.flatMap((milestone, i) => [
        milestone.note ?? '',
        isPublic(i + 1) ? '' : milestone.title,
      ]),
      ...task.decisions.flatMap((decision) => [
        decision.question,
        ...decision.options,
        decision.decision ?? '',
        ADVICE,
      ]),
      ...task.threads.flatMap((thread) => [thread.topic, ...thread.messages.map((message) => message.body)]),
      ...task.citizen_questions.flatMap((q) => [
        shown.has(q.submitted_text) ? '' : q.submitted_text,
        q.moderation_reason ?? '',
      ]),
    ]),
    ...sample.tasks
      .filter((task) => !task.public.published)
      .flatMap((task) => [task.title, ...task.milestones.map((m) => m.title)]),
    ...tasks.map((task) => task.pending),
    ...tasks.map((task) => task.id),
    ...people.map((person) => person.id),
  ];
  // Where an internal text and a published one happen to share their words, its words are no secret.
  const published = JSON.stringify(
    sample.tasks
      .filter((task) => task.public.published)
      .map((task) => [
        task.title,
        task.public,
        task.milestones.filter((_, i) => isPublic(i + 1)).map((milestone) => milestone.title),
        task.citizen_questions.map((q) => [q.published_text, q.answer?.body]),
      ]),
  );

  return {
    people,
    tasks,
    secrets: [...new Set(secrets)].filter(
      (text) => text.length > 7 && !published.includes(JSON.stringify(text).slice(1, -1)),
    ),
    pageOf(code) {
      const task = sample.tasks.find((each) => each.code === code)!;
      return {
        taskId: uuidOf(task.id),
        slug: task.public.slug ?? undefined,
        summary: task.public.summary ?? '',
        updates: task.public.updates.map(({ at, body }, i) => ({
          id: uuidOf(`${task.id} update ${i}`),
          at: new Date(at).toISOString(),
          body,
        })),
        questions: task.citizen_questions
          .filter((q) => q.published_text !== null && q.moderation_status !== 'REJECTED')
          .map((q) => ({
            id: uuidOf(q.id),
            askedAt: new Date(q.asked_at).toISOString(),
            kelurahan: q.kelurahan,
            text: q.published_text ?? '',
            answer: q.answer && {
              body: q.answer.body,
              opd: q.answer.opd_code,
              at: new Date(q.answer.at).toISOString(),
            },
          })),
      };
    },
  };
}

async function insertTask(
  tx: EntityManager,
  id: string,
  task: SampleTask,
  lead: ActorView,
  opd: (code: string) => string,
): Promise<void> {
  await tx.query(
    `INSERT INTO tasks (id, code, title, description, category, priority, priority_program, confidentiality, status,
       status_since, coordinating_opd_id, team_lead_id, created_by, locations, external_partners, start_date, due_date,
       original_due_date, published, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $14, $15, $16, $16, $17, $18)`,
    [
      id,
      task.code,
      task.title,
      task.description,
      task.category,
      task.priority,
      task.priority_program,
      task.confidentiality,
      task.status,
      task.status_history.at(-1)!.at,
      opd(task.coordinating_opd),
      lead.id,
      task.locations,
      task.external_partners,
      task.start_date,
      task.due_date,
      task.public.published,
      task.status_history[0]!.at,
    ],
  );
  await tx.query(
    `INSERT INTO task_opds (task_id, opd_id, coordinating, role, acceptance, position) VALUES ($1, $2, true, 'Koordinator', 'ACCEPTED', 0)`,
    [id, opd(task.coordinating_opd)],
  );
  for (const [i, support] of task.supporting_opds.entries()) {
    await tx.query(
      'INSERT INTO task_opds (task_id, opd_id, role, acceptance, position, reason) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, opd(support.opd_code), support.role, support.acceptance, i + 1, support.reason ?? null],
    );
  }
}

async function insertInternals(
  tx: EntityManager,
  id: string,
  task: SampleTask,
  lead: ActorView,
  opd: (code: string) => string,
  personOf: (ref: PersonRef) => ActorView,
  pending: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO work_team_members (task_id, person_id, opd_id, team_role, mode, joined_at) VALUES ($1, $2, $3, 'KETUA_TIM', 'APPOINTED', now())`,
    [id, lead.id, opd(task.coordinating_opd)],
  );
  for (const change of task.status_history) {
    await tx.query(
      'INSERT INTO status_changes (id, task_id, from_status, to_status, at, by_id, note) VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6)',
      [id, change.from, change.to, change.at, lead.id, change.note],
    );
  }
  for (const [i, milestone] of task.milestones.entries()) {
    await tx.query(
      `INSERT INTO milestones (id, task_id, position, title, opd_id, due_date, status, completed_on, note, public)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        uuidOf(milestone.id),
        id,
        i + 1,
        milestone.title,
        opd(milestone.opd_code),
        milestone.due_date,
        milestone.status,
        milestone.completed_on,
        milestone.note,
        isPublic(i + 1),
      ],
    );
  }
  for (const decision of task.decisions) {
    await tx.query(
      `INSERT INTO decision_requests (id, task_id, title, question, options, decider_id, requested_by, requested_at, status, decision, recommendation, consequence, note)
       VALUES ($1, $2, $3, $4, $5, $6, $6, now(), 'PENDING', $7, $8, $8, $8)`,
      [
        uuidOf(decision.id),
        id,
        decision.title,
        decision.question,
        decision.options,
        lead.id,
        decision.decision,
        ADVICE,
      ],
    );
  }
  for (const thread of task.threads) {
    await tx.query(
      'INSERT INTO threads (id, task_id, title, created_by, created_at) VALUES ($1, $2, $3, $4, now())',
      [uuidOf(thread.id), id, thread.topic, lead.id],
    );
    for (const [i, message] of thread.messages.entries()) {
      await tx.query(
        `INSERT INTO messages (id, thread_id, no, author_id, kind, body, posted_at, command_id) VALUES ($1, $2, $3, $4, $5, $6, $7, gen_random_uuid())`,
        [
          uuidOf(message.id),
          uuidOf(thread.id),
          i + 1,
          personOf(message.author).id,
          message.kind,
          message.body,
          message.at,
        ],
      );
    }
  }
  await tx.query(
    `INSERT INTO public_updates (id, task_id, body, status, drafted_by, drafted_at) VALUES (gen_random_uuid(), $1, $2, 'PENDING', $3, now()),
       (gen_random_uuid(), $1, $2 || ' (dikembalikan)', 'RETURNED', $3, now())`,
    [id, pending, lead.id],
  );
}
