import { randomUUID } from 'node:crypto';
import {
  placeInCatchUp,
  type ActorView,
  type CatchUpAnswer,
  type CatchUpTask,
  type WorkspaceEvent,
} from '#libs/contracts';
import { readEvents } from '#libs/database';
import { CatchUpService } from '../../src/catch-up/catch-up.service.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { between, pick, randomOf } from '../fault/random.js';
import { City } from '../support/city.js';
import { LiveApp } from '../support/live-app.js';
import { until } from '../support/until.js';

let city: City;
let app: LiveApp;

beforeAll(async () => {
  city = await City.build();
  app = await LiveApp.start(city.url);
}, 60_000);

afterAll(async () => {
  await app?.close();
  await city?.close();
});

const read = (who: ActorView, workspaceId: string): Promise<CatchUpAnswer> =>
  app.get(CatchUpService).read(who.id, workspaceId);
const numbers = ({ items }: CatchUpAnswer): number[] =>
  items.flatMap((item) => ('seqs' in item ? item.seqs : [])).toSorted((a, b) => a - b);
const overviewOf = async (who: ActorView, taskId: string): Promise<CatchUpTask | undefined> =>
  (await app.get(CatchUpService).overview(who.id)).tasks.find((task) => task.taskId === taskId);
/** What the overview of a task has to say, by what the task itself tells. */
const countsOf = ({ items }: CatchUpAnswer): CatchUpTask['changes'] => {
  const changes = { DECISIONS: 0, STATUS: 0, DATES: 0, FILES: 0 };
  for (const { section } of items) if (section !== 'MINE' && section !== 'TALK') changes[section]++;
  return changes;
};
const log = async (taskId: string) =>
  (await readEvents(city.here.source.manager, taskId, 0, 1e9, 100_000)) as WorkspaceEvent[];

async function decide(taskId: string, title: string): Promise<void> {
  const decisionId = randomUUID();
  const about = () => ({ commandId: randomUUID(), taskId, decisionId });
  await city.here.decisions.requestDecision(city.people.lead, {
    ...{ ...about(), title, question: 'Boleh?', options: ['Ya'], dueDate: null },
    deciderId: city.people.sekda.id,
  });
  const verdict = { status: 'APPROVED' as const, decision: 'Ya', basis: 'Rapat' };
  await city.here.decisions.decide(city.people.sekda, { ...about(), ...verdict });
}

describe('catching up', () => {
  it('tells a new member so, and only what happened since they came', async () => {
    const taskId = await city.aTask();
    const { member, sekda } = city.people;
    const fresh = await read(member, taskId);
    expect(fresh).toMatchObject({ first: true, since: null });
    expect(fresh.items.some((item) => item.section === 'STATUS' && item.key === 'status')).toBe(true);
    // Who oversees and was never there has missed nothing.
    expect(await read(sekda, taskId)).toMatchObject({ first: false, items: [] });
    const late = await city.aPerson('Ratna');
    await city.here.team.addMember(city.people.head, {
      ...{ commandId: randomUUID(), taskId, personId: late.id, opdId: city.opds.DLH },
      ...{ teamRole: 'ANGGOTA', mode: 'APPOINTED' },
    });
    const { first, items } = await read(late, taskId);
    expect([first, items.filter(({ section }) => section !== 'MINE')]).toEqual([true, []]);
  });

  it('forgets what was seen: all, or one by one, and never goes back', async () => {
    const taskId = await city.aTask();
    const { member } = city.people;
    const service = app.get(CatchUpService);
    await decide(taskId, 'Sewa pompa');
    const { items, head } = await read(member, taskId);
    const [decision] = items;
    expect(decision).toMatchObject({ section: 'DECISIONS', event: { type: 'decision.made' } });
    const seqs = decision && 'seqs' in decision ? decision.seqs : [];
    await service.seen(member, { workspaceId: taskId, seqs });
    const after = await read(member, taskId);
    expect(numbers(after)).toEqual(numbers({ ...after, items }).filter((seq) => !seqs.includes(seq)));
    await service.seen(member, { workspaceId: taskId, upTo: head });
    expect(numbers(await read(member, taskId))).toEqual([]);
    await service.seen(member, { workspaceId: taskId, upTo: 1 });
    expect(numbers(await read(member, taskId))).toEqual([]);
    await decide(taskId, 'Sewa truk');
    expect(numbers(await read(member, taskId)).every((seq) => seq > head)).toBe(true);
    expect((await read(member, taskId)).since).not.toBeNull();
  });

  it('counts for the overview what it tells, before the first visit and after what was seen singly', async () => {
    const taskId = await city.aTask();
    const { member, lead, head } = city.people;
    const milestones = [await city.aMilestone(taskId), await city.aMilestone(taskId)];
    for (const status of ['IN_PROGRESS', 'DONE'] as const)
      await city.here.tasks.changeMilestone(lead, {
        ...{ workspaceId: taskId, commandId: randomUUID(), milestoneId: milestones[0] ?? '', status },
      });
    await decide(taskId, 'Sewa pompa');
    const late = await city.aPerson('Bayu');
    const team = { taskId, personId: late.id };
    await city.here.team.addMember(head, {
      ...{ ...team, commandId: randomUUID(), opdId: city.opds.DLH },
      ...{ teamRole: 'ANGGOTA', mode: 'APPOINTED' },
    });
    await city.here.team.removeMember(head, { ...team, commandId: randomUUID(), reason: 'Mutasi' });
    const mine = ({ items }: CatchUpAnswer) => items.filter(({ section }) => section === 'MINE').length;
    // What addresses a person is derived from the history, a moment behind it.
    await until(async () => mine(await read(member, taskId)) > 0, 10_000);
    const before = await read(member, taskId);
    expect(countsOf(before)).toMatchObject({ DECISIONS: 1, DATES: 2 });
    expect(await overviewOf(member, taskId)).toMatchObject({
      ...{ changes: countsOf(before), moreChanges: false, unread: 0 },
      mine: mine(before),
    });
    const [decision] = before.items;
    const seqs = decision && 'seqs' in decision ? decision.seqs : [];
    await app.get(CatchUpService).seen(member, { workspaceId: taskId, seqs });
    const after = await read(member, taskId);
    expect((await overviewOf(member, taskId))?.changes).toEqual(countsOf(after));
    await app.get(CatchUpService).seen(member, { workspaceId: taskId, upTo: after.head });
    expect((await overviewOf(member, taskId))?.changes ?? countsOf({ ...after, items: [] })).toEqual(
      countsOf({ ...after, items: [] }),
    );
  });

  it('is the same for nobody who may not see the task, and without words for who may not read them', async () => {
    const secret = await city.aTask('IN_PROGRESS', { confidentiality: 'PERSONAL_DATA' });
    const { outsider, sekda, lead } = city.people;
    const service = app.get(CatchUpService);
    await expect(read(outsider, secret)).rejects.toMatchObject({ code: 'not-found' });
    await expect(service.seen(outsider, { workspaceId: secret, upTo: 1 })).rejects.toMatchObject({
      code: 'not-found',
    });
    await service.seen(sekda, { workspaceId: secret, upTo: 1 });
    await city.here.source.query('UPDATE visits SET seq = 1 WHERE task_id = $1', [secret]);
    const threadId = await city.aThread(secret);
    await city.post('lead', secret, threadId, 'Nama warga');
    const { items } = await read(sekda, secret);
    expect(JSON.stringify(items)).not.toContain('Nama warga');
    expect(items.filter(({ section }) => section === 'TALK')).toEqual([]);
    expect(items.some(({ section }) => section === 'STATUS')).toBe(true);
    expect((await service.overview(lead.id)).tasks.some(({ taskId }) => taskId === secret)).toBe(true);
    expect((await service.overview(outsider.id)).tasks).toEqual([]);
  });
});

