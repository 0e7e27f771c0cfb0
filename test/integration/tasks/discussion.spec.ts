import { randomUUID } from 'node:crypto';
import { READ_ONLY_STATUSES, type MessageView } from '#libs/contracts';
import { readEvents, readHeads, type CommittedFrame } from '#libs/database';
import { City, type PersonName } from '../../support/city.js';

describe('a discussion', () => {
  let city: City;
  beforeAll(async () => {
    city = await City.build();
  });
  afterAll(() => city.close());

  const headOf = async (taskId: string) =>
    (await readHeads(city.here.source.manager, [taskId]))[0]?.seq ?? -1;
  const eventsAfter = async (taskId: string, seq: number) =>
    readEvents(city.here.source.manager, taskId, seq, seq + 10_000, 10_000);
  const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
  async function aRoom() {
    const taskId = await city.aTask();
    const threadId = await city.aThread(taskId);
    return { taskId, threadId };
  }

  describe('a message', () => {
    it.each(['threads', 'persons', 'opds'])('keeps what it names among the %s', async (table) => {
      const { taskId, threadId } = await aRoom();
      await city.post('member', taskId, threadId, 'Sedimen sudah diangkut.');
      const [named] = await city.here.source.query<{ threads: string; persons: string; opds: string }[]>(
        'SELECT thread_id AS threads, author_id AS persons, author_opd_id AS opds FROM messages WHERE thread_id = $1',
        [threadId],
      );
      const id = named?.[table as keyof typeof named];
      const gone = (sql: string) => city.here.source.query(sql, [id]);
      await expect(gone(`DELETE FROM ${table} WHERE id = $1`)).rejects.toThrow('is named by messages');
      await expect(gone(`UPDATE ${table} SET id = gen_random_uuid() WHERE id = $1`)).rejects.toThrow(
        'is named by messages',
      );
    });

    it('is stored, numbered and announced as one thing', async () => {
      const { taskId, threadId } = await aRoom();
      const frames: CommittedFrame[] = [];
      city.here.log.onCommitted((written) => frames.push(...written));
      const receipt = await city.post('member', taskId, threadId, 'Sedimen sudah diangkut.');
      const [message] = await city.messages(taskId, threadId);
      expect(message).toEqual({
        id: expect.any(String) as string,
        threadId,
        no: 1,
        author: { ...city.people.member, opd: 'DLH' },
        kind: 'MESSAGE',
        body: 'Sedimen sudah diangkut.',
        mentions: [],
        replyTo: null,
        attachments: [],
        postedAt: receipt.at,
        commandId: receipt.commandId,
        edits: 0,
        editedAt: null,
        deleted: null,
        reactions: [],
        pinned: null,
      } satisfies MessageView);
      const [event] = await eventsAfter(taskId, receipt.seq - 1);
      expect(event).toMatchObject({
        seq: receipt.seq,
        type: 'message.posted',
        at: receipt.at,
        data: { message },
      });
      expect(frames.at(-1)?.events).toEqual([event]);
    });

    it('shows the unit its author works for here, not the one the author stands in', async () => {
      const { taskId, threadId } = await aRoom();
      await city.here.team.addMember(city.people.head, {
        commandId: randomUUID(),
        taskId,
        personId: city.people.outsider.id,
        opdId: city.opds.PUPR,
        teamRole: 'ANGGOTA',
        mode: 'VOLUNTEERED',
      });
      await city.post('outsider', taskId, threadId, 'Saya membantu.');
      expect((await city.messages(taskId, threadId))[0]?.author).toEqual({
        ...city.people.outsider,
        opd: 'Dinas PUPR',
      });
    });

    it('may answer one of its own thread, and no other', async () => {
      const { taskId, threadId } = await aRoom();
      const other = await city.aThread(taskId);
      await city.post('lead', taskId, threadId, 'Kapan selesai?');
      const [question] = await city.messages(taskId, threadId);
      await city.post('member', taskId, threadId, 'Jumat.', { replyTo: question?.id });
      expect((await city.messages(taskId, threadId)).at(-1)?.replyTo).toBe(question?.id);
      await expect(
        city.post('member', taskId, other, 'Jumat.', { replyTo: question?.id }),
      ).rejects.toMatchObject({
        code: 'message.reply-elsewhere',
        details: { replyTo: question?.id },
      });
      const unknown = randomUUID();
      await expect(
        city.post('member', taskId, threadId, 'Jumat.', { replyTo: unknown }),
      ).rejects.toMatchObject({
        code: 'message.reply-elsewhere',
      });
    });

    it('needs a thread of this workspace', async () => {
      const { taskId } = await aRoom();
      const elsewhere = await aRoom();
      await expect(city.post('lead', taskId, elsewhere.threadId, 'Salah kamar')).rejects.toMatchObject({
        code: 'not-found',
      });
      await expect(city.post('lead', taskId, randomUUID(), 'Tidak ada')).rejects.toMatchObject({
        code: 'not-found',
      });
      await expect(city.post('lead', randomUUID(), elsewhere.threadId, 'Tidak ada')).rejects.toMatchObject({
        code: 'not-found',
      });
    });

    it.each<[PersonName, string]>([
      ['head', 'forbidden'],
      ['sekda', 'forbidden'],
      ['asisten', 'forbidden'],
      ['outsider', 'not-found'],
      ['colleague', 'not-found'],
    ])('is not written by %s', async (by, code) => {
      const { taskId, threadId } = await aRoom();
      const before = await headOf(taskId);
      await expect(city.post(by, taskId, threadId, 'Boleh?')).rejects.toMatchObject({ code });
      expect(await headOf(taskId)).toBe(before);
    });

    it.each([...READ_ONLY_STATUSES])('is not written in a task that is %s', async (status) => {
      const { taskId, threadId } = await aRoom();
      const step = (to: 'IN_VERIFICATION' | typeof status, by: PersonName) =>
        city.here.tasks.changeStatus(city.people[by], {
          workspaceId: taskId,
          commandId: randomUUID(),
          to,
          note: 'Ya',
        });
      if (status !== 'CANCELLED') {
        await step('IN_VERIFICATION', 'lead');
        await step('COMPLETED', 'sekda');
        if (status === 'ARCHIVED') await step('ARCHIVED', 'lead');
      } else await step('CANCELLED', 'sekda');
      await expect(city.post('lead', taskId, threadId, 'Terlambat')).rejects.toMatchObject({
        code: 'task.read-only',
        details: { status },
      });
    });

    it('is there once, however often it is sent', async () => {
      const { taskId, threadId } = await aRoom();
      const commandId = randomUUID();
      const send = (body: string) => city.post('lead', taskId, threadId, body, { commandId });
      const receipts = await Promise.all([send('Satu kali'), send('Satu kali'), send('Satu kali')]);
      const later = await send('Satu kali');
      expect(new Set([...receipts, later].map(({ seq }) => seq)).size).toBe(1);
      expect(receipts.map(({ dup }) => dup)).toEqual([false, true, true]);
      expect(later).toEqual({ ...receipts[0], dup: true });
      await expect(send('Dua kali')).rejects.toMatchObject({ code: 'command.reused' });
      expect(await city.messages(taskId, threadId)).toHaveLength(1);
    });

    it('is there once when it is sent to two instances at the same moment', async () => {
      const { taskId, threadId } = await aRoom();
      const there = await city.anotherInstance();
      const before = await headOf(taskId);
      for (let n = 0; n < 20; n++) {
        const wish = { workspaceId: taskId, commandId: randomUUID(), threadId, body: `Pesan ${n}` };
        const [one, two] = await Promise.all([
          city.here.discussion.post(city.people.lead, wish),
          there.discussion.post(city.people.lead, wish),
        ]);
        expect(one.seq).toBe(two.seq);
        expect(one.dup).not.toBe(two.dup);
      }
      expect((await eventsAfter(taskId, before)).map((event) => event.seq)).toEqual(
        upTo(before + 20, before + 1),
      );
      expect(await city.messages(taskId, threadId)).toHaveLength(20);
    });

    it('waits for the one before it', async () => {
      const { taskId, threadId } = await aRoom();
      const [first, second] = [randomUUID(), randomUUID()];
      const send = (commandId: string, after?: string) =>
        city.here.discussion.post(city.people.lead, {
          workspaceId: taskId,
          commandId,
          after,
          threadId,
          body: commandId,
        });
      await expect(send(second, first)).rejects.toMatchObject({
        code: 'command.out-of-order',
        details: { after: first },
      });
      await Promise.all([send(first), send(second, first)]);
      expect((await city.messages(taskId, threadId)).map((message) => message.body)).toEqual([first, second]);
    });
  });

  describe('many messages at once', () => {
    it('get numbers without a hole, and each author’s stay in order', async () => {
      const { taskId, threadId } = await aRoom();
      const there = await city.anotherInstance();
      const before = await headOf(taskId);
      const send = (instance: typeof city.here, by: PersonName, body: string) =>
        instance.discussion.post(city.people[by], {
          workspaceId: taskId,
          commandId: randomUUID(),
          threadId,
          body,
        });
      const receipts = await Promise.all(
        upTo(100).flatMap((n) => [send(city.here, 'lead', `L${n}`), send(there, 'member', `M${n}`)]),
      );
      const messages = await city.messages(taskId, threadId);
      expect(messages.map((message) => message.no)).toEqual(upTo(200));
      expect((await eventsAfter(taskId, before)).map((event) => event.seq)).toEqual(
        upTo(before + 200, before + 1),
      );
      expect(receipts.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(upTo(before + 200, before + 1));
      const bodiesOf = (letter: string) =>
        messages.map((m) => m.body).filter((body) => body.startsWith(letter));
      expect(bodiesOf('L')).toEqual(upTo(100).map((n) => `L${n}`));
      expect(bodiesOf('M')).toEqual(upTo(100).map((n) => `M${n}`));
    });

    it('do not fail with the one among them that cannot be stored', async () => {
      const { taskId, threadId } = await aRoom();
      const elsewhere = await aRoom();
      const known = randomUUID();
      await city.post('lead', taskId, threadId, 'Sudah ada', { commandId: known });
      const outcomes = await Promise.allSettled([
        city.post('lead', taskId, threadId, 'Baik 1'),
        city.post('lead', taskId, elsewhere.threadId, 'Utas lain'),
        city.post('member', taskId, threadId, 'Baik 2'),
        city.post('lead', taskId, threadId, 'Isi lain', { commandId: known }),
        city.post('member', taskId, threadId, 'Balasan salah', { replyTo: randomUUID() }),
        // PostgreSQL has no NUL in text: this one makes the whole statement fail.
        city.post('member', taskId, threadId, 'Rusak \u0000'),
        city.post('outsider', taskId, threadId, 'Tidak berhak'),
        city.post('lead', taskId, threadId, 'Baik 3'),
      ]);
      expect(outcomes.map((outcome) => outcome.status === 'fulfilled')).toEqual([
        true,
        false,
        true,
        false,
        false,
        false,
        false,
        true,
      ]);
      const messages = await city.messages(taskId, threadId);
      expect(messages.map((message) => message.no)).toEqual(upTo(4));
      expect(messages.map((message) => message.body).sort()).toEqual([
        'Baik 1',
        'Baik 2',
        'Baik 3',
        'Sudah ada',
      ]);
    });
  });

  describe('the fence', () => {
    const remove = (taskId: string, instance = city.here) =>
      instance.team.removeMember(city.people.head, {
        commandId: randomUUID(),
        taskId,
        personId: city.people.member.id,
        reason: 'Mutasi',
      });

    it('lets nothing in that was on its way when its author was removed, not even by what an instance remembers', async () => {
      const { taskId, threadId } = await aRoom();
      const there = await city.anotherInstance();
      await city.post('member', taskId, threadId, 'Masih anggota');
      const removed = await remove(taskId, there);
      // This instance heard nothing of it yet and still remembers the old rights.
      expect((await city.here.access.cached(city.people.member.id, taskId)).post).toBe(true);
      const commandId = randomUUID();
      await expect(city.post('member', taskId, threadId, 'Menyusul', { commandId })).rejects.toMatchObject({
        code: 'not-found',
      });
      await expect(city.post('member', taskId, threadId, 'Menyusul', { commandId })).rejects.toMatchObject({
        code: 'not-found',
      });
      expect(await headOf(taskId)).toBe(removed.seq);
    });

    it('draws one line through many messages: all before the removal, none behind it', async () => {
      const { taskId, threadId } = await aRoom();
      const there = await city.anotherInstance();
      const sending = upTo(60).map((n) => city.post('member', taskId, threadId, `Pesan ${n}`));
      const removed = await remove(taskId, there);
      const outcomes = await Promise.allSettled(sending);
      const seqs = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.seq] : []));
      expect(seqs.every((seq) => seq < removed.seq)).toBe(true);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'not-found' });
      }
      expect(
        (await eventsAfter(taskId, removed.seq)).filter((event) => event.actor.id === city.people.member.id),
      ).toEqual([]);
    });

    it('answers an accepted message again after its author was removed', async () => {
      const { taskId, threadId } = await aRoom();
      const commandId = randomUUID();
      const first = await city.post('member', taskId, threadId, 'Terakhir', { commandId });
      await remove(taskId);
      expect(await city.post('member', taskId, threadId, 'Terakhir', { commandId })).toEqual({
        ...first,
        dup: true,
      });
    });

    it('lets a new member of another instance write at once, though this one remembers a refusal', async () => {
      const { taskId, threadId } = await aRoom();
      const there = await city.anotherInstance();
      await expect(city.here.access.cached(city.people.colleague.id, taskId)).rejects.toMatchObject({
        code: 'not-found',
      });
      await there.team.addMember(city.people.head, {
        commandId: randomUUID(),
        taskId,
        personId: city.people.colleague.id,
        opdId: city.opds.DLH,
        teamRole: 'ANGGOTA',
        mode: 'APPOINTED',
      });
      await city.post('colleague', taskId, threadId, 'Saya baru bergabung');
      expect(await city.messages(taskId, threadId)).toHaveLength(1);
    });

    it('holds for an overseer who becomes a member', async () => {
      const { taskId, threadId } = await aRoom();
      const there = await city.anotherInstance();
      expect((await city.here.access.cached(city.people.head.id, taskId)).post).toBe(false);
      await there.team.addMember(city.people.head, {
        commandId: randomUUID(),
        taskId,
        personId: city.people.head.id,
        opdId: city.opds.PUPR,
        teamRole: 'ANGGOTA',
        mode: 'APPOINTED',
      });
      await city.post('head', taskId, threadId, 'Ikut menulis');
      expect(await city.messages(taskId, threadId)).toHaveLength(1);
    });
  });

  describe('a thread', () => {
    const open = (by: PersonName, taskId: string, about: object = {}) =>
      city.here.threads.open(city.people[by], {
        workspaceId: taskId,
        commandId: randomUUID(),
        threadId: randomUUID(),
        title: 'Pipa air minum',
        ...about,
      });

    it('is opened by a member, for the task or for a milestone of it', async () => {
      const taskId = await city.aTask();
      const milestoneId = await city.aMilestone(taskId);
      const threadId = randomUUID();
      const receipt = await open('member', taskId, {
        threadId,
        about: { kind: 'MILESTONE', id: milestoneId },
      });
      const [event] = await eventsAfter(taskId, receipt.seq - 1);
      const { state } = await city.here.reader.snapshot(city.people.lead.id, taskId);
      expect(state.threads).toMatchObject([
        {
          id: threadId,
          title: 'Pipa air minum',
          about: { kind: 'MILESTONE', id: milestoneId },
          messageCount: 0,
        },
      ]);
      expect(event).toMatchObject({ type: 'thread.opened', data: { thread: state.threads[0] } });
    });

    it('is not opened about a milestone of another task', async () => {
      const taskId = await city.aTask();
      const about = { kind: 'MILESTONE', id: await city.aMilestone(await city.aTask()) };
      await expect(open('lead', taskId, { about })).rejects.toMatchObject({ code: 'not-found' });
    });

    it('has an id that nobody used', async () => {
      const { taskId, threadId } = await aRoom();
      await expect(open('lead', taskId, { threadId })).rejects.toMatchObject({
        code: 'validation',
        details: { fields: [{ field: 'threadId', rule: 'invalid' }] },
      });
    });

    it('is opened once by two who chose the same id at the same moment', async () => {
      const taskId = await city.aTask();
      const threadId = randomUUID();
      const outcomes = await Promise.allSettled([
        open('lead', taskId, { threadId }),
        open('member', taskId, { threadId }),
      ]);
      expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({
        reason: { code: 'validation' },
      });
    });

    it('is opened once, however often the command comes', async () => {
      const taskId = await city.aTask();
      const wish = { commandId: randomUUID(), threadId: randomUUID() };
      const [one, two] = await Promise.all([open('lead', taskId, wish), open('lead', taskId, wish)]);
      expect(one.seq).toBe(two.seq);
      await expect(open('lead', taskId, { ...wish, title: 'Lain' })).rejects.toMatchObject({
        code: 'command.reused',
      });
    });

    it.each<[PersonName, string]>([
      ['head', 'forbidden'],
      ['waliKota', 'forbidden'],
      ['outsider', 'not-found'],
    ])('is not opened by %s', async (by, code) => {
      await expect(open(by, await city.aTask())).rejects.toMatchObject({ code });
    });

    it('is read page by page, back to its beginning', async () => {
      const { taskId, threadId } = await aRoom();
      await Promise.all(upTo(7).map((n) => city.post('lead', taskId, threadId, `Pesan ${n}`)));
      const page = (before?: number, limit = 3) =>
        city.here.discussion.page(city.people.member.id, { workspaceId: taskId, threadId, before, limit });
      expect((await page()).messages.map((message) => message.no)).toEqual([5, 6, 7]);
      expect((await page(5)).messages.map((message) => message.no)).toEqual([2, 3, 4]);
      expect((await page(2)).messages.map((message) => message.no)).toEqual([1]);
      expect(await page(1)).toEqual({ threadId, messages: [], messageCount: 7 });
      expect((await page(1_000)).messages.map((message) => message.no)).toEqual([5, 6, 7]);
    });

    it('is read only in its own workspace', async () => {
      const { threadId } = await aRoom();
      const other = await city.aTask();
      await expect(
        city.here.discussion.page(city.people.lead.id, { workspaceId: other, threadId }),
      ).rejects.toMatchObject({ code: 'not-found' });
    });
  });

  describe('the past', () => {
    it('is imported with its own times, kinds and names of files, also into a task that is over', async () => {
      const taskId = await city.aTask('COMPLETED');
      const threadId = randomUUID();
      const { asisten, member } = city.people;
      await city.here.past.openThread(
        member,
        { commandId: randomUUID(), taskId, threadId, title: 'Rapat' },
        '2026-09-07T02:20:00.000Z',
      );
      const messageId = randomUUID();
      const wish = {
        commandId: randomUUID(),
        taskId,
        threadId,
        messageId,
        kind: 'DIRECTIVE' as const,
        body: 'Selesaikan sebelum Jumat.',
        opdId: city.opds['ASISTEN-2'],
        replyTo: null,
        attachments: ['notulen.pdf'],
      };
      const first = await city.here.past.post(asisten, wish, '2026-09-08T02:20:00.000Z');
      const again = await city.here.past.post(asisten, wish, '2026-09-08T02:20:00.000Z');
      expect(again).toEqual({ ...first, dup: true });
      const { state } = await city.here.reader.snapshot(city.people.lead.id, taskId);
      expect(state.windows[threadId]?.messages).toEqual([
        {
          id: messageId,
          threadId,
          no: 1,
          author: asisten,
          kind: 'DIRECTIVE',
          body: 'Selesaikan sebelum Jumat.',
          mentions: [],
          replyTo: null,
          attachments: ['notulen.pdf'],
          postedAt: '2026-09-08T02:20:00.000Z',
          commandId: wish.commandId,
          edits: 0,
          editedAt: null,
          deleted: null,
          reactions: [],
          pinned: null,
        },
      ]);
    });

    it('and the present are written at the same time without standing in each other’s way', async () => {
      const { taskId, threadId } = await aRoom();
      const imported = upTo(30).map((n) =>
        city.here.past.post(
          city.people.member,
          {
            commandId: randomUUID(),
            taskId,
            threadId,
            messageId: randomUUID(),
            kind: 'MESSAGE',
            body: `Lama ${n}`,
            opdId: null,
            replyTo: null,
            attachments: [],
          },
          '2026-09-08T02:20:00.000Z',
        ),
      );
      await Promise.all([
        ...imported,
        ...upTo(30).map((n) => city.post('lead', taskId, threadId, `Baru ${n}`)),
      ]);
      expect((await city.messages(taskId, threadId)).map((message) => message.no)).toEqual(upTo(60));
    });
  });
});
