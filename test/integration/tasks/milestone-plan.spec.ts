import { randomUUID } from 'node:crypto';
import type { PlanMilestone, AppError } from '#libs/contracts';
import type { Receipt } from '#libs/database';
import { City, type PersonName } from '../../support/city.js';

describe('the plan of a task', () => {
  let city: City;
  let taskId: string;
  beforeAll(async () => {
    city = await City.build();
  });
  beforeEach(async () => {
    taskId = await city.aTask('IN_PROGRESS');
  });
  afterAll(() => city.close());

  const wish = (title: string, more: Partial<PlanMilestone> = {}): PlanMilestone => ({
    workspaceId: taskId,
    commandId: randomUUID(),
    milestoneId: randomUUID(),
    title,
    opdId: city.opds.PUPR,
    ...more,
  });
  const add = async (title: string, more: Partial<PlanMilestone> = {}): Promise<string> => {
    const asked = wish(title, more);
    await city.here.plan.add(city.people.lead, asked);
    return asked.milestoneId;
  };
  const plan = (milestoneId: string, more: Partial<PlanMilestone>, who: PersonName = 'lead') =>
    city.here.plan.plan(city.people[who], { ...wish('Peta'), milestoneId, ...more });
  const move = (milestoneId: string, place: number) =>
    city.here.plan.move(city.people.lead, {
      workspaceId: taskId,
      commandId: randomUUID(),
      milestoneId,
      place,
    });
  const milestones = async () =>
    (await city.here.reader.snapshot(city.people.head.id, taskId)).state.milestones;
  const titles = async () => (await milestones()).map(({ title }) => title);
  const codeOf = (asked: Promise<Receipt>) =>
    asked.then(
      () => 'done',
      ({ code }: AppError) => code,
    );

  it('is the lead’s, in a task that is open and assigned', async () => {
    for (const who of ['member', 'head', 'sekda'] as const)
      expect([who, await codeOf(city.here.plan.add(city.people[who], wish('Peta')))]).toEqual([
        who,
        'forbidden',
      ]);
    expect(await codeOf(city.here.plan.add(city.people.lead, wish('Peta')))).toBe('done');
    await city.here.tasks.changeStatus(city.people.sekda, {
      workspaceId: taskId,
      commandId: randomUUID(),
      to: 'CANCELLED',
      note: 'Tidak dilanjutkan',
    });
    expect(await codeOf(city.here.plan.add(city.people.lead, wish('Uji')))).toBe('task.read-only');
  });

  it('takes milestones behind the others, and a later plan in place of the first', async () => {
    const first = await add('Peta titik genangan', { dueDate: '2026-12-01' });
    await add('Angkat sedimen', { opdId: city.opds.DLH, after: first });
    expect(await milestones()).toMatchObject([
      {
        title: 'Peta titik genangan',
        position: 1,
        dueDate: '2026-12-01',
        status: 'NOT_STARTED',
        after: null,
      },
      { title: 'Angkat sedimen', position: 2, dueDate: null, after: first, opd: { id: city.opds.DLH } },
    ]);
    await plan(first, { title: 'Peta yang disepakati', opdId: city.opds.DLH });
    expect((await milestones())[0]).toMatchObject({
      title: 'Peta yang disepakati',
      dueDate: null,
      opd: { id: city.opds.DLH },
    });
  });

  it('has an order that the lead changes, also when two do at once', async () => {
    const ids: string[] = [];
    for (const title of ['Satu', 'Dua', 'Tiga']) ids.push(await add(title));
    await move(ids[2] ?? '', 1);
    expect(await titles()).toEqual(['Tiga', 'Satu', 'Dua']);
    await move(ids[2] ?? '', 99);
    expect(await titles()).toEqual(['Satu', 'Dua', 'Tiga']);
    await Promise.all([move(ids[0] ?? '', 3), move(ids[1] ?? '', 1)]);
    expect((await titles()).toSorted()).toEqual(['Dua', 'Satu', 'Tiga']);
    expect((await milestones()).map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('goes to no unit that takes no part, and lets nothing wait for itself', async () => {
    const first = await add('Satu');
    const second = await add('Dua', { after: first });
    expect(await codeOf(plan(first, { opdId: city.opds.DINKES }))).toBe('validation');
    expect(await codeOf(plan(first, { after: first }))).toBe('validation');
    expect(await codeOf(plan(first, { after: second }))).toBe('validation');
    expect(await codeOf(plan(first, { after: randomUUID() }))).toBe('validation');
    expect(await codeOf(plan(randomUUID(), {}))).toBe('not-found');
  });

  it('lets a milestone be ticked before the one it waits for', async () => {
    const first = await add('Satu');
    const second = await add('Dua', { after: first });
    await city.here.tasks.changeMilestone(city.people.lead, {
      workspaceId: taskId,
      commandId: randomUUID(),
      milestoneId: second,
      status: 'DONE',
    });
    expect(await milestones()).toMatchObject([{ status: 'NOT_STARTED' }, { status: 'DONE', after: first }]);
  });
});
