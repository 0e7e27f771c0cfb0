import { randomUUID } from 'node:crypto';
import type { Answer, BoardAnswer, BoardScope } from '#libs/contracts';
import { City, type PersonName } from '../support/city.js';
import { LiveApp, type Peer } from '../support/live-app.js';

let city: City;
let app: LiveApp;

beforeAll(async () => {
  city = await City.build();
  app = await LiveApp.start(city.url);
}, 60_000);
afterAll(async () => {
  await app.close();
  await city.close();
});

const join = (peer: Peer, scope: BoardScope, since?: number) =>
  peer.ask<Answer<BoardAnswer>>('board.join', { scope, ...(since !== undefined && { since }) });
const own = (name: PersonName): BoardScope => `person:${city.people[name].id}`;

/** The tasks a board shows, and from then on hears of. */
async function shown(peer: Peer, scope: BoardScope): Promise<string[]> {
  const answer = await join(peer, scope);
  if (!answer.ok) throw new Error(`${scope}: ${answer.error.code}`);
  return answer.rows.map(({ taskId }) => taskId);
}

/** Waits until the boards have followed the history as far as it goes now. */
async function followed(): Promise<void> {
  const marker = await city.aTask('IN_PROGRESS');
  const sekda = await app.peer(city.people.sekda.id);
  const rows = await shown(sekda, 'city');
  if (!rows.includes(marker))
    await sekda.got('board.changed', (change) => change.rows.some((row) => row.taskId === marker));
  sekda.close();
}

