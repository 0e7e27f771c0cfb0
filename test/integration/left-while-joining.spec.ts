import { randomUUID } from 'node:crypto';
import { addDays, LIMITS, type Answer, type BoardAnswer } from '#libs/contracts';
import { City, today, type PersonName } from '../support/city.js';
import { LiveApp, type Peer } from '../support/live-app.js';
import { until } from '../support/until.js';

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

const enter = (peer: Peer, workspaceId: string) =>
  peer.ask<Answer<object>>('workspace.join', { workspaceId });
const monitors = (peer: Peer) => peer.ask<Answer<BoardAnswer>>('board.join', { scope: 'monitor' });
const monitor = (name: PersonName) =>
  city.here.changes.grantRole({
    personId: city.people[name].id,
    role: 'PEMANTAU',
    opdId: null,
    validFrom: '2026-01-05',
  });

/** Holds the boards' state, so that whoever reads a board waits, until the work is done. */
async function whileBoardsWait(work: (waiting: () => Promise<boolean>) => Promise<void>): Promise<void> {
  await city.here.source.transaction(async (tx) => {
    await tx.query('LOCK TABLE board_state IN ACCESS EXCLUSIVE MODE');
    await work(async () => {
      const rows = await city.here.source.query<unknown[]>(
        `SELECT 1 FROM pg_locks WHERE relation = 'board_state'::regclass AND mode = 'AccessShareLock' AND NOT granted`,
      );
      return rows.length > 0;
    });
  });
}

describe('who leaves before the way in is at its end', () => {
  it('is not in the room, and gets nothing of it after the right has ended', async () => {
    const workspaceId = await city.aTask();
    const threadId = await city.aThread(workspaceId);
    const [lead, member] = await Promise.all([
      app.peer(city.people.lead.id),
      app.peer(city.people.member.id),
    ]);
    expect(await enter(lead, workspaceId)).toMatchObject({ ok: true });
    const [joined] = await Promise.all([
      enter(member, workspaceId),
      member.ask('workspace.leave', { workspaceId }),
    ]);
    expect(joined).toMatchObject({ ok: false, retry: true, error: { code: 'unavailable' } });

    await city.here.team.removeMember(city.people.head, {
      commandId: randomUUID(),
      taskId: workspaceId,
      personId: city.people.member.id,
      reason: 'Pindah tugas',
    });
    const after = await city.post('lead', workspaceId, threadId, 'Sesudah ia keluar dari tim');
    await lead.got('workspace.events', ({ events }) => events.some(({ seq }) => seq === after.seq));
    // An answer comes behind all that was sent before it.
    expect(await enter(member, workspaceId)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(member.all('workspace.events')).toEqual([]);
  });

  it('may come again at once', async () => {
    const workspaceId = await city.aTask();
    const member = await app.peer(city.people.member.id);
    await Promise.all([enter(member, workspaceId), member.ask('workspace.leave', { workspaceId })]);
    expect(await enter(member, workspaceId)).toMatchObject({ ok: true, kind: 'reset' });
    const threadId = await city.aThread(workspaceId);
    const { seq } = await city.post('lead', workspaceId, threadId, 'Selamat datang');
    await member.got('workspace.events', ({ events }) => events.some((event) => event.seq === seq));
  });

  it('does not watch the board, nor what becomes of it after the right has ended', async () => {
    await monitor('outsider');
    await monitor('otherAsisten');
    const [witness, leaving] = await Promise.all([
      app.peer(city.people.otherAsisten.id),
      app.peer(city.people.outsider.id),
    ]);
    expect(await monitors(witness)).toMatchObject({ ok: true });
    let joined: Promise<Answer<BoardAnswer>> | undefined;
    await whileBoardsWait(async (isWaiting) => {
      joined = monitors(leaving);
      await until(isWaiting);
      expect(await leaving.ask('board.leave', { scope: 'monitor' })).toMatchObject({ ok: true });
    });
    expect(await joined).toMatchObject({ ok: false, retry: true, error: { code: 'unavailable' } });

    await city.here.changes.revokeRole(city.people.outsider.id, 'PEMANTAU', null, addDays(today(), -1));
    const taskId = await city.aTask('IN_PROGRESS');
    await witness.got('board.changed', ({ rows }) => rows.some((row) => row.taskId === taskId));
    expect(await monitors(leaving)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(JSON.stringify(leaving.received)).not.toContain(taskId);
  });
});

it('many that come in together are no more than those one after the other', async () => {
  const lead = await app.peer(city.people.lead.id);
  const tasks: string[] = [];
  for (let i = 0; i < LIMITS.workspacesPerSocket + 3; i++) tasks.push(await city.aTask('DRAFT'));
  const answers = await Promise.all(tasks.map((taskId) => enter(lead, taskId)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(LIMITS.workspacesPerSocket);
  const codes = answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code]));
  expect(codes).toEqual(['too-many-workspaces', 'too-many-workspaces', 'too-many-workspaces']);
});
