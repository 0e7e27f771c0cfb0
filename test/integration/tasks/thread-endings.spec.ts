import { randomUUID } from 'node:crypto';
import { readHistory } from '#libs/database';
import { City, type PersonName } from '../../support/city.js';
import { Talk } from '../../support/talk.js';

let city: City;
let talk: Talk;
beforeAll(async () => {
  city = await City.build();
  talk = new Talk(city);
});
afterAll(() => city.close());

describe('the end of a thread', () => {
  const resolve = (by: PersonName, taskId: string, threadId: string, conclusion = 'Alat datang Jumat.') =>
    city.here.threads.resolve(city.people[by], {
      workspaceId: taskId,
      commandId: randomUUID(),
      threadId,
      conclusion,
    });
  const reopen = (by: PersonName, taskId: string, threadId: string) =>
    city.here.threads.reopen(city.people[by], { workspaceId: taskId, commandId: randomUUID(), threadId });
  const threadOf = async (taskId: string) =>
    (await city.here.reader.snapshot(city.people.lead.id, taskId)).state.threads[0];

  it('is told in a sentence by the lead, undone, and told again; it stays open for words', async () => {
    const { taskId, threadId } = await talk.aRoom();
    const receipt = await resolve('lead', taskId, threadId);
    expect((await threadOf(taskId))?.resolved).toEqual({
      at: receipt.at,
      by: city.people.lead,
      conclusion: 'Alat datang Jumat.',
    });
    await expect(resolve('lead', taskId, threadId)).rejects.toMatchObject({ code: 'thread.closed' });
    await city.post('member', taskId, threadId, 'Terima kasih.');
    await reopen('lead', taskId, threadId);
    expect((await threadOf(taskId))?.resolved).toBeNull();
    await expect(reopen('lead', taskId, threadId)).rejects.toMatchObject({ code: 'thread.not-closed' });
    await resolve('lead', taskId, threadId, 'Diundur.');
    expect((await threadOf(taskId))?.resolved?.conclusion).toBe('Diundur.');
  });

  it('is also for the member who opened it, and for no other', async () => {
    const taskId = await city.aTask();
    const threadId = randomUUID();
    const wish = { workspaceId: taskId, commandId: randomUUID(), threadId, title: 'Pipa air' };
    await city.here.threads.open(city.people.member, wish);
    await resolve('member', taskId, threadId);
    await reopen('member', taskId, threadId);
    const byLead = await talk.aRoom();
    for (const [by, code] of [
      ['member', 'forbidden'],
      ['head', 'forbidden'],
      ['outsider', 'not-found'],
    ] as const) {
      await expect(resolve(by, byLead.taskId, byLead.threadId)).rejects.toMatchObject({ code });
    }
    await expect(resolve('lead', byLead.taskId, threadId)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is one, when two tell it at the same moment while others write', async () => {
    const { taskId, threadId } = await talk.aRoom();
    const outcomes = await Promise.allSettled([
      resolve('lead', taskId, threadId, 'Satu'),
      resolve('lead', taskId, threadId, 'Dua'),
      ...Array.from({ length: 20 }, (_, n) => city.post('member', taskId, threadId, `Pesan ${n}`)),
    ]);
    expect(
      outcomes
        .slice(0, 2)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.slice(2).every(({ status }) => status === 'fulfilled')).toBe(true);
  });

  it('is in the history of the task, the talk is not', async () => {
    const { taskId, threadId, message } = await talk.aRoom();
    await talk.edit('member', taskId, message);
    await talk.pin('member', taskId, message);
    await talk.react('member', taskId, message);
    await resolve('lead', taskId, threadId);
    await reopen('lead', taskId, threadId);
    await talk.delete('member', taskId, message);
    const history = await readHistory(city.here.source.manager, taskId, null, 5);
    expect(history.slice(0, 3).map(({ type }) => type)).toEqual([
      'thread.reopened',
      'thread.resolved',
      'thread.opened',
    ]);
  });
});