describe('a board', () => {
  it('is opened by the position that oversees it, and one’s own by nobody else', async () => {
    const opens = async (name: PersonName, scope: BoardScope) => {
      const peer = await app.peer(city.people[name].id);
      const answer = await join(peer, scope);
      peer.close();
      return answer.ok ? true : answer.error.code;
    };
    expect(await opens('sekda', 'city')).toBe(true);
    expect(await opens('asisten', `field:${city.opds['ASISTEN-2']}`)).toBe(true);
    expect(await opens('head', `opd:${city.opds.PUPR}`)).toBe(true);
    expect(await opens('member', own('member'))).toBe(true);
    expect(await opens('asisten', 'city')).toBe('not-found');
    expect(await opens('sekda', 'monitor')).toBe('not-found');
    expect(await opens('head', `opd:${city.opds.DLH}`)).toBe('not-found');
    expect(await opens('sekda', own('member'))).toBe('not-found');
    expect(await opens('head', 'nonsense' as BoardScope)).toBe('validation');
  });

  it('tells a PPID that another sentence waits, and shows no task', async () => {
    const { head, supportingHead, outsider } = city.people;
    const reviews = (personId: string, opdId: string | null) =>
      city.here.source.query(
        `INSERT INTO role_grants (id, person_id, role, opd_id, valid_from) VALUES (gen_random_uuid(), $1, 'PPID', $2, '2020-01-01')`,
        [personId, opdId],
      );
    await reviews(outsider.id, null);
    await reviews(head.id, city.opds.PUPR);
    await reviews(supportingHead.id, city.opds.DLH);
    const taskId = await city.aTask('IN_PROGRESS');
    await city.here.setup.updateTask(city.people.lead, { commandId: randomUUID(), taskId, published: true });
    await followed();

    const ofCity = await app.peer(outsider.id);
    const ofUnit = await app.peer(head.id);
    const ofOther = await app.peer(supportingHead.id);
    const [unit, other] = [`review:${city.opds.PUPR}`, `review:${city.opds.DLH}`] as const;
    expect(await join(ofUnit, 'review')).toMatchObject({ ok: false, error: { code: 'not-found' } });
    const joined = [await join(ofCity, 'review'), await join(ofUnit, unit), await join(ofOther, other)];
    for (const answer of joined) expect(answer).toMatchObject({ ok: true, rows: [] });

    const hold = {
      workspaceId: taskId,
      commandId: randomUUID(),
      to: 'ON_HOLD' as const,
      note: 'Menunggu alat',
    };
    await city.here.tasks.changeStatus(city.people.lead, { ...hold, publicSentence: 'Ditunda sementara.' });
    const told = await ofCity.got('board.changed', ({ scope }) => scope === 'review');
    expect(told).toMatchObject({ rows: [], removed: [] });
    await ofUnit.got('board.changed', ({ scope }) => scope === unit);

    // What changes nothing in the queue is not told.
    await city.here.tasks.changeStatus(city.people.lead, {
      ...hold,
      commandId: randomUUID(),
      to: 'IN_PROGRESS',
    });
    await followed();
    expect(await join(ofCity, 'review', told.version)).toMatchObject({ version: told.version });
    expect(await join(ofOther, other)).toMatchObject({ version: joined[2]?.ok ? joined[2].version : -1 });
    for (const peer of [ofCity, ofUnit, ofOther]) peer.close();
  });

  it('shows a task from the step on that the policy shows it to its viewers', async () => {
    const draft = await city.aTask('DRAFT');
    const cancelled = await city.aTask('DRAFT');
    await city.here.tasks.changeStatus(city.people.head, {
      workspaceId: cancelled,
      commandId: randomUUID(),
      to: 'CANCELLED',
      note: 'Tidak jadi',
    });
    const assigned = await city.aTask('ASSIGNED');
    await followed();
    const seenBy = async (name: PersonName, scope: BoardScope) => {
      const peer = await app.peer(city.people[name].id);
      const rows = await shown(peer, scope);
      peer.close();
      return [draft, cancelled, assigned].map((taskId) => rows.includes(taskId));
    };
    expect(await seenBy('sekda', 'city')).toEqual([false, false, true]);
    expect(await seenBy('head', `opd:${city.opds.PUPR}`)).toEqual([true, true, true]);
    expect(await seenBy('supportingHead', `opd:${city.opds.DLH}`)).toEqual([false, false, true]);
    expect(await seenBy('author', own('author'))).toEqual([true, true, false]);
    expect(await seenBy('lead', own('lead'))).toEqual([true, true, true]);
    // The member's unit has not answered yet.
    expect(await seenBy('member', own('member'))).toEqual([false, false, false]);
    expect(await seenBy('asisten', own('asisten'))).toEqual([false, false, true]);
  });

  it('changes while it is open: a task comes with the unit’s yes, and goes with its no', async () => {
    const taskId = await city.aTask('ASSIGNED');
    await followed();
    const member = await app.peer(city.people.member.id);
    expect(await shown(member, own('member'))).not.toContain(taskId);
    await city.accept(taskId);
    await member.got('board.changed', ({ rows }) => rows.some((row) => row.taskId === taskId));
    await city.here.team.removeMember(city.people.head, {
      commandId: randomUUID(),
      taskId,
      personId: city.people.member.id,
      reason: 'Mutasi',
    });
    await member.got('board.changed', ({ removed }) => removed.includes(taskId));
    member.close();
  });

  it('answers who comes back with what changed since, and starts anew who is ahead of it', async () => {
    const taskId = await city.aTask('IN_PROGRESS');
    await followed();
    const sekda = await app.peer(city.people.sekda.id);
    const first = await join(sekda, 'city');
    if (!first.ok) throw new Error(first.error.code);
    expect(first).toMatchObject({ full: true, removed: [] });
    await sekda.ask('board.leave', { scope: 'city' });
    await city.here.tasks.changeStatus(city.people.lead, {
      workspaceId: taskId,
      commandId: randomUUID(),
      to: 'BLOCKED',
      note: 'Alat berat rusak',
    });
    await followed();
    const back = await join(sekda, 'city', first.version);
    expect(back).toMatchObject({ ok: true, full: false });
    expect(back.ok && back.rows.find((row) => row.taskId === taskId)?.status).toBe('BLOCKED');
    expect(await join(sekda, 'city', first.version + 1_000_000)).toMatchObject({ ok: true, full: true });
    sekda.close();
  });
});
