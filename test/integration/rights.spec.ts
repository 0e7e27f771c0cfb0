import { randomUUID } from 'node:crypto';
import { addDays, type Answer, type BoardAnswer, type BoardScope, type JoinAnswer } from '#libs/contracts';
import { Today } from '../../src/access/today.service.js';
import { BoardProjection } from '../../src/board/board-projection.js';
import { City, Instance, today, type PersonName } from '../support/city.js';
import { LiveApp, type Peer } from '../support/live-app.js';

const A_DAY = 24 * 60 * 60_000;

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
afterEach(() => {
  app.get(Today).now = () => new Date();
});

const board = (peer: Peer, scope: BoardScope) => peer.ask<Answer<BoardAnswer>>('board.join', { scope });
const enter = (peer: Peer, workspaceId: string) => peer.ask<JoinAnswer>('workspace.join', { workspaceId });
let turns = 0;
/** Each time a day that has not been yet: the way back to today may not have been noticed. */
const tomorrow = () => {
  const ahead = ++turns * A_DAY;
  app.get(Today).now = () => new Date(Date.now() + ahead);
};

/** Head of DLH from a day to a day beside the one there is, as a Plt. */
const actingHead = (name: PersonName, validFrom: string, validTo: string) =>
  city.here.changes.assignPosition({
    personId: city.people[name].id,
    opdId: city.opds.DLH,
    title: 'Kepala Dinas Lingkungan Hidup',
    positionKind: 'jpt_pratama',
    grade: null,
    mode: 'PLT',
    validFrom,
    validTo,
  });

/** Rows a viewer would have got of what happens now: asked for after it has reached somebody who may see it. */
async function somethingHappens(witness: Peer): Promise<string> {
  const taskId = await city.aTask('IN_PROGRESS');
  await witness.got('board.changed', ({ rows }) => rows.some((row) => row.taskId === taskId));
  return taskId;
}

