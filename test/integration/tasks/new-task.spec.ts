import { randomUUID } from 'node:crypto';
import { addDays, type AppError, type CreateTask } from '#libs/contracts';
import { City, today } from '../../support/city.js';

describe('a person makes a task by its four answers', () => {
  let city: City;
  beforeAll(async () => {
    city = await City.build();
  });
  afterAll(() => city.close());

  const answers = (more: Partial<CreateTask> = {}): CreateTask => ({
    workspaceId: randomUUID(),
    commandId: randomUUID(),
    title: 'Pompa siaga di tiga kelurahan',
    coordinatingOpdId: city.opds.PUPR,
    supportingOpdIds: [city.opds.DLH, city.opds.DINKES],
    dueDate: addDays(today(), 30),
    ...more,
  });
  const snapshot = (who: keyof City['people'], taskId: string) =>
    city.here.reader.snapshot(city.people[who].id, taskId);
  const refusal = (wish: CreateTask, who: keyof City['people'] = 'author') =>
    city.here.drafts.create(city.people[who], wish).then(
      () => null,
      ({ code, details }: AppError) => ({ code, details }),
    );

  it('and its author, its head and its lead see the draft, nobody else', async () => {
    const wish = answers({ teamLeadId: city.people.lead.id });
    const receipt = await city.here.drafts.create(city.people.author, wish);
    expect(receipt).toMatchObject({ streamId: wish.workspaceId, dup: false });
    for (const who of ['author', 'head', 'lead'] as const) {
      const { state } = await snapshot(who, wish.workspaceId);
      expect(state.task).toMatchObject({
        title: wish.title,
        status: 'DRAFT',
        confidentiality: 'LIMITED',
        teamLead: { id: city.people.lead.id },
        dueDate: wish.dueDate,
        originalDueDate: wish.dueDate,
      });
      expect(state.task.code).toMatch(/^TGS-\d{4}-\d{4}$/);
      expect(state.opds.map(({ opd, acceptance }) => [opd.id, acceptance])).toEqual([
        [city.opds.PUPR, 'ACCEPTED'],
        [city.opds.DLH, 'NOT_REQUESTED'],
        [city.opds.DINKES, 'NOT_REQUESTED'],
      ]);
    }
    for (const who of ['supportingHead', 'sekda', 'member'] as const) {
      await expect(snapshot(who, wish.workspaceId)).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  it('once, however often it is sent', async () => {
    const wish = answers();
    const first = await city.here.drafts.create(city.people.author, wish);
    const again = await city.here.drafts.create(city.people.author, wish);
    expect(again).toEqual({ ...first, dup: true });
    expect(await refusal({ ...wish, commandId: randomUUID() })).toMatchObject({
      code: 'organization.duplicate',
    });
  });

  it('and each gets a code of its own, also at the same moment on two instances', async () => {
    const there = await city.anotherInstance();
    const wishes = Array.from({ length: 8 }, () => answers());
    await Promise.all(
      wishes.map((wish, n) => (n % 2 ? city.here : there).drafts.create(city.people.author, wish)),
    );
    const codes = await Promise.all(
      wishes.map(async ({ workspaceId }) => (await snapshot('author', workspaceId)).state.task.code),
    );
    expect(new Set(codes).size).toBe(wishes.length);
  });

  it('not with units, people or days that do not fit, and not without a post', async () => {
    const wrong = answers({
      teamLeadId: city.people.member.id,
      supportingOpdIds: [city.opds.PUPR],
      dueDate: addDays(today(), -1),
    });
    expect(await refusal(wrong)).toEqual({
      code: 'validation',
      details: {
        fields: [
          { field: 'teamLeadId', rule: 'not-one-of' },
          { field: 'supportingOpdIds', rule: 'not-one-of' },
          { field: 'dueDate', rule: 'out-of-range' },
        ],
      },
    });
    expect(await refusal(answers({ coordinatingOpdId: city.opds['ASISTEN-1'] }))).toMatchObject({
      code: 'validation',
    });
    const { source, organization } = city.here;
    const id = randomUUID();
    await source.query('INSERT INTO persons (id, name) VALUES ($1, $2)', [id, 'Tanpa Jabatan']);
    await expect(city.here.drafts.create(await organization.personView(id), answers())).rejects.toMatchObject(
      { code: 'forbidden' },
    );
  });

  it('the head proposes it, the Sekda assigns it with its letter, and the units are asked', async () => {
    const wish = answers({ teamLeadId: city.people.lead.id, supportingOpdIds: [city.opds.DLH] });
    await city.here.drafts.create(city.people.author, wish);
    const move = (who: keyof City['people'], to: 'PROPOSED' | 'ASSIGNED', letter?: object) =>
      city.here.tasks.changeStatus(city.people[who], {
        workspaceId: wish.workspaceId,
        commandId: randomUUID(),
        to,
        note: 'Sesuai arahan',
        ...(letter && { letter: letter as never }),
      });
    const letter = { kind: 'Surat Tugas', number: '800.1.11.1/416/SETDA', date: today() };
    await expect(move('head', 'PROPOSED', letter)).rejects.toMatchObject({ code: 'validation' });
    await move('head', 'PROPOSED');
    await move('sekda', 'ASSIGNED', letter);
    const { state } = await snapshot('supportingHead', wish.workspaceId);
    expect(state.task).toMatchObject({ status: 'ASSIGNED', assignmentLetter: letter });
    expect(state.opds.map(({ acceptance }) => acceptance)).toEqual(['ACCEPTED', 'PENDING']);
  });

  it('from a directory of units that can answer and of people with a post in them', async () => {
    const { organization } = city.here;
    expect((await organization.opdsOn(today())).map(({ code }) => code)).toEqual([
      'PUPR',
      'DINKES',
      'DLH',
      'SETDA',
    ]);
    const staff = await organization.staffOf(city.opds.DLH, today());
    expect(staff.map(({ name }) => name)).toEqual([
      'colleague, S.T.',
      'member, S.T.',
      'supportingHead, S.T.',
    ]);
    expect(Object.keys(staff[0] ?? {}).sort()).toEqual(['id', 'name', 'opd', 'position']);
  });
});
