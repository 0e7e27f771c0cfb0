import type { EntityManager } from 'typeorm';
import {
  DEFAULT_FOLLOW,
  type Confidentiality,
  type Day,
  type FollowLevel,
  type TeamRole,
  type WorkspaceEvent,
} from '#libs/contracts';
import type { OrganizationService } from '../organization/organization.service.js';
import type { NoticeFacts } from './notice-rules.js';

/** Of one task: what the rules ask, how much each person wants to hear, and how things are called. */
export interface TaskNotices {
  title: string;
  facts: NoticeFacts;
  /** Of those who hear of the task: whether this one may read what is said there. */
  readsMessages(personId: string): boolean;
  levelOf(personId: string): FollowLevel;
  threadTitle(threadId: string): string;
}

interface TaskRow {
  id: string;
  title: string;
  confidentiality: Confidentiality;
  coordinatingOpdId: string;
  opdIds: string[];
}
interface MemberRow {
  taskId: string;
  personId: string;
  opdId: string;
  teamRole: TeamRole;
}

/** Facts for many events in seven questions, or eight, whatever their number. */
export async function readNoticeFacts(
  tx: EntityManager,
  organization: OrganizationService,
  events: readonly WorkspaceEvent[],
  day: Day,
): Promise<Map<string, TaskNotices>> {
  const taskIds = [...new Set(events.map(({ streamId }) => streamId))];
  const { threadIds, replyIds } = mentionedIn(events);
  const tasks = await tx.query<TaskRow[]>(TASKS, [taskIds]);
  const members = await tx.query<MemberRow[]>(MEMBERS, [taskIds, day]);
  const follows = await tx.query<{ taskId: string; personId: string; level: FollowLevel }[]>(
    'SELECT task_id AS "taskId", person_id AS "personId", level FROM follows WHERE task_id = ANY($1::uuid[])',
    [taskIds],
  );
  const threads = await tx.query<{ id: string; title: string }[]>(
    'SELECT id, title FROM threads WHERE id = ANY($1::uuid[])',
    [threadIds],
  );
  const writers = await tx.query<{ threadId: string; personId: string }[]>(
    'SELECT thread_id AS "threadId", person_id AS "personId" FROM thread_writers WHERE thread_id = ANY($1::uuid[])',
    [threadIds],
  );
  const replied = await tx.query<{ id: string; authorId: string }[]>(
    'SELECT id, author_id AS "authorId" FROM messages WHERE id = ANY($1::uuid[])',
    [replyIds],
  );
  const heads = await organization.headsOf([...new Set(tasks.flatMap(({ opdIds }) => opdIds))], day, tx);

  const atSekda = events.some(
    ({ type, data }) => type === 'handover.moved' && data.handover.status === 'WITH_SEKDA',
  );
  const leadership = atSekda ? await organization.leadership(day, tx) : () => [];
  const sekda = leadership({ role: 'SEKDA', opdId: null }).map(({ personId }) => personId);

  const levels = new Map(follows.map(({ taskId, personId, level }) => [`${taskId} ${personId}`, level]));
  const titles = new Map(threads.map(({ id, title }) => [id, title]));
  const authors = new Map(replied.map(({ id, authorId }) => [id, authorId]));
  const byThread = new Map<string, string[]>();
  for (const { threadId, personId } of writers) {
    byThread.set(threadId, [...(byThread.get(threadId) ?? []), personId]);
  }
  const inTask = (id: string): NoticeFacts['members'] =>
    new Map(
      members
        .filter(({ taskId }) => taskId === id)
        .map(({ personId, opdId, teamRole }) => [personId, { opdId, lead: teamRole === 'KETUA_TIM' }]),
    );
  return new Map(
    tasks.map(({ id, title, confidentiality, coordinatingOpdId, opdIds }): [string, TaskNotices] => [
      id,
      {
        title,
        readsMessages: (personId) => confidentiality !== 'PERSONAL_DATA' || inTask(id).has(personId),
        facts: {
          members: inTask(id),
          heads: new Map(opdIds.map((opdId) => [opdId, heads.get(opdId) ?? []])),
          coordinatingOpdId,
          sekda,
          writers: (threadId) => byThread.get(threadId) ?? [],
          authorOf: (messageId) => authors.get(messageId),
        },
        levelOf: (personId) => levels.get(`${id} ${personId}`) ?? DEFAULT_FOLLOW,
        threadTitle: (threadId) => titles.get(threadId) ?? '',
      },
    ]),
  );
}

/** Who wrote or opened is remembered: they hear of what follows. */
export async function rememberWriters(tx: EntityManager, events: readonly WorkspaceEvent[]): Promise<void> {
  const writers = events.flatMap(({ type, actor, data }) => {
    if (type === 'message.posted') return [{ thread_id: data.message.threadId, person_id: actor.id }];
    return type === 'thread.opened' ? [{ thread_id: data.thread.id, person_id: actor.id }] : [];
  });
  if (writers.length === 0) return;
  await tx.query(
    `INSERT INTO thread_writers (thread_id, person_id)
     SELECT DISTINCT thread_id, person_id FROM jsonb_to_recordset($1::jsonb) AS w(thread_id uuid, person_id uuid)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(writers)],
  );
}

function mentionedIn(events: readonly WorkspaceEvent[]): { threadIds: string[]; replyIds: string[] } {
  const threadIds = new Set<string>();
  const replyIds = new Set<string>();
  for (const { type, data } of events) {
    if (type === 'thread.opened') threadIds.add(data.thread.id);
    if (type === 'thread.resolved') threadIds.add(data.threadId);
    if (type !== 'message.posted') continue;
    threadIds.add(data.message.threadId);
    if (data.message.replyTo !== null) replyIds.add(data.message.replyTo);
  }
  return { threadIds: [...threadIds], replyIds: [...replyIds] };
}

const TASKS = `
SELECT t.id, t.title, t.confidentiality, t.coordinating_opd_id AS "coordinatingOpdId",
  ARRAY(SELECT x.opd_id FROM task_opds x WHERE x.task_id = t.id AND x.acceptance <> 'DECLINED') AS "opdIds"
FROM tasks t WHERE t.id = ANY($1::uuid[])`;

// As the access policy lets them in: their unit coordinates or has accepted, and their last day is not over.
const MEMBERS = `
SELECT w.task_id AS "taskId", w.person_id AS "personId", w.opd_id AS "opdId", w.team_role AS "teamRole"
FROM work_team_members w
JOIN task_opds x ON x.task_id = w.task_id AND x.opd_id = w.opd_id AND (x.coordinating OR x.acceptance = 'ACCEPTED')
WHERE w.task_id = ANY($1::uuid[]) AND (w.until IS NULL OR w.until >= $2::date) ORDER BY w.task_id, w.person_id`;
