import { randomUUID } from 'node:crypto';
import { addDays, type AppError, type AppointMember } from '#libs/contracts';
import type { Receipt } from '#libs/database';
import { City, today, type PersonName } from '../../support/city.js';

describe('who takes part in a task', () => {
  let city: City;
  beforeAll(async () => {
    city = await City.build();
  });
  afterAll(() => city.close());

  const state = async (taskId: string, who: PersonName = 'head') =>
    (await city.here.reader.snapshot(city.people[who].id, taskId)).state;
  const rights = (taskId: string, who: PersonName) => city.here.access.of(city.people[who].id, taskId);
  const about = (workspaceId: string) => ({ workspaceId, commandId: randomUUID() });
  const answer = (who: PersonName, taskId: string, said: 'ACCEPTED' | 'DECLINED', reason?: string) =>
    city.here.teams.answer(city.people[who], {
      ...about(taskId),
      opdId: city.opds.DLH,
      answer: said,
      ...(reason && { reason }),
    });
  const appoint = (who: PersonName, taskId: string, more: Partial<AppointMember> = {}) =>
    city.here.teams.appoint(city.people[who], {
      ...about(taskId),
      personId: city.people.colleague.id,
      opdId: city.opds.DLH,
      teamRole: 'ANGGOTA',
      mode: 'APPOINTED',
      until: addDays(today(), 60),
      ...more,
    });
  const codeOf = (wish: Promise<Receipt>) =>
    wish.then(
      () => 'done',
      ({ code }: AppError) => code,
    );
  const acceptanceOf = async (taskId: string, opdId: string) =>
    (await state(taskId)).opds.find(({ opd }) => opd.id === opdId)?.acceptance;

  describe('a unit', () => {
    it('that is asked is answered for by its head, and nobody else', async () => {
      const taskId = await city.aTask('ASSIGNED');
      for (const who of ['head', 'lead', 'sekda', 'author'] as const)
        expect([who, await codeOf(answer(who, taskId, 'ACCEPTED'))]).toEqual([
          who,
          who === 'author' ? 'not-found' : 'forbidden',
        ]);
      expect((await rights(taskId, 'supportingHead')).answerOpds).toEqual([city.opds.DLH]);
      expect(await codeOf(answer('supportingHead', taskId, 'DECLINED'))).toBe('validation');
      await answer('supportingHead', taskId, 'DECLINED', 'Tidak ada petugas sampai Desember');
      expect((await state(taskId)).opds[1]).toMatchObject({
        acceptance: 'DECLINED',
        reason: 'Tidak ada petugas sampai Desember',
      });
      await answer('supportingHead', taskId, 'ACCEPTED');
      expect(await acceptanceOf(taskId, city.opds.DLH)).toBe('ACCEPTED');
      expect(await codeOf(answer('supportingHead', taskId, 'DECLINED', 'Berubah'))).toBe('opd.already-in');
      expect((await rights(taskId, 'member')).post).toBe(true);
    });

    it('is answered for by who stands in for its head, and then not by the head', async () => {
      const taskId = await city.aTask('ASSIGNED');
      await city.here.source.query(
        `INSERT INTO position_assignments (id, person_id, opd_id, title, position_kind, mode, valid_from)
         VALUES ($1, $2, $3, 'Kepala Dinas Lingkungan Hidup', 'administrator', 'PLH', $4)`,
        [randomUUID(), city.people.outsider.id, city.opds.DLH, today()],
      );
      try {
        expect(await codeOf(answer('supportingHead', taskId, 'ACCEPTED'))).not.toBe('done');
        expect(await codeOf(answer('outsider', taskId, 'ACCEPTED'))).toBe('done');
      } finally {
        await city.here.source.query(`DELETE FROM position_assignments WHERE mode = 'PLH'`);
      }
    });

    it('is answered for once when two answer at the same moment', async () => {
      const taskId = await city.aTask('ASSIGNED');
      const codes = await Promise.all([
        codeOf(answer('supportingHead', taskId, 'ACCEPTED')),
        codeOf(answer('supportingHead', taskId, 'ACCEPTED')),
      ]);
      expect(codes.toSorted()).toEqual(['done', 'opd.already-in']);
    });

    it('can be asked later by the lead, at once when the task is assigned', async () => {
      const ask = (who: PersonName, taskId: string, opdId = city.opds.DINKES) =>
        codeOf(city.here.teams.ask(city.people[who], { ...about(taskId), opdId, role: 'Data pasien' }));
      const taskId = await city.aTask('IN_PROGRESS');
      expect(await ask('member', taskId)).toBe('forbidden');
      expect(await ask('lead', taskId, city.opds['ASISTEN-1'])).toBe('validation');
      expect(await ask('lead', taskId)).toBe('done');
      expect(await acceptanceOf(taskId, city.opds.DINKES)).toBe('PENDING');
      expect(await ask('lead', taskId)).toBe('opd.already-in');
      const draft = await city.aTask('DRAFT');
      expect(await ask('author', draft)).toBe('done');
      expect(await acceptanceOf(draft, city.opds.DINKES)).toBe('NOT_REQUESTED');
      const closed = await city.aTask('CANCELLED');
      expect(await ask('lead', closed)).toBe('task.read-only');
    });
  });

  describe('a person', () => {
    it('comes in by the head of the own unit, with a last day, once the unit takes part', async () => {
      const taskId = await city.aTask('ASSIGNED');
      expect(await codeOf(appoint('supportingHead', taskId))).toBe('forbidden');
      await answer('supportingHead', taskId, 'ACCEPTED');
      for (const who of ['head', 'lead', 'sekda', 'member'] as const)
        expect([who, await codeOf(appoint(who, taskId))]).toEqual([who, 'forbidden']);
      const until = addDays(today(), 60);
      await appoint('supportingHead', taskId, { mode: 'VOLUNTEERED' });
      const member = (await state(taskId)).members.find(
        ({ person }) => person.id === city.people.colleague.id,
      );
      expect(member).toMatchObject({ opdId: city.opds.DLH, mode: 'VOLUNTEERED', until });
      expect((await rights(taskId, 'colleague')).post).toBe(true);
    });

    it.each([
      ['of another unit', { personId: 'outsider' as const }],
      ['to lead from a supporting unit', { teamRole: 'KETUA_TIM' as const }],
      ['for a day that is over', { until: addDays(today(), -1) }],
      ['for more than a year', { until: addDays(today(), 400) }],
    ])('not %s', async (_, { personId, ...more }: { personId?: PersonName } & Partial<AppointMember>) => {
      const taskId = await city.aTask('IN_PROGRESS');
      const wish = { ...more, ...(personId && { personId: city.people[personId].id }) };
      expect(await codeOf(appoint('supportingHead', taskId, wish as Partial<AppointMember>))).toBe(
        'validation',
      );
    });

    it('becomes the lead by the coordinating head', async () => {
      const taskId = await city.aTask('IN_PROGRESS');
      const wish = { personId: city.people.author.id, opdId: city.opds.PUPR, teamRole: 'KETUA_TIM' as const };
      await appoint('head', taskId, wish);
      const { task, members } = await state(taskId);
      expect(task.teamLead?.id).toBe(city.people.author.id);
      expect(members.filter(({ teamRole }) => teamRole === 'KETUA_TIM')).toHaveLength(1);
    });

    it('leaves with a reason, and sees nothing any more', async () => {
      const taskId = await city.aTask('IN_PROGRESS');
      const remove = (who: PersonName) =>
        codeOf(
          city.here.teams.remove(city.people[who], {
            ...about(taskId),
            personId: city.people.member.id,
            reason: 'Mutasi ke kecamatan',
          }),
        );
      expect(await remove('lead')).toBe('forbidden');
      expect(await remove('supportingHead')).toBe('done');
      await expect(rights(taskId, 'member')).rejects.toMatchObject({ code: 'not-found' });
      expect(await remove('supportingHead')).toBe('not-found');
    });

    it('is in the team up to the last day, and not after it', async () => {
      const taskId = await city.aTask('IN_PROGRESS');
      const until = addDays(today(), 3);
      await appoint('supportingHead', taskId, { until });
      const on = (day: string) =>
        city.here.access.of(city.people.colleague.id, taskId, city.here.source.manager, day);
      expect((await on(until)).post).toBe(true);
      await expect(on(addDays(until, 1))).rejects.toMatchObject({ code: 'not-found' });
    });
  });
});
