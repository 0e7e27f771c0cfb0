import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import {
  addDays,
  isAppError,
  LIMITS,
  stepsFrom,
  STEPS_WITH_UNIT,
  type HandoverStep,
  type HandoverView,
  type OpenHandover,
} from '#libs/contracts';
import type { Receipt } from '#libs/database';
import { City, today, type Instance, type PersonName } from '../../support/city.js';

describe('work that goes from unit to unit', () => {
  let city: City;
  beforeAll(async () => {
    city = await City.build();
  });
  afterAll(() => city.close());

  const codeOf = (wish: Promise<Receipt>): Promise<string> =>
    wish.then(
      () => 'done',
      (error: unknown) => {
        if (!isAppError(error)) throw error;
        return error.code;
      },
    );
  const open = (who: PersonName, workspaceId: string, more: Partial<OpenHandover> = {}) =>
    city.here.handovers.open(city.people[who], {
      ...{ workspaceId, commandId: randomUUID(), handoverId: randomUUID() },
      ...{ title: 'Angkut sedimen', what: 'Sedimen 12 saluran diangkut ke TPA.', dueDate: today() },
      ...{ fromOpdId: city.opds.PUPR, toOpdId: city.opds.DLH },
      ...more,
    });
  const give = async (workspaceId: string, more: Partial<OpenHandover> = {}): Promise<string> => {
    const handoverId = randomUUID();
    await open('lead', workspaceId, { handoverId, ...more });
    return handoverId;
  };
  const step = (
    who: PersonName,
    workspaceId: string,
    handoverId: string,
    to: HandoverStep,
    more: { note?: string; toOpdId?: string } = {},
    on: Instance = city.here,
  ) =>
    on.handovers.move(city.people[who], {
      ...{ workspaceId, commandId: randomUUID(), handoverId, step: to },
      ...more,
    });
  const view = async (taskId: string, handoverId: string): Promise<HandoverView> => {
    const { state } = await city.here.reader.snapshot(city.people.lead.id, taskId);
    const found = state.handovers.find(({ id }) => id === handoverId);
    if (!found) throw new Error('it is not there');
    return found;
  };
  const where = async (taskId: string, handoverId: string) => {
    const { status, holder, returns } = await view(taskId, handoverId);
    return `${status} ${holder.code} ${returns}`;
  };
  const chain = (taskId: string, handoverId: string, before?: number, limit?: number) =>
    city.here.handoverPages.chain(city.people.lead.id, taskId, handoverId, before, limit);
  const because = { note: 'Lokasi TPA belum jelas.' };

  it.each([
    ['the lead', 'lead', 'done'],
    ['the head of the unit', 'head', 'done'],
    ['somebody of the other unit', 'member', 'forbidden'],
    ['the head of the other unit', 'supportingHead', 'forbidden'],
    ['a leader of the city', 'sekda', 'forbidden'],
    ['somebody outside', 'outsider', 'not-found'],
  ] as const)('is given by %s: %s %s', async (_, who, code) => {
    expect(await codeOf(open(who, await city.aTask()))).toBe(code);
  });

  it('goes to another unit that takes part, for a day to come, in a task at work', async () => {
    const taskId = await city.aTask();
    const refused = (more: Partial<OpenHandover>) => codeOf(open('lead', taskId, more));
    expect(await refused({ toOpdId: city.opds.DINKES })).toBe('validation');
    expect(await refused({ toOpdId: city.opds.PUPR })).toBe('validation');
    expect(await refused({ dueDate: addDays(today(), -1) })).toBe('validation');
    expect(await refused({ dueDate: addDays(today(), LIMITS.taskDays + 1) })).toBe('validation');
    expect(await refused({ handoverId: await give(taskId) })).toBe('organization.duplicate');
    expect(await codeOf(open('head', await city.aTask('PROPOSED')))).toBe('forbidden');
    expect(await codeOf(open('lead', await city.aTask('CANCELLED')))).toBe('task.read-only');
  });

  it('is accepted by the receiving unit alone, and finished by whoever holds it', async () => {
    const taskId = await city.aTask();
    const id = await give(taskId);
    expect(await where(taskId, id)).toBe('OFFERED DLH 0');
    const { heldSince } = await view(taskId, id);
    expect(await codeOf(step('lead', taskId, id, 'ACCEPTED'))).toBe('handover.moved-on');
    expect(await codeOf(step('sekda', taskId, id, 'ACCEPTED'))).toBe('forbidden');
    expect(await codeOf(step('outsider', taskId, id, 'ACCEPTED'))).toBe('not-found');
    expect(await codeOf(step('member', taskId, randomUUID(), 'ACCEPTED'))).toBe('not-found');
    await step('supportingHead', taskId, id, 'ACCEPTED');
    expect(await where(taskId, id)).toBe('HELD DLH 0');
    expect((await view(taskId, id)).heldSince).toBe(heldSince);
    expect(await codeOf(step('member', taskId, id, 'RETURNED', because))).toBe('handover.moved-on');
    await step('member', taskId, id, 'DONE', { note: 'Sudah diangkut.' });
    expect(await where(taskId, id)).toBe('DONE DLH 0');
    expect(await codeOf(step('member', taskId, id, 'DONE'))).toBe('handover.moved-on');
  });

  it('is with the giver while a question waits, and with the receiver again after the answer', async () => {
    const taskId = await city.aTask();
    const id = await give(taskId);
    expect(await codeOf(step('member', taskId, id, 'ASKED'))).toBe('validation');
    await step('member', taskId, id, 'ASKED', { note: 'TPA yang mana?' });
    expect(await where(taskId, id)).toBe('ASKED PUPR 0');
    expect(await codeOf(step('member', taskId, id, 'ACCEPTED'))).toBe('handover.moved-on');
    await step('lead', taskId, id, 'ANSWERED', { note: 'Talang Gulo.' });
    expect(await where(taskId, id)).toBe('OFFERED DLH 0');
    expect((await view(taskId, id)).last.note).toBe('Talang Gulo.');
  });

  it('goes to the Sekda with the third return, and from there to the unit that he names', async () => {
    const taskId = await city.aTask();
    const id = await give(taskId);
    for (const returned of ['RETURNED PUPR 1', 'RETURNED PUPR 2']) {
      expect(await codeOf(step('member', taskId, id, 'RETURNED'))).toBe('validation');
      await step('member', taskId, id, 'RETURNED', because);
      expect(await where(taskId, id)).toBe(returned);
      await step('lead', taskId, id, 'OFFERED', { toOpdId: city.opds.DLH });
    }
    await step('member', taskId, id, 'RETURNED', because);
    expect(await where(taskId, id)).toBe('WITH_SEKDA SETDA 3');
    const says = { note: 'DLH mengangkut.', toOpdId: city.opds.DLH };
    expect(await codeOf(step('lead', taskId, id, 'DIRECTED', says))).toBe('handover.moved-on');
    expect(await codeOf(step('asisten', taskId, id, 'DIRECTED', says))).toBe('forbidden');
    expect(await codeOf(step('sekda', taskId, id, 'DIRECTED', { note: 'x' }))).toBe('validation');
    await step('sekda', taskId, id, 'DIRECTED', says);
    expect(await where(taskId, id)).toBe('HELD DLH 0');
    const { byOpd } = await chain(taskId, id);
    expect(byOpd.map(({ opd }) => opd.code)).toEqual(['DLH', 'PUPR', 'SETDA']);
  });

  it('of two who accept at the same moment on two instances one does, and the other is told who', async () => {
    const there = await city.anotherInstance();
    const taskId = await city.aTask();
    const id = await give(taskId);
    const answers = await Promise.allSettled([
      step('member', taskId, id, 'ACCEPTED'),
      step('supportingHead', taskId, id, 'ACCEPTED', {}, there),
    ]);
    const refused = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [answer.reason as unknown] : [],
    );
    expect(refused).toHaveLength(1);
    expect(isAppError(refused[0]) && refused[0].toWire()).toMatchObject({
      code: 'handover.moved-on',
      details: { status: 'HELD', holder: 'DLH', by: (await view(taskId, id)).last.by.name },
    });
    expect((await chain(taskId, id)).holds.map(({ step: taken }) => taken)).toEqual(['OFFERED', 'ACCEPTED']);
  });

  it('has one holder at every moment, and ages that add up, whatever is tried in any order', async () => {
    const taskId = await city.aTask();
    const id = await give(taskId);
    const walk = fc.sample(fc.tuple(fc.nat(), fc.shuffledSubarray(['PUPR', 'DLH'], { minLength: 2 })), {
      seed: 7,
      numRuns: 30,
    });
    for (const [n, units] of walk) {
      const steps = stepsFrom((await view(taskId, id)).status).filter((one) => one !== 'DONE');
      const taken = steps[n % steps.length];
      if (!taken) throw new Error('it is done');
      for (const who of ['lead', 'member', 'sekda'] as const)
        for (const unit of units as ('PUPR' | 'DLH')[])
          await codeOf(
            step(who, taskId, id, taken, {
              ...(taken !== 'ACCEPTED' && because),
              ...(STEPS_WITH_UNIT.has(taken) && { toOpdId: city.opds[unit] }),
            }),
          );
    }
    const { holds, byOpd, total, asOf } = await chain(taskId, id, undefined, LIMITS.maxPage);
    expect(holds.length).toBeGreaterThan(10);
    holds.slice(1).forEach((hold, i) => expect(holds[i]?.until).toBe(hold.at));
    expect(holds.filter(({ until }) => until === null)).toHaveLength(1);
    expect(holds.at(-1)?.opd).toEqual((await view(taskId, id)).holder);
    expect(total.elapsedMs).toBe(Date.parse(asOf) - Date.parse(holds[0]?.at ?? ''));
    for (const kind of ['elapsedMs', 'workedMs'] as const) {
      expect(byOpd.reduce((sum, age) => sum + age[kind], 0)).toBe(total[kind]);
      expect(holds.reduce((sum, age) => sum + age[kind], 0)).toBe(total[kind]);
    }
  });

  it('is never held twice: the database itself refuses a second present hold', async () => {
    const taskId = await city.aTask();
    const id = await give(taskId);
    await expect(
      city.here.source.query(
        `INSERT INTO handover_holds (handover_id, no, step, opd_id, by_id, at)
         SELECT handover_id, no + 1, step, opd_id, by_id, at FROM handover_holds WHERE handover_id = $1`,
        [id],
      ),
    ).rejects.toThrow('handover_holds_now');
  });

  it('counts by the working time of the unit that holds it', async () => {
    const taskId = await city.aTask();
    const id = await give(taskId);
    // Given a week ago: five days of the city's ordinary hours have been worked since, whatever day it is.
    await city.here.source.query(
      `UPDATE handover_holds SET at = at - interval '7 days' WHERE handover_id = $1`,
      [id],
    );
    const { total } = await chain(taskId, id);
    expect(total.elapsedMs).toBeGreaterThanOrEqual(7 * 24 * 3_600_000);
    expect(total.workedMs).toBeLessThanOrEqual(5 * 9 * 3_600_000);
  });

  it('is read a page at a time, those that changed last first, by whoever sees the task', async () => {
    const taskId = await city.aTask();
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push(await give(taskId, { title: `Bagian ${i}` }));
    await step('member', taskId, ids[0] ?? '', 'ACCEPTED');
    const page = (before?: string) => city.here.handoverPages.page(city.people.sekda.id, taskId, before, 2);
    const seen: string[] = [];
    for (let { handovers, more } = await page(); ; { handovers, more } = await page(seen.at(-1))) {
      seen.push(...handovers.map(({ id }) => id));
      if (!more) break;
    }
    expect(seen).toEqual([ids[0], ...ids.slice(1).reverse()]);
    const holds = await chain(taskId, ids[0] ?? '', 2, 1);
    expect([holds.holds.map(({ no }) => no), holds.more]).toEqual([[1], false]);
    expect((await chain(taskId, ids[0] ?? '', undefined, 1)).more).toBe(true);
    await expect(city.here.handoverPages.page(city.people.outsider.id, taskId)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(chain(await city.aTask(), ids[0] ?? '')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('keeps its words from who only watches over personal data', async () => {
    const taskId = await city.aTask('IN_PROGRESS', { confidentiality: 'PERSONAL_DATA' });
    const id = await give(taskId);
    await step('member', taskId, id, 'ASKED', { note: 'Alamat warga yang mana?' });
    await city.here.source.query(
      `INSERT INTO role_grants (id, person_id, role, valid_from) VALUES ($1, $2, 'PEMANTAU', '2020-01-01')`,
      [randomUUID(), city.people.outsider.id],
    );
    const { state } = await city.here.reader.snapshot(city.people.outsider.id, taskId);
    expect(state.handovers).toMatchObject([{ title: 'Angkut sedimen', what: '', last: { note: null } }]);
    const own = await city.here.handoverPages.chain(city.people.outsider.id, taskId, id);
    expect(own.holds.map(({ note }) => note)).toEqual([null, null]);
  });
});