describe('when a new day begins in Jambi', () => {
  it('a room sends away whose post has ended, and lets in whose post has begun', async () => {
    const workspaceId = await city.aTask('IN_PROGRESS');
    const threadId = await city.aThread(workspaceId);
    await actingHead('colleague', today(), today());
    await actingHead('outsider', addDays(today(), 1), addDays(today(), 1));
    const [lead, leaving, coming] = await Promise.all([
      app.peer(city.people.lead.id),
      app.peer(city.people.colleague.id),
      app.peer(city.people.outsider.id),
    ]);
    expect(await enter(lead, workspaceId)).toMatchObject({ ok: true });
    expect(await enter(leaving, workspaceId)).toMatchObject({ ok: true });
    expect(await enter(coming, workspaceId)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    const before = await city.post('lead', workspaceId, threadId, 'Sebelum tengah malam');
    await leaving.got('workspace.events', ({ events }) => events.some(({ seq }) => seq === before.seq));

    tomorrow();
    expect(await leaving.got('workspace.closed')).toEqual({ workspaceId, reason: 'removed' });
    expect(await enter(coming, workspaceId)).toMatchObject({ ok: true });
    const after = await city.post('lead', workspaceId, threadId, 'Sesudah tengah malam');
    await lead.got('workspace.events', ({ events }) => events.some(({ seq }) => seq === after.seq));
    // An answer comes behind all that was sent before it.
    expect(await enter(leaving, workspaceId)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(JSON.stringify(leaving.received)).not.toContain('Sesudah tengah malam');
    expect(JSON.stringify(leaving.received)).toContain('Sebelum tengah malam');
  });

  it('the boards are renewed by the day that begins there, and say which it is', async () => {
    await city.aTask('IN_PROGRESS');
    tomorrow();
    const day = app.get(Today).day();
    await app.get(BoardProjection).renewDay();
    const [state] = await city.here.source.query<{ asOf: string }[]>(
      `SELECT to_char(as_of, 'YYYY-MM-DD') AS "asOf" FROM board_state`,
    );
    expect(state?.asOf).toBe(day);
    const sekda = await app.peer(city.people.sekda.id);
    expect(await board(sekda, 'city')).toMatchObject({ ok: true, asOf: day });
  });

  it('a board closes for whose post has ended', async () => {
    const scope: BoardScope = `opd:${city.opds.DLH}`;
    await actingHead('author', today(), today());
    const [witness, leaving] = await Promise.all([
      app.peer(city.people.supportingHead.id),
      app.peer(city.people.author.id),
    ]);
    for (const peer of [witness, leaving]) expect(await board(peer, scope)).toMatchObject({ ok: true });
    tomorrow();
    expect(await leaving.got('board.closed')).toEqual({ scope, reason: 'removed' });
    const taskId = await somethingHappens(witness);
    expect(await board(leaving, scope)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(JSON.stringify(leaving.received)).not.toContain(taskId);
    expect(witness.all('board.closed')).toEqual([]);
  });
});

it('how much is unread is told no more to somebody whom another instance has sent away', async () => {
  const workspaceId = await city.aTask('IN_PROGRESS');
  await city.aThread(workspaceId);
  const member = await app.peer(city.people.member.id);
  expect(await member.ask('marks.read', { workspaceId })).toMatchObject({ ok: true, marks: [{ unread: 0 }] });
  await city.here.team.removeMember(city.people.head, {
    commandId: randomUUID(),
    taskId: workspaceId,
    personId: city.people.member.id,
    reason: 'Pindah tugas',
  });
  expect(await member.ask('marks.read', { workspaceId })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
});

describe('a board of somebody whose right is taken elsewhere', () => {
  const monitor = (name: PersonName) => ({ personId: city.people[name].id, role: 'PEMANTAU' }) as const;

  it('closes soon, though the instance that took it ends right after', async () => {
    await city.here.changes.grantRole({ ...monitor('outsider'), opdId: null, validFrom: '2026-01-05' });
    await city.here.changes.grantRole({ ...monitor('otherAsisten'), opdId: null, validFrom: '2026-01-05' });
    const [witness, leaving] = await Promise.all([
      app.peer(city.people.otherAsisten.id),
      app.peer(city.people.outsider.id),
    ]);
    for (const peer of [witness, leaving]) expect(await board(peer, 'monitor')).toMatchObject({ ok: true });
    const own: BoardScope = `person:${city.people.outsider.id}`;
    expect(await board(leaving, own)).toMatchObject({ ok: true });

    const elsewhere = await Instance.open(city.url);
    await elsewhere.changes.revokeRole(monitor('outsider').personId, 'PEMANTAU', null, addDays(today(), -1));
    await elsewhere.close();
    expect(await leaving.got('board.closed')).toEqual({ scope: 'monitor', reason: 'removed' });
    const taskId = await somethingHappens(witness);
    expect(await board(leaving, 'monitor')).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(JSON.stringify(leaving.received)).not.toContain(taskId);
    expect(leaving.all('board.closed')).toHaveLength(1);
    expect(witness.all('board.closed')).toEqual([]);
  });

  it('closes when the right cannot be read, and opens again when it can', async () => {
    const peer = await app.peer(city.people.waliKota.id);
    expect(await board(peer, 'city')).toMatchObject({ ok: true });
    const { source } = city.here;
    await source.query('ALTER TABLE role_grants RENAME TO role_grants_away');
    try {
      await source.query('UPDATE stream_head SET acl_version = acl_version + 1 WHERE id = $1', [
        city.people.waliKota.id,
      ]);
      expect(await peer.got('board.closed')).toEqual({ scope: 'city', reason: 'rights' });
      expect(await board(peer, 'city')).toMatchObject({ ok: false, retry: true });
    } finally {
      await source.query('ALTER TABLE role_grants_away RENAME TO role_grants');
    }
    expect(await board(peer, 'city')).toMatchObject({ ok: true });
  });
});
