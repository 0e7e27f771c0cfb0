import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { LIMITS, type Mention } from '#libs/contracts';
import { City, type PersonName } from '../../support/city.js';
import { Talk } from '../../support/talk.js';

let city: City;
let talk: Talk;
beforeAll(async () => {
  city = await City.build();
  talk = new Talk(city);
});
afterAll(() => city.close());

describe('mentions', () => {
  const say = (by: PersonName, taskId: string, threadId: string, mentions: Mention[]) =>
    city.post(by, taskId, threadId, '@Lead mohon dicek', { mentions });
  const person = (name: PersonName): Mention => ({ kind: 'PERSON', id: city.people[name].id });

  it('name members, heads of units that take part, and those units', async () => {
    const { taskId, threadId } = await talk.aRoom();
    await say('member', taskId, threadId, [
      person('lead'),
      person('supportingHead'),
      { kind: 'OPD', id: city.opds.PUPR },
      person('lead'),
    ]);
    expect((await talk.latest(taskId, threadId)).mentions).toEqual([
      { kind: 'PERSON', id: city.people.lead.id, label: 'lead' },
      { kind: 'PERSON', id: city.people.supportingHead.id, label: 'supportingHead' },
      { kind: 'OPD', id: city.opds.PUPR, label: 'Dinas PUPR' },
    ]);
  });

  it.each<[string, () => Mention]>([
    ['somebody of another unit', () => person('outsider')],
    ['a colleague who is not in the team', () => person('colleague')],
    ['somebody who does not exist', () => ({ kind: 'PERSON', id: randomUUID() })],
    ['a unit that takes no part', () => ({ kind: 'OPD', id: city.opds.DINKES })],
    ['the team of another task', () => ({ kind: 'TEAM', id: randomUUID() })],
  ])('do not name %s', async (_, make) => {
    const mention = make();
    const { taskId, threadId, message } = await talk.aRoom();
    const before = await talk.head(taskId);
    const refusal = { code: 'message.mention-elsewhere', details: mention };
    await expect(say('lead', taskId, threadId, [mention])).rejects.toMatchObject(refusal);
    await expect(talk.edit('member', taskId, message, { mentions: [mention] })).rejects.toMatchObject(
      refusal,
    );
    expect(await talk.head(taskId)).toBe(before);
  });

  it('call on the whole team only by who leads it, or steers the task as a member', async () => {
    const { taskId, threadId } = await talk.aRoom();
    const team: Mention = { kind: 'TEAM', id: taskId };
    await expect(say('member', taskId, threadId, [team])).rejects.toMatchObject({
      code: 'forbidden',
      details: { who: ['KETUA_TIM'] },
    });
    await say('lead', taskId, threadId, [team]);
    expect((await talk.latest(taskId, threadId)).mentions).toEqual([{ ...team, label: 'tim' }]);
    await city.here.team.addMember(city.people.head, {
      commandId: randomUUID(),
      taskId,
      personId: city.people.asisten.id,
      opdId: city.opds.PUPR,
      teamRole: 'ANGGOTA',
      mode: 'APPOINTED',
    });
    expect(await say('asisten', taskId, threadId, [team])).toMatchObject({ dup: false });
  });

  it('are at most twenty', async () => {
    const { taskId, threadId } = await talk.aRoom();
    const many = Array.from({ length: 10_000 }, (): Mention => ({ kind: 'PERSON', id: randomUUID() }));
    await expect(say('lead', taskId, threadId, many)).rejects.toMatchObject({
      code: 'validation',
      details: { fields: [{ field: 'mentions', rule: 'too-long', limit: LIMITS.mentions }] },
    });
  });

  it('cost an ordinary message nothing', async () => {
    const { taskId, threadId } = await talk.aRoom();
    const asked: unknown[] = [];
    const { source } = city.here;
    const query = source.query.bind(source);
    const spy = jest.spyOn(source, 'query').mockImplementation(async (sql: string, ...rest) => {
      asked.push(sql);
      return query(sql, ...(rest as []));
    });
    try {
      await city.post('lead', taskId, threadId, 'Tanpa sebutan');
      asked.length = 0;
      await city.post('lead', taskId, threadId, 'Tanpa sebutan lagi');
    } finally {
      spy.mockRestore();
    }
    expect(asked).toHaveLength(1);
  });
});
