import { randomUUID } from 'node:crypto';
import {
  addDays,
  dayOf,
  applyEvent,
  WORKSPACE_EVENT_TYPES,
  type MessageView,
  type TaskView,
  type WorkspaceEvent,
  type WorkspaceEventType,
  type WorkspaceState,
} from '#libs/contracts';
import { commandOf, event, readEvents } from '#libs/database';
import { PublicUpdates } from '../../../src/public/public-updates.service.js';
import { City, today } from '../../support/city.js';

/** Of the stored types; `withheld` exists on the wire only. */
type StoredType = Exclude<WorkspaceEventType, 'withheld'>;

describe('the replay law: a snapshot and the events after it make the next snapshot', () => {
  let city: City;
  beforeAll(async () => {
    city = await City.build();
  });
  afterAll(() => city.close());

  const snapshot = async (taskId: string) =>
    (await city.here.reader.snapshot(city.people.lead.id, taskId)).state;
  const eventsAfter = async (taskId: string, seq: number) =>
    (await readEvents(city.here.source.manager, taskId, seq, 1_000_000, 10_000)) as WorkspaceEvent[];
  const command = () => ({ commandId: randomUUID() });

  /** The reducer keeps every page it ever saw, a snapshot only the newest one: each must be the tail of the other. */
  function expectSame(replayed: WorkspaceState, fresh: WorkspaceState): void {
    const { windows: had, ...rest } = replayed;
    const { windows: now, ...rows } = fresh;
    expect(rest).toEqual(rows);
    for (const [threadId, { messages }] of Object.entries(now)) {
      const window = had[threadId]?.messages ?? [];
      const shared = Math.min(window.length, messages.length);
      expect(window.slice(window.length - shared)).toEqual(messages.slice(messages.length - shared));
    }
    for (const [threadId, { messages }] of Object.entries(had)) {
      const thread = fresh.threads.find(({ id }) => id === threadId);
      expect(messages.at(-1)?.no ?? 0).toBe(thread?.messageCount);
      expect(messages.map(({ no }) => no)).toEqual(messages.map((_, i) => (messages[0]?.no ?? 0) + i));
    }
  }

  const tell = (taskId: string, change: Partial<Parameters<City['here']['setup']['updateTask']>[1]>) =>
    city.here.setup.updateTask(city.people.lead, { ...command(), taskId, ...change });
  const join = (taskId: string, who: 'lead' | 'colleague', teamRole: 'KETUA_TIM' | 'ANGGOTA') =>
    city.here.team.addMember(city.people.head, {
      ...command(),
      taskId,
      personId: city.people[who].id,
      opdId: who === 'lead' ? city.opds.PUPR : city.opds.DLH,
      teamRole,
      mode: 'VOLUNTEERED',
    });
  const ask = async (taskId: string, at?: string) => {
    const decisionId = randomUUID();
    await city.here.decisions.requestDecision(
      city.people.lead,
      {
        ...command(),
        taskId,
        decisionId,
        title: 'Pergeseran anggaran',
        question: 'Bolehkah digeser?',
        options: ['Ya', 'Tidak'],
        deciderId: city.people.sekda.id,
        dueDate: '2026-12-01',
      },
      at,
    );
    return decisionId;
  };
  const give = (workspaceId: string) =>
    city.here.handovers.open(city.people.lead, {
      ...command(),
      ...{ workspaceId, handoverId: randomUUID(), title: 'Angkut sedimen', what: '12 saluran' },
      ...{ dueDate: today(), fromOpdId: city.opds.PUPR, toOpdId: city.opds.DLH },
    });
  const requestOf = (workspaceId: string, more: { supersedes?: string } = {}) => ({
    ...command(),
    ...{ workspaceId, decisionId: randomUUID(), title: 'Sewa pompa', options: ['Ya', 'Tidak'] },
    decider: { role: 'SEKDA' as const, opdId: null },
    ...more,
  });
  /** Asked by the lead, and said by Sekda. */
  const decide = async (
    taskId: string,
    outcome: 'APPROVED' | 'CLARIFICATION_REQUESTED' | 'FORWARDED',
    more: { supersedes?: string } = {},
  ) => {
    const request = requestOf(taskId, more);
    await city.here.deciding.request(city.people.lead, request);
    const said = { ...command(), workspaceId: taskId, decisionId: request.decisionId };
    await city.here.deciding.decide(city.people.sekda, {
      ...{ ...said, outcome },
      ...(outcome !== 'APPROVED' && { note: 'Berapa lama?' }),
      ...(outcome === 'FORWARDED' && { forwardTo: { role: 'WALI_KOTA' as const, opdId: null } }),
    });
    return { ...said, ...command() };
  };
  /** As if the time to undo were over. */
  const takeEffect = async (taskId: string) => {
    await city.here.source.query(
      `UPDATE timers SET run_at = now() WHERE kind = 'decision.effect' AND payload->>'taskId' = $1`,
      [taskId],
    );
    await city.here.fireTimers();
  };
  const hold = (taskId: string) =>
    city.here.tasks.changeStatus(city.people.lead, {
      ...command(),
      workspaceId: taskId,
      to: 'ON_HOLD',
      note: 'Menunggu alat',
      publicSentence: 'Pekerjaan ditunda sementara.',
    });

  const about = <T extends object>(workspaceId: string, { id: messageId }: MessageView, more: T) => ({
    ...command(),
    workspaceId,
    messageId,
    ...more,
  });
  const aRoomWithWords = async (taskId: string) => {
    const threadId = await city.aThread(taskId);
    for (const body of ['Kapan alat datang?', 'Hari Rabu.'])
      await city.post('member', taskId, threadId, body);
  };
  /** Of the thread that was opened last. */
  const messagesOf = async (taskId: string) =>
    city.messages(taskId, (await snapshot(taskId)).threads.at(-1)?.id ?? '');
  const latest = async (taskId: string) => {
    const message = (await messagesOf(taskId)).at(-1);
    if (!message) throw new Error('nothing was written');
    return message;
  };
  const edit = (taskId: string, message: MessageView, body: string) =>
    city.here.messages.edit(city.people.member, about(taskId, message, { body, baseEdits: message.edits }));
  const resolve = async (taskId: string) => {
    const thread = (await snapshot(taskId)).threads.at(-1);
    return city.here.threads.resolve(city.people.lead, {
      ...command(),
      workspaceId: taskId,
      threadId: thread?.id ?? '',
      conclusion: 'Alat datang hari Jumat.',
    });
  };

  /** How each type comes about. A type without a case does not compile. */
  const CASES: Record<
    StoredType,
    { given?: (taskId: string) => Promise<unknown>; when: (taskId: string) => Promise<unknown> }
  > = {
    // Its own test below: there is no snapshot before it.
    'task.created': { when: () => Promise.resolve() },
    'task.updated': {
      when: (taskId) => tell(taskId, { title: 'Judul baru', dueDate: '2027-01-15', steeringId: null }),
    },
    'task.status-changed': { when: hold },
    'opd.acceptance-changed': {
      when: async (taskId) => {
        await city.here.setup.addOpd(city.people.lead, {
          ...command(),
          taskId,
          opdId: city.opds.DINKES,
          role: 'Data',
        });
        await city.here.setup.answerOpd(city.people.sekda, {
          ...command(),
          taskId,
          opdId: city.opds.DINKES,
          acceptance: 'DECLINED',
          reason: 'Tidak ada petugas',
        });
      },
    },
    'member.added': {
      when: async (taskId) => {
        await join(taskId, 'colleague', 'ANGGOTA');
        await join(taskId, 'colleague', 'KETUA_TIM');
        await join(taskId, 'lead', 'KETUA_TIM');
      },
    },
    'member.removed': {
      when: (taskId) =>
        city.here.team.removeMember(city.people.head, {
          ...command(),
          taskId,
          personId: city.people.member.id,
          reason: 'Mutasi',
        }),
    },
    'milestone.added': {
      when: async (taskId) => [await city.aMilestone(taskId), await city.aMilestone(taskId, 'DLH')],
    },
    'milestone.changed': {
      given: (taskId) => city.aMilestone(taskId),
      when: async (taskId) => {
        const [milestone] = (await snapshot(taskId)).milestones;
        await city.here.tasks.changeMilestone(city.people.lead, {
          ...command(),
          workspaceId: taskId,
          milestoneId: milestone?.id ?? '',
          status: 'DONE',
          note: 'Lengkap',
          public: true,
        });
      },
    },
    'summary.written': {
      when: async (taskId) => {
        for (const [base, body] of ['Survei selesai.', 'Dua pompa **terpasang**.'].entries())
          await city.here.summaries.write(city.people.lead, {
            ...command(),
            ...{ workspaceId: taskId, base, body },
          });
      },
    },
    'milestone.planned': {
      given: (taskId) => city.aMilestone(taskId),
      when: async (taskId) => {
        const first = (await snapshot(taskId)).milestones[0]?.id ?? '';
        await city.aMilestone(taskId);
        await city.here.plan.plan(city.people.lead, {
          ...command(),
          workspaceId: taskId,
          milestoneId: (await snapshot(taskId)).milestones.at(-1)?.id ?? '',
          title: 'Peta yang disepakati',
          opdId: city.opds.DLH,
          after: first,
        });
      },
    },
    'milestones.ordered': {
      given: async (taskId) => [await city.aMilestone(taskId), await city.aMilestone(taskId, 'DLH')],
      when: async (taskId) => {
        const last = (await snapshot(taskId)).milestones.at(-1)?.id ?? '';
        await city.here.plan.move(city.people.lead, {
          ...command(),
          workspaceId: taskId,
          milestoneId: last,
          place: 1,
        });
      },
    },
    'thread.opened': { when: async (taskId) => [await city.aThread(taskId), await city.aThread(taskId)] },
    'message.posted': {
      given: async (taskId) => [await city.aThread(taskId), await city.aThread(taskId)],
      when: async (taskId) => {
        for (const { id } of (await snapshot(taskId)).threads) {
          await Promise.all(
            Array.from({ length: 60 }, (_, n) => city.post('member', taskId, id, `Pesan ${n}`)),
          );
        }
      },
    },
    'message.edited': {
      given: aRoomWithWords,
      when: async (taskId) => {
        const message = await latest(taskId);
        await edit(taskId, message, 'Yang benar hari Kamis.');
        await edit(taskId, await latest(taskId), 'Yang benar hari Jumat.');
      },
    },
    'message.deleted': {
      given: async (taskId) => {
        await aRoomWithWords(taskId);
        const message = await latest(taskId);
        await edit(taskId, message, 'Sudah diubah.');
        await city.here.messages.pin(city.people.lead, about(taskId, message, { on: true }));
        await city.here.messages.react(city.people.lead, about(taskId, message, { code: 'AGREE', on: true }));
      },
      when: async (taskId) =>
        city.here.messages.delete(
          city.people.lead,
          about(taskId, await latest(taskId), { reason: 'Salah kamar' }),
        ),
    },
    'message.reacted': {
      given: aRoomWithWords,
      when: async (taskId) => {
        const message = await latest(taskId);
        for (const [who, code, on] of [
          ['lead', 'QUESTION', true],
          ['member', 'AGREE', true],
          ['lead', 'AGREE', true],
          ['lead', 'AGREE', true],
          ['lead', 'QUESTION', false],
          ['member', 'NOTED', false],
        ] as const) {
          await city.here.messages.react(city.people[who], about(taskId, message, { code, on }));
        }
      },
    },
    'message.pinned': {
      given: aRoomWithWords,
      when: async (taskId) => {
        const [first, second] = await messagesOf(taskId);
        if (!first || !second) throw new Error('two messages were written');
        const pin = (message: MessageView, on: boolean) =>
          city.here.messages.pin(city.people.member, about(taskId, message, { on }));
        await pin(second, true);
        await pin(first, true);
        await pin(second, true);
        await pin(second, false);
      },
    },
    'thread.resolved': {
      given: (taskId) => city.aThread(taskId),
      when: (taskId) => resolve(taskId),
    },
    'thread.reopened': {
      given: async (taskId) => {
        await city.aThread(taskId);
        await resolve(taskId);
      },
      when: async (taskId) => {
        for (const { id, resolved } of (await snapshot(taskId)).threads) {
          if (!resolved) continue;
          const wish = { ...command(), workspaceId: taskId, threadId: id };
          await city.here.threads.reopen(city.people.lead, wish);
        }
      },
    },
    'file.added': {
      when: async (taskId) => {
        const first = await city.aFile('member', taskId);
        await city.aFile('lead', taskId, { name: 'foto.txt' });
        await city.aFile('lead', taskId, { replaces: first });
      },
    },
    'file.removed': {
      given: async (taskId) => [await city.aFile('member', taskId), await city.aFile('lead', taskId)],
      when: async (taskId) => {
        const [file] = (await snapshot(taskId)).files.filter(({ removed }) => removed === null);
        await city.here.files.remove(city.people.lead, taskId, file?.id ?? '');
      },
    },
    'handover.moved': {
      given: async (taskId) => [await give(taskId), await give(taskId)],
      when: async (taskId) => {
        for (const { id: handoverId } of (await snapshot(taskId)).handovers)
          await city.here.handovers.move(city.people.member, {
            ...command(),
            ...{ workspaceId: taskId, handoverId, step: 'ASKED', note: 'Sedimen dari saluran mana?' },
          });
        await give(taskId);
      },
    },
    'decision.requested': {
      when: async (taskId) => [await ask(taskId), await ask(taskId, '2026-10-01T03:20:00.000Z')],
    },
    'decision.made': {
      given: (taskId) => ask(taskId),
      when: async (taskId) => {
        const [decision] = (await snapshot(taskId)).decisions;
        await city.here.decisions.decide(city.people.sekda, {
          ...command(),
          taskId,
          decisionId: decision?.id ?? '',
          status: 'APPROVED',
          decision: 'Disetujui',
          basis: 'Rapat anggaran',
        });
      },
    },
    'decision.undone': {
      when: async (taskId) => {
        for (const outcome of ['APPROVED', 'CLARIFICATION_REQUESTED', 'FORWARDED'] as const)
          await city.here.deciding.undo(city.people.sekda, await decide(taskId, outcome));
      },
    },
    'decision.reminded': {
      when: async (taskId) => {
        const request = requestOf(taskId);
        await city.here.deciding.request(city.people.lead, request);
        const waiting = (await snapshot(taskId)).decisions.find(({ id }) => id === request.decisionId);
        await city.here.fireTimers(waiting?.clock?.remindAt);
      },
    },
    'decision.extended': {
      when: async (taskId) => {
        const request = requestOf(taskId);
        await city.here.deciding.request(city.people.lead, request);
        await city.here.deciding.extend(city.people.sekda, {
          ...{ ...command(), workspaceId: taskId, decisionId: request.decisionId },
          ...{ dueDate: addDays(dayOf(new Date()), 30), reason: 'Menunggu rapat anggaran' },
        });
      },
    },
    'decision.effective': {
      given: async (taskId) => {
        await decide(taskId, 'APPROVED');
        await takeEffect(taskId);
      },
      when: async (taskId) => {
        const [old] = (await snapshot(taskId)).decisions.filter(({ status }) => status === 'APPROVED');
        await decide(taskId, 'FORWARDED');
        await decide(taskId, 'APPROVED', { supersedes: old?.id });
        await takeEffect(taskId);
        const { decisions } = await snapshot(taskId);
        expect(decisions.map(({ status }) => status)).toContain('SUPERSEDED');
      },
    },
    'decision.clarified': {
      when: async (taskId) => {
        const question = await decide(taskId, 'CLARIFICATION_REQUESTED');
        await takeEffect(taskId);
        await city.here.deciding.clarify(city.people.lead, { ...question, answer: 'Dua pekan.' });
      },
    },
    'decision.withdrawn': {
      when: async (taskId) => {
        const { workspaceId, decisionId, ...request } = requestOf(taskId);
        await city.here.deciding.request(city.people.lead, { ...request, workspaceId, decisionId });
        await city.here.deciding.withdraw(city.people.lead, { ...command(), workspaceId, decisionId });
      },
    },
    'public-update.drafted': { given: (taskId) => tell(taskId, { published: true }), when: hold },
    'public-update.reviewed': {
      given: async (taskId) => {
        await tell(taskId, { published: true });
        await hold(taskId);
      },
      when: async (taskId) => {
        const [drafted] = (await snapshot(taskId)).publicUpdates;
        if (!drafted) throw new Error('nothing was drafted');
        const wish = { ...command(), updateId: drafted.id };
        await city.here.log.record(
          commandOf(city.people.head, 'public-update.review', wish),
          async (tx, at) => {
            const update = {
              ...drafted,
              status: 'APPROVED' as const,
              reviewedBy: city.people.head,
              reviewedAt: at,
            };
            await new PublicUpdates(city.here.organization).saveReview(tx, update);
            return { events: [event('public-update.reviewed', taskId, { update })] };
          },
        );
      },
    },
  };

  it('has a case for every type that is stored', () => {
    expect(Object.keys(CASES).sort()).toEqual(
      WORKSPACE_EVENT_TYPES.filter((type) => type !== 'withheld').sort(),
    );
  });

  it('holds for task.created', async () => {
    const taskId = await city.aTask('DRAFT');
    const nothing: WorkspaceState = {
      seq: 0,
      task: {} as TaskView,
      summary: null,
      opds: [],
      members: [],
      milestones: [],
      decisions: [],
      handovers: [],
      statusChanges: [],
      threads: [],
      windows: {},
      publicUpdates: [],
      files: [],
    };
    const events = await eventsAfter(taskId, 0);
    expect(events[0]).toMatchObject({ seq: 1, type: 'task.created' });
    expectSame(events.reduce(applyEvent, nothing), await snapshot(taskId));
  });

  const types = (Object.keys(CASES) as StoredType[]).filter((type) => type !== 'task.created');
  it.each(types)('holds for %s', async (type) => {
    const { given, when } = CASES[type];
    const taskId = await city.aTask('IN_PROGRESS');
    await given?.(taskId);
    const before = await snapshot(taskId);
    await when(taskId);
    const events = await eventsAfter(taskId, before.seq);
    expect(events.map((written) => written.type)).toContain(type);
    expect(events.map((written) => written.seq)).toEqual(events.map((_, i) => before.seq + 1 + i));
    expectSame(events.reduce(applyEvent, before), await snapshot(taskId));
  });

  it('holds for a task to which everything happened', async () => {
    const taskId = await city.aTask('IN_PROGRESS');
    const first = await snapshot(taskId);
    // Last what takes away the one who writes the messages.
    const order = [...types.filter((type) => type !== 'member.removed'), 'member.removed' as const];
    for (const type of order) {
      if ((await snapshot(taskId)).task.status === 'ON_HOLD') {
        const resume = { ...command(), workspaceId: taskId, to: 'IN_PROGRESS' as const, note: 'Lanjut' };
        await city.here.tasks.changeStatus(city.people.lead, resume);
      }
      await CASES[type].given?.(taskId);
      await CASES[type].when(taskId);
    }
    const events = await eventsAfter(taskId, first.seq);
    expect(new Set(events.map((written) => written.type)).size).toBe(types.length);
    expectSame(events.reduce(applyEvent, first), await snapshot(taskId));
  });

  it('holds for what two instances wrote at the same moment', async () => {
    const taskId = await city.aTask('IN_PROGRESS');
    const there = await city.anotherInstance();
    const before = await snapshot(taskId);
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const instance = n % 2 === 0 ? city.here : there;
        return instance.threads.open(city.people.lead, {
          ...command(),
          workspaceId: taskId,
          threadId: randomUUID(),
          title: `Utas ${n}`,
        });
      }),
    );
    expectSame((await eventsAfter(taskId, before.seq)).reduce(applyEvent, before), await snapshot(taskId));
  });
});
