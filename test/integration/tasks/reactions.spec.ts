import { randomUUID } from 'node:crypto';
import { LIMITS, REACTIONS, type WorkspaceEvent } from '#libs/contracts';
import { readEvents } from '#libs/database';
import { City, type Instance } from '../../support/city.js';
import { Talk } from '../../support/talk.js';

let city: City;
let talk: Talk;
beforeAll(async () => {
  city = await City.build();
  talk = new Talk(city);
});
afterAll(() => city.close());

describe('a reaction', () => {
  it('is given and taken back, and doing it twice is the same as once', async () => {
    const { taskId, threadId, message } = await talk.aRoom();
    await talk.react('lead', taskId, message);
    await talk.react('member', taskId, message);
    await talk.react('member', taskId, message);
    await talk.react('member', taskId, message, { code: 'NOTED' });
    const both = [city.people.lead.id, city.people.member.id].sort();
    expect((await talk.latest(taskId, threadId)).reactions).toEqual([
      { code: 'NOTED', personIds: [city.people.member.id] },
      { code: 'AGREE', personIds: both },
    ]);
    for (let twice = 0; twice < 2; twice++) await talk.react('lead', taskId, message, { on: false });
    expect((await talk.latest(taskId, threadId)).reactions).toMatchObject([
      { code: 'NOTED' },
      { code: 'AGREE', personIds: [city.people.member.id] },
    ]);
  });

  it('comes no faster than a person taps', async () => {
    const { taskId, message } = await talk.aRoom();
    const there = await city.anotherInstance();
    const flood = Array.from({ length: 100 }, (_, i) =>
      there.messages.react(city.people.member, {
        workspaceId: taskId,
        commandId: randomUUID(),
        messageId: message.id,
        code: REACTIONS[i % REACTIONS.length] ?? 'NOTED',
        on: i % 2 === 0,
      }),
    );
    const outcomes = await Promise.allSettled(flood);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(60);
    for (const { reason } of refused) {
      expect(reason).toMatchObject({
        code: 'rate-limited',
        details: { retryAfterMs: expect.any(Number) as number },
      });
    }
  });

  it('of the same person from two instances ends as the history says', async () => {
    const { taskId, threadId, message } = await talk.aRoom();
    const there = await city.anotherInstance();
    const send = (at: Instance, on: boolean) =>
      at.messages.react(city.people.lead, {
        workspaceId: taskId,
        commandId: randomUUID(),
        messageId: message.id,
        code: 'THANKS',
        on,
      });
    for (let round = 0; round < 12; round++) {
      await Promise.all([send(city.here, round % 2 === 0), send(there, round % 2 === 1)]);
    }
    const events = (await readEvents(city.here.source.manager, taskId, 0, 1_000, 1_000)) as WorkspaceEvent[];
    const last = events.findLast((event) => event.type === 'message.reacted');
    expect(last?.data).toMatchObject({ code: 'THANKS' });
    const given = (await talk.latest(taskId, threadId)).reactions.length > 0;
    expect(given).toBe(last?.type === 'message.reacted' && last.data.on);
  });
});

describe('a pin', () => {
  it('stands in the first view, in order of the messages, with who pinned it first', async () => {
    const { taskId, threadId, message } = await talk.aRoom();
    await city.post('lead', taskId, threadId, 'Peta ada di lampiran.');
    const second = await talk.latest(taskId, threadId);
    await talk.pin('lead', taskId, second);
    await talk.pin('member', taskId, message);
    await talk.pin('lead', taskId, message);
    const { state } = await city.here.reader.snapshot(city.people.lead.id, taskId);
    expect(state.threads[0]?.pins).toMatchObject([
      { messageId: message.id, no: 1, by: city.people.member },
      { messageId: second.id, no: 2, by: city.people.lead },
    ]);
    const { messages } = await city.here.discussion.pins(city.people.sekda.id, {
      workspaceId: taskId,
      threadId,
    });
    expect(messages.map(({ body }) => body)).toEqual(['Alat datang hari Rabu.', 'Peta ada di lampiran.']);
    await talk.pin('lead', taskId, message, { on: false });
    expect((await talk.latest(taskId, threadId)).pinned).not.toBeNull();
    const after = await city.here.reader.snapshot(city.people.lead.id, taskId);
    expect(after.state.threads[0]?.pins.map(({ no }) => no)).toEqual([2]);
  });

  it('is one of at most twenty, also when two are set at the same moment', async () => {
    const { taskId, threadId } = await talk.aRoom();
    const there = await city.anotherInstance();
    for (let n = 0; n <= LIMITS.pins; n++) await city.post('lead', taskId, threadId, `Pesan ${n}`);
    const messages = await city.messages(taskId, threadId);
    for (const message of messages.slice(0, LIMITS.pins - 1)) await talk.pin('lead', taskId, message);
    const last = messages.slice(LIMITS.pins - 1, LIMITS.pins + 1);
    const outcomes = await Promise.allSettled(
      last.map((message, i) => talk.pin('lead', taskId, message, { at: i === 0 ? there : city.here })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'message.too-many-pins', details: { limit: LIMITS.pins } },
    });
  });
});
