import { randomUUID } from 'node:crypto';
import { READ_ONLY_STATUSES, type ChangeTaskStatus, type TaskStatus } from '#libs/contracts';
import { readEvents, readHeads } from '#libs/database';
import { City, today, type PersonName } from '../../support/city.js';

describe('a running task', () => {
  let city: City;
  beforeAll(async () => {
    city = await City.build();
  });
  afterAll(() => city.close());

  const change = (
    by: PersonName,
    workspaceId: string,
    to: TaskStatus,
    about: Partial<ChangeTaskStatus> = {},
  ) =>
    city.here.tasks.changeStatus(city.people[by], {
      workspaceId,
      commandId: randomUUID(),
      to,
      note: 'Karena perlu',
      ...about,
    });
  const tick = (by: PersonName, workspaceId: string, milestoneId: string, about: object = {}) =>
    city.here.tasks.changeMilestone(city.people[by], {
      workspaceId,
      commandId: randomUUID(),
      milestoneId,
      status: 'DONE',
      ...about,
    });
  const eventsOf = async (taskId: string) => readEvents(city.here.source.manager, taskId, 0, 1_000, 1_000);
  const headOf = async (taskId: string) => (await readHeads(city.here.source.manager, [taskId]))[0]?.seq;
  const stateOf = async (taskId: string, by: PersonName = 'lead') =>
    (await city.here.reader.snapshot(city.people[by].id, taskId)).state;

  describe('its status', () => {
    it('moves by whoever the vocabulary names, and the step is the next event', async () => {
      const taskId = await city.aTask('IN_PROGRESS');
      const before = await headOf(taskId);
      const receipt = await change('lead', taskId, 'BLOCKED', { note: '  Alat berat rusak  ' });
      expect(receipt).toMatchObject({ streamId: taskId, seq: (before ?? 0) + 1, dup: false });
      const event = (await eventsOf(taskId)).at(-1);
      expect(event).toMatchObject({
        seq: receipt.seq,
        type: 'task.status-changed',
        actor: city.people.lead,
        data: {
          change: { from: 'IN_PROGRESS', to: 'BLOCKED', note: 'Alat berat rusak', by: city.people.lead },
        },
      });
      const { task, statusChanges } = await stateOf(taskId);
      expect(task).toMatchObject({ status: 'BLOCKED', statusSince: statusChanges.at(-1)?.at });
      expect(statusChanges.map((step) => step.to)).toEqual([
        'DRAFT',
        'PROPOSED',
        'ASSIGNED',
        'IN_PROGRESS',
        'BLOCKED',
      ]);
    });

    it('walks the whole way from draft to archive', async () => {
      const taskId = await city.aTask('ARCHIVED');
      expect((await stateOf(taskId)).task.status).toBe('ARCHIVED');
    });

    it.each<[PersonName, TaskStatus, TaskStatus, TaskStatus[]]>([
      ['lead', 'IN_PROGRESS', 'COMPLETED', ['BLOCKED', 'AWAITING_DECISION', 'ON_HOLD', 'IN_VERIFICATION']],
      ['lead', 'IN_PROGRESS', 'IN_PROGRESS', ['BLOCKED', 'AWAITING_DECISION', 'ON_HOLD', 'IN_VERIFICATION']],
      ['member', 'IN_PROGRESS', 'BLOCKED', []],
      ['head', 'IN_PROGRESS', 'BLOCKED', []],
      ['asisten', 'IN_PROGRESS', 'BLOCKED', ['ON_HOLD', 'CANCELLED']],
      ['lead', 'ARCHIVED', 'IN_PROGRESS', []],
    ])('does not let %s move it from %s to %s', async (by, from, to, allowed) => {
      const taskId = await city.aTask(from);
      const before = await headOf(taskId);
      await expect(change(by, taskId, to)).rejects.toMatchObject({
        code: 'task.transition-not-allowed',
        details: { from, to, allowed },
      });
      expect(await headOf(taskId)).toBe(before);
    });

    it('answers who may not see it as if it did not exist', async () => {
      const taskId = await city.aTask();
      const absent = await change('outsider', randomUUID(), 'BLOCKED').catch((error: unknown) => error);
      const hidden = await change('outsider', taskId, 'BLOCKED').catch((error: unknown) => error);
      expect(hidden).toEqual(absent);
      expect(hidden).toMatchObject({ code: 'not-found', details: {} });
    });

    it('needs a reason', async () => {
      const taskId = await city.aTask();
      await expect(change('lead', taskId, 'BLOCKED', { note: ' \n ' })).rejects.toMatchObject({
        code: 'task.reason-required',
        details: { to: 'BLOCKED' },
      });
    });

    it('does not begin while a unit has not answered, and names the unit', async () => {
      const taskId = await city.aTask('ASSIGNED');
      expect((await stateOf(taskId)).opds[1]).toMatchObject({ acceptance: 'PENDING', answeredAt: null });
      await expect(change('lead', taskId, 'IN_PROGRESS')).rejects.toMatchObject({
        code: 'task.opd-pending',
        details: { opds: ['DLH'] },
      });
      await city.accept(taskId);
      await change('lead', taskId, 'IN_PROGRESS');
      expect((await stateOf(taskId)).task.status).toBe('IN_PROGRESS');
    });

    it('asks every supporting unit when it is assigned, in the same commit', async () => {
      const taskId = await city.aTask('PROPOSED');
      const receipt = await change('sekda', taskId, 'ASSIGNED');
      const events = (await eventsOf(taskId)).filter((event) => event.commandId === receipt.commandId);
      expect(events.map((event) => event.type)).toEqual(['task.status-changed', 'opd.acceptance-changed']);
    });

    it.each(['BLOCKED', 'ON_HOLD'] as const)('owes citizens a sentence when published and %s', async (to) => {
      const taskId = await city.aTask('IN_PROGRESS', { published: true });
      await expect(change('lead', taskId, to)).rejects.toMatchObject({
        code: 'task.public-sentence-required',
        details: { to },
      });
      const receipt = await change('lead', taskId, to, { publicSentence: 'Pekerjaan berhenti sementara.' });
      const events = (await eventsOf(taskId)).filter((event) => event.commandId === receipt.commandId);
      expect(events.map((event) => event.type)).toEqual(['task.status-changed', 'public-update.drafted']);
      expect((await stateOf(taskId)).publicUpdates).toMatchObject([
        { body: 'Pekerjaan berhenti sementara.', status: 'PENDING', draftedBy: city.people.lead },
      ]);
    });

    it('owes no sentence for the past', async () => {
      const taskId = await city.aTask('IN_PROGRESS', { published: true });
      const wish = { workspaceId: taskId, commandId: randomUUID(), to: 'BLOCKED' as const, note: 'Dahulu' };
      await city.here.tasks.changeStatus(city.people.lead, wish, new Date().toISOString());
      expect((await stateOf(taskId)).task.status).toBe('BLOCKED');
    });

    it('owes citizens nothing when it is not published, and drafts nothing', async () => {
      const taskId = await city.aTask();
      await change('lead', taskId, 'BLOCKED', { publicSentence: 'Tidak untuk siapa-siapa.' });
      expect((await stateOf(taskId)).publicUpdates).toEqual([]);
    });

    it('answers a repeated command with its first outcome, and refuses the id for another wish', async () => {
      const taskId = await city.aTask();
      const commandId = randomUUID();
      const first = await change('lead', taskId, 'BLOCKED', { commandId });
      const again = await change('lead', taskId, 'BLOCKED', { commandId });
      expect(again).toEqual({ ...first, dup: true });
      await expect(change('lead', taskId, 'ON_HOLD', { commandId })).rejects.toMatchObject({
        code: 'command.reused',
      });
      expect(await headOf(taskId)).toBe(first.seq);
    });

    it('answers a repeated refusal with the same refusal, also when it would be allowed by now', async () => {
      const taskId = await city.aTask('ASSIGNED');
      const commandId = randomUUID();
      await expect(change('lead', taskId, 'IN_PROGRESS', { commandId })).rejects.toMatchObject({
        code: 'task.opd-pending',
      });
      await city.accept(taskId);
      await expect(change('lead', taskId, 'IN_PROGRESS', { commandId })).rejects.toMatchObject({
        code: 'task.opd-pending',
      });
    });

    it('has one outcome when two move it at the same moment on two instances', async () => {
      const there = await city.anotherInstance();
      for (let round = 0; round < 5; round++) {
        const taskId = await city.aTask();
        const before = (await headOf(taskId)) ?? 0;
        const wish = (to: TaskStatus) => ({
          workspaceId: taskId,
          commandId: randomUUID(),
          to,
          note: 'Bersamaan',
        });
        const outcomes = await Promise.allSettled([
          city.here.tasks.changeStatus(city.people.lead, wish('IN_VERIFICATION')),
          there.tasks.changeStatus(city.people.asisten, wish('CANCELLED')),
        ]);
        expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
        expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({
          reason: { code: 'task.transition-not-allowed' },
        });
        expect(await headOf(taskId)).toBe(before + 1);
        const { task, statusChanges } = await stateOf(taskId);
        expect(statusChanges.at(-1)?.to).toBe(task.status);
      }
    });

    it('is judged by the roles of the day when the import tells the past', async () => {
      const taskId = await city.aTask('DRAFT');
      const wish = {
        workspaceId: taskId,
        commandId: randomUUID(),
        to: 'PROPOSED' as const,
        note: 'Diusulkan',
      };
      await expect(
        city.here.tasks.changeStatus(city.people.head, wish, '2019-06-01T02:00:00.000Z'),
      ).rejects.toMatchObject({
        code: 'not-found',
      });
      await city.here.tasks.changeStatus(city.people.head, { ...wish, commandId: randomUUID() });
      expect((await stateOf(taskId)).task.status).toBe('PROPOSED');
    });
  });

  describe('its milestones', () => {
    it('are ticked by a member of the unit that owns them, with the day of Jambi', async () => {
      const taskId = await city.aTask();
      const milestoneId = await city.aMilestone(taskId, 'DLH');
      const receipt = await tick('member', taskId, milestoneId, { note: 'Selesai sesuai rencana' });
      expect((await eventsOf(taskId)).at(-1)).toMatchObject({
        seq: receipt.seq,
        type: 'milestone.changed',
        data: {
          from: 'NOT_STARTED',
          milestone: { status: 'DONE', completedOn: today(), note: 'Selesai sesuai rencana' },
          note: 'Selesai sesuai rencana',
        },
      });
      expect((await stateOf(taskId)).milestones).toMatchObject([
        { id: milestoneId, status: 'DONE', completedOn: today() },
      ]);
    });

    it('lose their day when the tick is taken back, and keep the note', async () => {
      const taskId = await city.aTask();
      const milestoneId = await city.aMilestone(taskId);
      await tick('lead', taskId, milestoneId, { note: 'Sudah' });
      await tick('lead', taskId, milestoneId, { status: 'IN_PROGRESS' });
      expect((await stateOf(taskId)).milestones).toMatchObject([
        { status: 'IN_PROGRESS', completedOn: null, note: 'Sudah' },
      ]);
      // The history tells the note once, with the change it was written for.
      expect((await eventsOf(taskId)).slice(-2).map(({ data }) => data)).toMatchObject([
        { note: 'Sudah' },
        { note: null },
      ]);
    });

    it('can get a note without another status, and the day of the tick stays', async () => {
      const taskId = await city.aTask();
      const milestoneId = await city.aMilestone(taskId);
      await tick('lead', taskId, milestoneId);
      await tick('lead', taskId, milestoneId, { note: 'Foto menyusul' });
      expect((await stateOf(taskId)).milestones).toMatchObject([
        { status: 'DONE', completedOn: today(), note: 'Foto menyusul' },
      ]);
      await expect(tick('lead', taskId, milestoneId, { note: 'Foto menyusul' })).rejects.toMatchObject({
        code: 'milestone.unchanged',
      });
    });

    it('are shown to citizens, and hidden again, by the lead alone', async () => {
      const taskId = await city.aTask();
      const milestoneId = await city.aMilestone(taskId, 'DLH');
      await expect(tick('member', taskId, milestoneId, { public: true })).rejects.toMatchObject({
        code: 'forbidden',
        details: { action: 'milestone.show', who: ['KETUA_TIM'] },
      });
      await tick('lead', taskId, milestoneId, { public: true });
      await tick('member', taskId, milestoneId, { status: 'IN_PROGRESS', public: true });
      await tick('lead', taskId, milestoneId, { status: 'IN_PROGRESS', public: false });
      expect((await eventsOf(taskId)).slice(-3).map(({ data }) => data)).toMatchObject([
        { shown: true, from: 'NOT_STARTED', milestone: { public: true, status: 'DONE' } },
        { shown: null, from: 'DONE', milestone: { public: true, status: 'IN_PROGRESS' } },
        { shown: false, from: 'IN_PROGRESS', milestone: { public: false, status: 'IN_PROGRESS' } },
      ]);
    });

    it('are all the lead’s', async () => {
      const taskId = await city.aTask();
      const milestoneId = await city.aMilestone(taskId, 'DLH');
      await tick('lead', taskId, milestoneId);
      expect((await stateOf(taskId)).milestones[0]?.status).toBe('DONE');
    });

    it.each<[PersonName]>([['member'], ['head'], ['sekda'], ['asisten']])(
      'of another unit are not for %s',
      async (by) => {
        const taskId = await city.aTask();
        const milestoneId = await city.aMilestone(taskId, 'PUPR');
        await expect(tick(by, taskId, milestoneId)).rejects.toMatchObject({
          code: 'forbidden',
          details: { action: 'milestone.change' },
        });
      },
    );

    it('cannot be ticked twice', async () => {
      const taskId = await city.aTask();
      const milestoneId = await city.aMilestone(taskId);
      await tick('lead', taskId, milestoneId);
      await expect(tick('lead', taskId, milestoneId)).rejects.toMatchObject({
        code: 'milestone.unchanged',
        details: { status: 'DONE' },
      });
    });

    it('are ticked once by two who tick at the same moment', async () => {
      const taskId = await city.aTask();
      const milestoneId = await city.aMilestone(taskId, 'DLH');
      const outcomes = await Promise.allSettled([
        tick('lead', taskId, milestoneId),
        tick('member', taskId, milestoneId),
      ]);
      expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({
        reason: { code: 'milestone.unchanged' },
      });
    });

    it('of another task do not exist here', async () => {
      const [taskId, elsewhere] = [await city.aTask(), await city.aTask()];
      const milestoneId = await city.aMilestone(elsewhere);
      await expect(tick('lead', taskId, milestoneId)).rejects.toMatchObject({ code: 'not-found' });
      await expect(tick('outsider', taskId, milestoneId)).rejects.toMatchObject({ code: 'not-found' });
    });

    it.each([...READ_ONLY_STATUSES])('can only be read in a task that is %s', async (status) => {
      const taskId = await city.aTask();
      const milestoneId = await city.aMilestone(taskId);
      if (status === 'CANCELLED')
        await city.here.tasks.changeStatus(city.people.sekda, {
          workspaceId: taskId,
          commandId: randomUUID(),
          to: status,
          note: 'Batal',
        });
      else {
        await change('lead', taskId, 'IN_VERIFICATION');
        await change('sekda', taskId, 'COMPLETED');
        if (status === 'ARCHIVED') await change('lead', taskId, 'ARCHIVED');
      }
      await expect(tick('lead', taskId, milestoneId)).rejects.toMatchObject({
        code: 'task.read-only',
        details: { status },
      });
    });
  });

  describe('its team', () => {
    it('gets a new lead in the place of the one before', async () => {
      const taskId = await city.aTask();
      const { lead, colleague, head } = city.people;
      await city.here.team.addMember(head, {
        commandId: randomUUID(),
        taskId,
        personId: colleague.id,
        opdId: city.opds.DLH,
        teamRole: 'KETUA_TIM',
        mode: 'APPOINTED',
      });
      const { task, members } = await stateOf(taskId);
      expect(task.teamLead).toEqual(colleague);
      expect(members.map((member) => [member.person.id, member.teamRole])).toEqual([
        [lead.id, 'ANGGOTA'],
        [city.people.member.id, 'ANGGOTA'],
        [colleague.id, 'KETUA_TIM'],
      ]);
    });

    it('is left without a lead when the lead leaves', async () => {
      const taskId = await city.aTask();
      const { lead, head } = city.people;
      await city.here.team.removeMember(head, {
        commandId: randomUUID(),
        taskId,
        personId: lead.id,
        reason: 'Mutasi',
      });
      expect((await stateOf(taskId, 'member')).task.teamLead).toBeNull();
      await expect(city.here.reader.snapshot(lead.id, taskId)).rejects.toMatchObject({ code: 'not-found' });
    });
  });

  it('is set up twice by nobody', async () => {
    const taskId = await city.aTask();
    await expect(city.aTask('DRAFT', { taskId, code: 'TGS-LAIN' })).rejects.toMatchObject({
      code: 'organization.duplicate',
    });
  });
});
