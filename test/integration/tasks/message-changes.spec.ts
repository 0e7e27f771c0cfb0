import { randomUUID } from 'node:crypto';
import { LIMITS, type MessageView, type WorkspaceEvent } from '#libs/contracts';
import { readEvents } from '#libs/database';
import { City, type Instance, type PersonName } from '../../support/city.js';
import { Talk } from '../../support/talk.js';

let city: City;
let talk: Talk;
beforeAll(async () => {
  city = await City.build();
  talk = new Talk(city);
});
afterAll(() => city.close());

const CHANGES = {
  edit: (by: PersonName, taskId: string, message: MessageView) => talk.edit(by, taskId, message),
  delete: (by: PersonName, taskId: string, message: MessageView) =>
    talk.delete(by, taskId, message, { reason: 'Keliru' }),
  react: (by: PersonName, taskId: string, message: MessageView) => talk.react(by, taskId, message),
  pin: (by: PersonName, taskId: string, message: MessageView) => talk.pin(by, taskId, message),
};
const NAMES = Object.keys(CHANGES) as (keyof typeof CHANGES)[];
describe('every change of a message', () => {
  it.each(NAMES)('%s: is not for those who do not write here', async (name) => {
    const { taskId, message } = await talk.aRoom();
    const before = await talk.head(taskId);
    for (const [by, code] of [
      ['head', 'forbidden'],
      ['sekda', 'forbidden'],
      ['outsider', 'not-found'],
    ] as const) {
      await expect(CHANGES[name](by, taskId, message)).rejects.toMatchObject({ code });
    }
    expect(await talk.head(taskId)).toBe(before);
  });

  it.each(NAMES)('%s: is refused in a task that is over', async (name) => {
    const { taskId, message } = await talk.aRoom();
    await city.here.tasks.changeStatus(city.people.sekda, {
      workspaceId: taskId,
      commandId: randomUUID(),
      to: 'CANCELLED',
      note: 'Batal',
    });
    await expect(CHANGES[name]('member', taskId, message)).rejects.toMatchObject({
      code: 'task.read-only',
      details: { status: 'CANCELLED' },
    });
  });

  it.each(NAMES)('%s: knows no message of another workspace, and none that is not there', async (name) => {
    const { message } = await talk.aRoom();
    const other = await city.aTask();
    for (const strange of [message, { ...message, id: randomUUID() }]) {
      await expect(CHANGES[name]('lead', other, strange)).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  it.each(NAMES)('%s: comes too late for a message that is deleted', async (name) => {
    const { taskId, message } = await talk.aRoom();
    await talk.delete('member', taskId, message);
    await expect(CHANGES[name]('member', taskId, message)).rejects.toMatchObject({ code: 'message.deleted' });
  });

  it.each(NAMES)('%s: is done once, however often the command comes, to whichever instance', async (name) => {
    const { taskId, threadId, message } = await talk.aRoom();
    const there = await city.anotherInstance();
    const commandId = randomUUID();
    const wish = { workspaceId: taskId, commandId, messageId: message.id };
    const send = ({ messages }: Instance) =>
      ({
        edit: () => messages.edit(city.people.member, { ...wish, baseEdits: 0, body: 'Satu kali' }),
        delete: () => messages.delete(city.people.member, wish),
        react: () => messages.react(city.people.member, { ...wish, code: 'NOTED', on: true }),
        pin: () => messages.pin(city.people.member, { ...wish, on: true }),
      })[name]();
    const receipts = await Promise.all([send(city.here), send(there), send(city.here)]);
    const later = await send(there);
    expect(new Set([...receipts, later].map(({ seq }) => seq)).size).toBe(1);
    expect(receipts.filter(({ dup }) => !dup)).toHaveLength(1);
    const [event] = await readEvents(city.here.source.manager, taskId, later.seq - 1, later.seq, 1);
    expect(event).toMatchObject({ commandId, actor: { id: city.people.member.id } });
    expect((await talk.latest(taskId, threadId)).edits).toBe(name === 'edit' ? 1 : 0);
  });
});

describe('an edit', () => {
  it('puts another text in place and keeps the former ones for those who read here', async () => {
    const { taskId, threadId, message } = await talk.aRoom();
    await talk.edit('member', taskId, message);
    const once = await talk.latest(taskId, threadId);
    await talk.edit('member', taskId, once, { body: 'Alat datang hari Jumat.' });
    const twice = await talk.latest(taskId, threadId);
    expect(once).toMatchObject({ body: 'Alat datang hari Kamis.', edits: 1 });
    expect(twice).toEqual({
      ...message,
      body: 'Alat datang hari Jumat.',
      edits: 2,
      editedAt: expect.any(String) as string,
    });
    expect(await talk.former('sekda', taskId, message)).toEqual([
      { body: 'Alat datang hari Rabu.', since: message.postedAt },
      { body: 'Alat datang hari Kamis.', since: once.editedAt },
    ]);
    await expect(talk.former('outsider', taskId, message)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is only for the author, not even for the lead of the team', async () => {
    const { taskId, message } = await talk.aRoom();
    await expect(talk.edit('lead', taskId, message)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is for a quarter of an hour', async () => {
    const fresh = await talk.anOldMessage('member', LIMITS.editMinutes - 1);
    await talk.edit('member', fresh.taskId, fresh.message);
    const old = await talk.anOldMessage('member', LIMITS.editMinutes + 1);
    await expect(talk.edit('member', old.taskId, old.message)).rejects.toMatchObject({
      code: 'message.too-late',
      details: { minutes: LIMITS.editMinutes },
    });
    expect((await talk.latest(old.taskId, old.threadId)).edits).toBe(0);
  });

  it('of two from the same text is one; the other is told what the text is now, each time it asks', async () => {
    const { taskId, threadId, message } = await talk.aRoom();
    const there = await city.anotherInstance();
    const commandIds = [randomUUID(), randomUUID()];
    const send = (i: number, at: Instance) =>
      talk.edit('member', taskId, message, { at, commandId: commandIds[i], body: `Versi ${i}` });
    const outcomes = await Promise.allSettled([send(0, city.here), send(1, there)]);
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    const refused = outcomes[1 - winner];
    const conflict = {
      code: 'message.edit-conflict',
      details: { messageId: message.id, edits: 1, body: `Versi ${winner}` },
    };
    expect(refused).toMatchObject({ status: 'rejected', reason: conflict });
    await expect(send(1 - winner, city.here)).rejects.toMatchObject(conflict);
    expect(await talk.latest(taskId, threadId)).toMatchObject({ body: `Versi ${winner}`, edits: 1 });
  });

  it('tells the present text to nobody who has been sent away meanwhile', async () => {
    const { taskId, message } = await talk.aRoom();
    const commandId = randomUUID();
    const late = () => talk.edit('member', taskId, message, { commandId, body: 'Versi lama' });
    await talk.edit('member', taskId, message);
    await expect(late()).rejects.toMatchObject({ code: 'message.edit-conflict' });
    await city.here.team.removeMember(city.people.head, {
      commandId: randomUUID(),
      taskId,
      personId: city.people.member.id,
      reason: 'Mutasi',
    });
    await expect(late()).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a deletion', () => {
  it('by the author in time needs no reason and leaves a trace', async () => {
    const { taskId, threadId, message } = await talk.aRoom();
    const receipt = await talk.delete('member', taskId, message);
    expect(await talk.latest(taskId, threadId)).toEqual({
      ...message,
      body: '',
      deleted: { at: receipt.at, by: city.people.member, reason: null },
    });
  });

  it('by the lead of the team is possible at any time, with a reason', async () => {
    const { taskId, threadId, message } = await talk.anOldMessage('member', 5_000);
    await expect(talk.delete('lead', taskId, message)).rejects.toMatchObject({
      code: 'validation',
      details: { fields: [{ field: 'reason', rule: 'required' }] },
    });
    await talk.delete('lead', taskId, message, { reason: 'Memuat nomor telepon warga' });
    expect(await talk.latest(taskId, threadId)).toMatchObject({
      body: '',
      attachments: [],
      deleted: { by: city.people.lead, reason: 'Memuat nomor telepon warga' },
    });
  });

  it('by the lead of something of their own follows both rules', async () => {
    const old = await talk.anOldMessage('lead', 60);
    await expect(talk.delete('lead', old.taskId, old.message)).rejects.toMatchObject({ code: 'validation' });
    const fresh = await talk.anOldMessage('lead', 1);
    expect(await talk.delete('lead', fresh.taskId, fresh.message)).toMatchObject({ dup: false });
  });

  it('is not for another member, nor for the author after a quarter of an hour', async () => {
    const { taskId, message } = await talk.anOldMessage('lead', 1);
    const why = { reason: 'Tidak setuju' };
    await expect(talk.delete('member', taskId, message, why)).rejects.toMatchObject({
      code: 'forbidden',
      details: { who: ['KETUA_TIM'] },
    });
    const old = await talk.anOldMessage('member', LIMITS.editMinutes + 1);
    await expect(talk.delete('member', old.taskId, old.message, why)).rejects.toMatchObject({
      code: 'message.too-late',
    });
  });

  it('takes its pin and its reactions with it', async () => {
    const { taskId, threadId, message } = await talk.aRoom();
    await talk.pin('lead', taskId, message);
    await talk.react('lead', taskId, message);
    await talk.delete('member', taskId, message);
    expect(await talk.latest(taskId, threadId)).toMatchObject({ pinned: null, reactions: [] });
    const { state } = await city.here.reader.snapshot(city.people.lead.id, taskId);
    expect(state.threads[0]?.pins).toEqual([]);
    const pins = await city.here.discussion.pins(city.people.lead.id, { workspaceId: taskId, threadId });
    expect(pins.messages).toEqual([]);
  });

  it('leaves no byte of what was said, in no table, however often it was changed before', async () => {
    const words = ['Rahasia-satu', 'Rahasia-dua', 'Rahasia-tiga'];
    const { taskId, threadId, message } = await talk.aRoom(words[0]);
    await talk.edit('member', taskId, message, { body: words[1] });
    const late = { commandId: randomUUID(), body: 'Tidak jadi' };
    await expect(talk.edit('member', taskId, message, late)).rejects.toMatchObject({
      details: { body: words[1] },
    });
    await talk.edit('member', taskId, await talk.latest(taskId, threadId), {
      body: words[2],
      mentions: [{ kind: 'PERSON', id: city.people.lead.id }],
    });
    await talk.pin('lead', taskId, message);
    await talk.delete('member', taskId, message);

    const tables = await city.here.source.query<{ name: string }[]>(
      `SELECT quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['messages', 'stream_event', 'message_edits', 'command']),
    );
    for (const { name } of tables) {
      const [row] = await city.here.source.query<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM ${name} AS t WHERE t::text LIKE '%Rahasia-%'`,
      );
      expect([name, row?.n]).toEqual([name, 0]);
    }
    // What is left says that it was, when, by whom, and that it is gone.
    const events = (await readEvents(city.here.source.manager, taskId, 0, 1_000, 1_000)) as WorkspaceEvent[];
    const about = events.filter(({ data }) => 'message' in data && data.message.id === message.id);
    expect(about.map(({ type }) => type)).toEqual([
      'message.posted',
      'message.edited',
      'message.edited',
      'message.deleted',
    ]);
    for (const { data } of about) {
      expect(data).toMatchObject({
        message: { body: '', mentions: [], deleted: { by: city.people.member, reason: null } },
      });
    }
    expect(await talk.former('lead', taskId, message)).toEqual([
      expect.objectContaining({ body: '' }),
      expect.objectContaining({ body: '' }),
    ]);
    await expect(talk.edit('member', taskId, message, late)).rejects.toMatchObject({
      code: 'message.deleted',
    });
  });

  it('and an edit at the same moment: one comes first, and nothing of either text is left', async () => {
    const there = await city.anotherInstance();
    for (let round = 0; round < 10; round++) {
      const { taskId, message } = await talk.aRoom('Versi awal');
      const outcomes = await Promise.allSettled([
        talk.edit('member', taskId, message, { body: 'Versi akhir', at: there }),
        talk.delete('lead', taskId, message, { reason: 'Keliru' }),
      ]);
      expect(outcomes[1].status).toBe('fulfilled');
      if (outcomes[0].status === 'rejected') {
        expect(outcomes[0].reason).toMatchObject({ code: 'message.deleted' });
      }
      const kept = await city.here.source.query<unknown[]>(
        `SELECT 1 FROM stream_event e WHERE stream_id = $1 AND e::text LIKE '%Versi%'
         UNION ALL SELECT 1 FROM messages m WHERE id = $2 AND m::text LIKE '%Versi%'
         UNION ALL SELECT 1 FROM message_edits x WHERE message_id = $2 AND x::text LIKE '%Versi%'`,
        [taskId, message.id],
      );
      expect(kept).toEqual([]);
    }
  });
});
