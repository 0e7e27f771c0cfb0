import { randomUUID } from 'node:crypto';
import { addDays } from '#libs/contracts';
import { readConsistently, readHeads } from '#libs/database';
import { City, today, type PersonName } from '../../support/city.js';

describe('access to a workspace', () => {
  let city: City;
  beforeEach(async () => {
    city = await City.build();
  });
  afterEach(() => city.close());

  const see = async (by: PersonName, taskId: string) =>
    city.here.access.of(city.people[by].id, taskId).then(
      ({ see: sight, readMessages }) => ({ see: sight, readMessages }),
      (error: { code: string }) => error.code,
    );
  const aclOf = async (taskId: string) =>
    (await readHeads(city.here.source.manager, [taskId]))[0]?.aclVersion ?? -1;

  it('comes from positions, the field and the team', async () => {
    const taskId = await city.aTask('IN_PROGRESS');
    const full = { see: 'full', readMessages: true };
    const summary = { see: 'summary', readMessages: true };
    expect(await see('lead', taskId)).toEqual(full);
    expect(await see('member', taskId)).toEqual(full);
    for (const by of ['head', 'supportingHead', 'asisten', 'sekda', 'waliKota'] as const) {
      expect([by, await see(by, taskId)]).toEqual([by, summary]);
    }
    for (const by of ['author', 'colleague', 'outsider', 'otherAsisten'] as const) {
      expect([by, await see(by, taskId)]).toEqual([by, 'not-found']);
    }
  });

  it('to a draft is the author’s, the lead’s and the head’s', async () => {
    const taskId = await city.aTask('DRAFT');
    const seers = [];
    for (const by of Object.keys(city.people) as PersonName[])
      if ((await see(by, taskId)) !== 'not-found') seers.push(by);
    expect(seers.sort()).toEqual(['author', 'head', 'lead']);
  });

  it('begins for a unit’s members when the unit has accepted', async () => {
    const taskId = await city.aTask('ASSIGNED');
    expect(await see('member', taskId)).toBe('not-found');
    await city.accept(taskId);
    expect(await see('member', taskId)).toEqual({ see: 'full', readMessages: true });
  });

  it('of overseers to personal data ends before the messages, also in the first view', async () => {
    const taskId = await city.aTask('IN_PROGRESS', { confidentiality: 'PERSONAL_DATA' });
    const threadId = await city.aThread(taskId);
    await city.post('lead', taskId, threadId, 'Nama keluarga ada di lampiran surat.');
    const leader = await city.here.reader.snapshot(city.people.waliKota.id, taskId);
    expect(leader.access).toMatchObject({ see: 'summary', readMessages: false });
    expect(leader.state).toMatchObject({ threads: [], windows: {} });
    expect(JSON.stringify(leader.state)).not.toContain('Nama keluarga');
    await expect(
      city.here.discussion.page(city.people.waliKota.id, { workspaceId: taskId, threadId }),
    ).rejects.toMatchObject({ code: 'not-found' });
    const member = await city.here.reader.snapshot(city.people.member.id, taskId);
    expect(member.state.windows[threadId]?.messages).toHaveLength(1);
  });

  it('is read from a frozen view as it was in that view', async () => {
    const taskId = await city.aTask();
    const [before, after] = await readConsistently(city.here.source, async (tx) => {
      const first = await city.here.access.of(city.people.member.id, taskId, tx);
      const there = await city.anotherInstance();
      await there.team.removeMember(city.people.head, {
        commandId: randomUUID(),
        taskId,
        personId: city.people.member.id,
        reason: 'Mutasi',
      });
      return [first, await city.here.access.of(city.people.member.id, taskId, tx)];
    });
    expect(after).toEqual(before);
    expect(await see('member', taskId)).toBe('not-found');
  });

  it('has its version raised by every event that changes rights', async () => {
    const taskId = await city.aTask();
    const before = await aclOf(taskId);
    await city.here.team.removeMember(city.people.head, {
      commandId: randomUUID(),
      taskId,
      personId: city.people.member.id,
      reason: 'Mutasi',
    });
    expect(await aclOf(taskId)).toBe(before + 1);
    await city.aThread(taskId);
    expect(await aclOf(taskId)).toBe(before + 1);
  });

  it('follows a position that begins, and one that ends', async () => {
    const taskId = await city.aTask();
    const { outsider } = city.people;
    await city.here.changes.assignPosition({
      personId: outsider.id,
      opdId: city.opds.DLH,
      title: 'Kepala Dinas Lingkungan Hidup',
      positionKind: 'jpt_pratama',
      grade: null,
      mode: 'PLH',
      validFrom: addDays(today(), -1),
    });
    expect(await see('outsider', taskId)).toEqual({ see: 'summary', readMessages: true });
    // While somebody stands in, the definitive head has the role no more.
    expect(await see('supportingHead', taskId)).toBe('not-found');
  });

  it('raises the version of what the person reaches when positions change, and of nothing else', async () => {
    const taskId = await city.aTask();
    const archived = await city.aTask('ARCHIVED');
    const personIds = (names: PersonName[]) => names.map((name) => city.people[name].id);
    const raisedBy = async (...names: PersonName[]) => {
      const before = [await aclOf(taskId), await aclOf(archived)];
      const told = await city.here.access.raise(personIds(names));
      const after = [await aclOf(taskId), await aclOf(archived)];
      return { told, raised: after.map((version, i) => version - (before[i] ?? 0)) };
    };
    expect(await raisedBy('member')).toEqual({ told: 1, raised: [1, 0] });
    expect(await raisedBy('supportingHead', 'head')).toEqual({ told: 1, raised: [1, 0] });
    expect(await raisedBy('sekda')).toEqual({ told: 1, raised: [1, 0] });
    expect(await raisedBy('outsider')).toEqual({ told: 0, raised: [0, 0] });
    expect(await city.here.access.raise([])).toBe(0);
  });

  it('raises the versions by itself when the organisation tells of a change', async () => {
    const taskId = await city.aTask();
    const before = await aclOf(taskId);
    city.here.organization.refresh([city.people.head.id]);
    for (let tries = 0; tries < 100 && (await aclOf(taskId)) === before; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await aclOf(taskId)).toBe(before + 1);
  });

  it('costs one connection, however many ask', async () => {
    const taskId = await city.aTask();
    const there = await city.anotherInstance(2);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => there.reader.snapshot(city.people.member.id, taskId)),
    );
    expect(new Set(answers.map(({ seq }) => seq)).size).toBe(1);
  });
});