it('thirty days and five thousand events: told exactly, each once, in less than a second', async () => {
  const random = randomOf(20_261_124, 'catching up');
  const taskId = await city.aTask();
  const { member, lead } = city.people;
  const service = app.get(CatchUpService);
  await service.seen(member, { workspaceId: taskId, upTo: (await read(member, taskId)).head });
  const threads = await Promise.all(Array.from({ length: 6 }, () => city.aThread(taskId)));
  const milestones = await Promise.all(Array.from({ length: 5 }, () => city.aMilestone(taskId)));
  const unread = new Map<string, number>();
  let happened = 0;
  while (happened < 5_000) {
    const dice = random();
    if (dice < 0.985) {
      const threadId = pick(random, threads);
      const burst = Math.floor(between(random, 20, 120));
      await Promise.all(Array.from({ length: burst }, () => city.post('lead', taskId, threadId, 'kabar')));
      unread.set(threadId, (unread.get(threadId) ?? 0) + burst);
      happened += burst;
    } else if (dice < 0.992) {
      await decide(taskId, 'Alat berat');
      happened += 2;
    } else {
      const milestoneId = pick(random, milestones);
      const status = pick(random, ['IN_PROGRESS', 'DONE', 'NOT_STARTED'] as const);
      const about = { workspaceId: taskId, commandId: randomUUID(), milestoneId, status };
      await city.here.tasks.changeMilestone(lead, about).catch(() => undefined);
      happened++;
    }
    if (random() < 0.1) await decide(taskId, 'Jadwal');
  }

  const begin = performance.now();
  const answer = await read(member, taskId);
  const ms = performance.now() - begin;
  const expected = (await log(taskId))
    .filter((event) => event.actor.id !== member.id && placeInCatchUp(event) !== null)
    .map(({ seq }) => seq);
  const before = await city.here.source.query<{ seq: string }[]>(
    'SELECT seq FROM visits WHERE person_id = $1 AND task_id = $2',
    [member.id, taskId],
  );
  const cursor = Number(before[0]?.seq);
  // The difference of what there is and what was seen, and nothing else.
  expect(numbers(answer)).toEqual(expected.filter((seq) => seq > cursor));
  expect(new Set(answer.items.map(({ key }) => key)).size).toBe(answer.items.length);
  const talk = answer.items.flatMap((item) =>
    item.section === 'TALK' ? [[item.mark.threadId, item.mark.unread]] : [],
  );
  expect(new Map(talk as [string, number][])).toEqual(unread);
  expect(await read(member, taskId)).toEqual(answer);
  expect(ms).toBeLessThan(1_000);

  const overview = await overviewOf(member, taskId);
  expect(overview?.unread).toBe([...unread.values()].reduce((a, b) => a + b, 0));
  await service.seen(member, { workspaceId: taskId, upTo: answer.head });
  for (const { threadId } of await app.get(ReadingService).marks(member.id, taskId))
    await app.get(ReadingService).read(member, { workspaceId: taskId, threadId, upTo: 1e9, version: 1e9 });
  expect((await read(member, taskId)).items.filter(({ section }) => section !== 'MINE')).toEqual([]);
  console.log(
    `catching up: ${(await log(taskId)).length} events, ${answer.items.length} items, ${Math.round(ms)} ms`,
  );
}, 120_000);
