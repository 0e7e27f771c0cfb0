import { randomUUID } from 'node:crypto';
import type { FollowAnswer, InboxPage, InboxRow, SetInboxRow } from '#libs/contracts';
import { City } from '../support/city.js';
import { LiveApp, type Peer } from '../support/live-app.js';
import { until } from '../support/until.js';

let city: City;
let app: LiveApp;
let other: LiveApp;

beforeAll(async () => {
  city = await City.build();
  app = await LiveApp.start(city.url);
  other = await LiveApp.start(city.url);
}, 60_000);

afterAll(async () => {
  await app?.close();
  await other?.close();
  await city?.close();
});

const open = async (peer: Peer, taskId: string): Promise<InboxRow[]> => {
  const { rows } = await peer.ask<InboxPage>('inbox.read', { state: 'OPEN', limit: 200 });
  return rows.filter((row) => row.taskId === taskId);
};
const brief = (rows: InboxRow[]) => rows.map(({ reason, topic, count }) => [reason, topic, count]);

/** Waits until a row of the task is as it should be; the projection follows within a moment. */
async function settled(peer: Peer, taskId: string, fits: (rows: InboxRow[]) => boolean): Promise<InboxRow[]> {
  const end = Date.now() + 10_000;
  for (;;) {
    const rows = await open(peer, taskId);
    if (fits(rows)) return rows;
    if (Date.now() > end) throw new Error(`it did not come; there is ${JSON.stringify(brief(rows))}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const set = (peer: Peer, wish: SetInboxRow) =>
  peer.ask<{ ok: boolean; row: InboxRow; error?: { code: string } }>('inbox.set', wish);

describe('an inbox', () => {
  it('has one row a topic, live on every instance, and loses it when the talk was read', async () => {
    const taskId = await city.aTask();
    const threadId = await city.aThread(taskId);
    const member = await app.peer(city.people.member.id);
    const elsewhere = await other.peer(city.people.member.id);
    await city.post('member', taskId, threadId, 'Truk berangkat.');
    for (const words of ['Diterima.', 'Lewat mana?', 'Hati-hati.'])
      await city.post('lead', taskId, threadId, words);
    const topic = `thread:${threadId}` as const;
    const rows = await settled(member, taskId, (all) =>
      all.some((row) => row.topic === topic && row.count === 3),
    );
    expect(rows.find((row) => row.topic === topic)).toMatchObject({
      ...{
        reason: 'MESSAGES',
        group: 'INFO',
        topicTitle: 'Rencana kerja',
        taskTitle: 'Normalisasi drainase',
      },
      ...{ actor: { id: city.people.lead.id }, place: { messageNo: 2 } },
    });
    await elsewhere.got('person.events', ({ events }) =>
      events.some((each) => each.type === 'inbox.changed' && each.data.rows.some((row) => row.count === 3)),
    );
    const read = { workspaceId: taskId, threadId, version: 0 };
    await elsewhere.ask('thread.read', { ...read, upTo: 3 });
    expect((await open(member, taskId)).some((row) => row.topic === topic)).toBe(true);
    await elsewhere.ask('thread.read', { ...read, upTo: 4 });
    await member.got('person.events', ({ events }) =>
      events.some(
        (each) => each.type === 'inbox.changed' && each.data.rows.some((row) => row.state === 'DONE'),
      ),
    );
    expect((await open(member, taskId)).some((row) => row.topic === topic)).toBe(false);
  });

  it('does not tell what a talk is called to whoever may not read it', async () => {
    const taskId = await city.aTask('IN_PROGRESS', { confidentiality: 'PERSONAL_DATA' });
    const threadId = await city.aThread(taskId);
    const [head, member] = await Promise.all([
      app.peer(city.people.supportingHead.id),
      app.peer(city.people.member.id),
    ]);
    await city.post('lead', taskId, threadId, 'Mohon perhatian DLH', {
      mentions: [{ kind: 'OPD', id: city.opds.DLH }],
    });
    const isCalled = (rows: InboxRow[]) => rows.some(({ reason }) => reason === 'MENTIONED');
    const called = await settled(head, taskId, isCalled);
    expect(called.find(({ reason }) => reason === 'MENTIONED')).toMatchObject({
      topicTitle: 'Normalisasi drainase',
      actor: { id: city.people.lead.id },
    });
    await settled(member, taskId, isCalled);
    // What is told live may come after the answer of who asked.
    const told = ({ received }: Peer) => JSON.stringify(received);
    await until(() => [head, member].every((peer) => told(peer).includes('MENTIONED')), 10_000);
    expect(told(head)).not.toContain('Rencana kerja');
    expect(told(member)).toContain('Rencana kerja');
  });

  it('asks the decider, and takes the question back when it is decided', async () => {
    const taskId = await city.aTask();
    const sekda = await app.peer(city.people.sekda.id);
    const lead = await other.peer(city.people.lead.id);
    const decisionId = randomUUID();
    const about = () => ({ commandId: randomUUID(), taskId, decisionId });
    await city.here.decisions.requestDecision(city.people.lead, {
      ...about(),
      ...{ title: 'Geser anggaran', question: 'Boleh?', options: ['Ya'], dueDate: '2026-12-01' },
      deciderId: city.people.sekda.id,
    });
    const [row] = await settled(sekda, taskId, (rows) => rows[0]?.reason === 'DECISION_WAITING');
    expect(row).toMatchObject({ group: 'ACTION', due: '2026-12-01', topicTitle: 'Geser anggaran' });
    const verdict = { status: 'APPROVED' as const, decision: 'Ya', basis: 'Rapat' };
    await city.here.decisions.decide(city.people.sekda, { ...about(), ...verdict });
    await settled(lead, taskId, (rows) => rows.some(({ reason }) => reason === 'DECISION_MADE'));
    expect((await open(sekda, taskId)).filter(({ reason }) => reason === 'DECISION_WAITING')).toEqual([]);
  });

  it('puts rows off, brings them back when it is time, away, and back again', async () => {
    const taskId = await city.aTask();
    const member = await app.peer(city.people.member.id);
    const [row] = await settled(member, taskId, (rows) => rows.some(({ reason }) => reason === 'ASSIGNED'));
    const place = { taskId, topic: row?.topic ?? 'task' };
    const soon = new Date(Date.now() + 1_200).toISOString();
    expect(await set(member, { ...place, state: 'LATER', until: soon })).toMatchObject({ ok: true });
    expect(await open(member, taskId)).toEqual([]);
    const later = await member.ask<InboxPage>('inbox.read', { state: 'LATER' });
    expect(later.rows.some((each) => each.taskId === taskId)).toBe(true);
    expect(later.next).not.toBeNull();
    await settled(member, taskId, (rows) =>
      rows.some(({ topic, state }) => topic === place.topic && state === 'OPEN'),
    );
    expect(await set(member, { ...place, state: 'DONE' })).toMatchObject({ row: { state: 'DONE' } });
    expect(await open(member, taskId)).toEqual([]);
    expect(await set(member, { ...place, state: 'OPEN' })).toMatchObject({ row: { state: 'OPEN' } });
    expect(await open(member, taskId)).toHaveLength(1);
  });

  it.each([
    ['without a time', {}],
    ['into the past', { until: '2020-01-01T00:00:00.000Z' }],
    ['for ever', { until: '2090-01-01T00:00:00.000Z' }],
    ['until something that is no time', { until: 'besok' }],
  ])('puts nothing off %s', async (_, more) => {
    const member = await app.peer(city.people.member.id);
    const answer = await set(member, { taskId: randomUUID(), topic: 'task', state: 'LATER', ...more });
    expect(answer).toMatchObject({ ok: false, error: { code: 'validation' } });
  });

  it("knows nobody else's rows, and nothing of a task one has left", async () => {
    const taskId = await city.aTask();
    const member = await app.peer(city.people.member.id);
    const outsider = await app.peer(city.people.outsider.id);
    await settled(member, taskId, (rows) => rows.length > 0);
    expect(await set(outsider, { taskId, topic: 'task', state: 'DONE' })).toMatchObject({
      error: { code: 'not-found' },
    });
    for (const [request, more] of [
      ['follow.set', { level: 'ALL' }],
      ['follow.read', {}],
    ] as const)
      expect(await outsider.ask(request, { workspaceId: taskId, ...more })).toMatchObject({
        error: { code: 'not-found' },
      });
    const leaving = { commandId: randomUUID(), taskId, personId: city.people.member.id, reason: 'Mutasi' };
    await city.here.team.removeMember(city.people.head, leaving);
    await member.got('person.events', ({ events }) =>
      events.some((each) => each.type === 'inbox.cleared' && each.data.taskId === taskId),
    );
    expect(await open(member, taskId)).toEqual([]);
  });

  it('hears as much of a task as its owner wants', async () => {
    const taskId = await city.aTask();
    const member = await app.peer(city.people.member.id);
    await settled(member, taskId, (rows) => rows.length > 0);
    const level = async () => (await member.ask<FollowAnswer>('follow.read', { workspaceId: taskId })).level;
    expect(await level()).toBe('IMPORTANT');
    expect(await member.ask('follow.set', { workspaceId: taskId, level: 'ALL' })).toMatchObject({
      level: 'ALL',
    });
    expect(await level()).toBe('ALL');
    const loud = await city.aThread(taskId);
    await settled(member, taskId, (rows) => rows.some(({ topic }) => topic === `thread:${loud}`));
    await member.ask('follow.set', { workspaceId: taskId, level: 'QUIET' });
    const quiet = await city.aThread(taskId);
    const decisionId = randomUUID();
    await city.here.decisions.requestDecision(city.people.lead, {
      ...{
        commandId: randomUUID(),
        taskId,
        decisionId,
        title: 'K',
        question: 'Q',
        options: [],
        dueDate: null,
      },
      deciderId: city.people.member.id,
    });
    const rows = await settled(member, taskId, (all) =>
      all.some(({ topic }) => topic === `decision:${decisionId}`),
    );
    expect(rows.some(({ topic }) => topic === `thread:${quiet}`)).toBe(false);
  });

  it('puts away in one go what is only for information, a page at a time in lists', async () => {
    const member = await app.peer(city.people.member.id);
    const tasks = [await city.aTask(), await city.aTask(), await city.aTask()];
    for (const taskId of tasks) {
      await settled(member, taskId, (rows) => rows.length > 0);
      await member.ask('follow.set', { workspaceId: taskId, level: 'ALL' });
      await city.aThread(taskId);
    }
    for (const taskId of tasks)
      await settled(member, taskId, (rows) => rows.some(({ reason }) => reason === 'THREAD_OPENED'));
    const all: InboxRow[] = [];
    for (let page: InboxPage | undefined; page?.more !== false;) {
      const last = all.at(-1);
      const before = last && { at: last.at, taskId: last.taskId, topic: last.topic };
      page = await member.ask<InboxPage>('inbox.read', {
        state: 'OPEN',
        limit: 2,
        ...(before && { before }),
      });
      all.push(...page.rows);
    }
    const { rows, counts } = await member.ask<InboxPage>('inbox.read', { state: 'OPEN', limit: 200 });
    expect(all).toEqual(rows);
    expect(counts).toEqual({
      action: rows.filter(({ group }) => group === 'ACTION').length,
      info: rows.filter(({ group }) => group === 'INFO').length,
    });
    const cleared = await member.ask<{ rows: InboxRow[] }>('inbox.clear-info', { upTo: rows[0]?.at });
    expect(cleared.rows).toHaveLength(counts.info);
    const after = await member.ask<InboxPage>('inbox.read', { state: 'OPEN' });
    expect(after.counts).toEqual({ action: counts.action, info: 0 });
  });
});
