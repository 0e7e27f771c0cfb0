import { randomUUID } from 'node:crypto';
import type { Cursor, JoinAnswer } from '#libs/contracts';
import { event, WorkspaceLog } from '#libs/database';
import { WorkTeamService } from '../../src/tasks/work-team.service.js';
import { City } from '../support/city.js';
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

const enter = (peer: Peer, workspaceId: string, since?: Cursor) =>
  peer.ask<JoinAnswer>('workspace.join', { workspaceId, ...(since && { since }) });
const events = (peer: Peer) => peer.all('workspace.events').flatMap((frame) => frame.events);
const got = (peer: Peer, seq: number) =>
  peer.got('workspace.events', (frame) => frame.events.some((one) => one.seq === seq));

async function entered(peer: Peer, workspaceId: string) {
  const answer = await enter(peer, workspaceId);
  if (!answer.ok) throw new Error('not let in');
  return answer;
}

it('an overseer of a task with personal data gets every number, and of the words nothing', async () => {
  const workspaceId = await city.aTask('IN_PROGRESS', { confidentiality: 'PERSONAL_DATA' });
  const [lead, sekda] = await Promise.all([app.peer(city.people.lead.id), app.peer(city.people.sekda.id)]);
  const { head, epoch } = await entered(lead, workspaceId);
  expect((await entered(sekda, workspaceId)).rights.readMessages).toBe(false);
  const threadId = await city.aThread(workspaceId);
  const { seq } = await city.post('lead', workspaceId, threadId, 'Nama warga: rahasia');
  await Promise.all([got(lead, seq), got(sekda, seq)]);

  expect(events(lead).map(({ type }) => type)).toEqual(['thread.opened', 'message.posted']);
  const withheld = { type: 'withheld', actor: { id: '', name: '', opd: '' }, commandId: '', data: {} };
  expect(events(sekda)).toMatchObject([
    { seq: head + 1, ...withheld },
    { seq: head + 2, ...withheld },
  ]);
  // The same behind the back: what was missed is withheld too.
  const again = await enter(sekda, workspaceId, { epoch, seq: head });
  expect(again).toMatchObject({ kind: 'events', events: [withheld, withheld] });
  expect(JSON.stringify([sekda.received, again])).not.toMatch(/rahasia|Rencana kerja/);
});

it('who comes back gets nothing new, the events they missed, or a fresh snapshot', async () => {
  const workspaceId = await city.aTask('IN_PROGRESS');
  const lead = await app.peer(city.people.lead.id);
  const first = await entered(lead, workspaceId);
  expect(first).toMatchObject({ kind: 'reset', snapshot: { state: { task: { id: workspaceId } } } });
  const { epoch, head } = first;
  expect(await enter(lead, workspaceId, { epoch, seq: head })).toMatchObject({ kind: 'up-to-date', head });

  const threadId = await city.aThread(workspaceId);
  const { seq } = await city.post('member', workspaceId, threadId, 'Terlewat');
  const missed = await enter(lead, workspaceId, { epoch, seq: head });
  expect(missed).toMatchObject({
    kind: 'events',
    head: seq,
    events: [
      { seq: head + 1, type: 'thread.opened' },
      { seq: head + 2, type: 'message.posted', data: { message: { body: 'Terlewat' } } },
    ],
  });
  // Of another history, or ahead of this one: what they have is worth nothing here.
  for (const since of [
    { epoch: randomUUID(), seq: head },
    { epoch, seq: seq + 1 },
  ])
    expect(await enter(lead, workspaceId, since)).toMatchObject({ kind: 'reset', head: seq, epoch });
});

it('who is removed gets the removal, and nothing of what was committed right behind it', async () => {
  const workspaceId = await city.aTask('IN_PROGRESS', { confidentiality: 'PERSONAL_DATA' });
  const threadId = await city.aThread(workspaceId);
  await city.post('lead', workspaceId, threadId, 'Sebelum keluar');
  const [message] = await city.messages(workspaceId, threadId);
  if (!message) throw new Error('no message');
  const [lead, member] = await Promise.all([app.peer(city.people.lead.id), app.peer(city.people.member.id)]);
  await Promise.all([entered(lead, workspaceId), entered(member, workspaceId)]);

  // As long as nobody can read rights, the instance has to hold back what comes behind the removal.
  let last = 0;
  const removal = await city.here.source.transaction(async (tx) => {
    await tx.query('LOCK TABLE role_grants IN ACCESS EXCLUSIVE MODE');
    const removed = await app.get(WorkTeamService).removeMember(city.people.head, {
      commandId: randomUUID(),
      taskId: workspaceId,
      personId: city.people.member.id,
      reason: 'Mutasi',
    });
    for (const body of ['satu', 'dua']) {
      const command = { actor: city.people.lead, commandId: randomUUID(), digest: Buffer.alloc(32) };
      const said = event('message.posted', workspaceId, { message: { ...message, body: `Setelah ${body}` } });
      const { seq } = await app.get(WorkspaceLog).record(command, async () => ({ events: [said] }));
      last = seq;
    }
    await Promise.all([got(lead, removed.seq), got(member, removed.seq)]);
    expect(events(lead)).toHaveLength(1);
    return removed;
  });

  await got(lead, last);
  expect(events(lead).map(({ seq }) => seq)).toEqual([removal.seq, removal.seq + 1, removal.seq + 2]);
  expect(await member.got('workspace.closed')).toEqual({ workspaceId, reason: 'removed' });
  // An answer comes behind all that was sent before it.
  expect(await enter(member, workspaceId)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(events(member)).toMatchObject([{ seq: removal.seq, type: 'member.removed' }]);
  expect(JSON.stringify(member.received)).not.toContain('Setelah');
});

it('who is removed by another instance is shown out before anything of it is passed on', async () => {
  const workspaceId = await city.aTask('IN_PROGRESS');
  const threadId = await city.aThread(workspaceId);
  const [lead, member] = await Promise.all([app.peer(city.people.lead.id), app.peer(city.people.member.id)]);
  await Promise.all([entered(lead, workspaceId), entered(member, workspaceId)]);
  await city.here.team.removeMember(city.people.head, {
    commandId: randomUUID(),
    taskId: workspaceId,
    personId: city.people.member.id,
    reason: 'Mutasi',
  });
  const { seq } = await city.post('lead', workspaceId, threadId, 'Setelah keluar');
  await got(lead, seq);
  expect(await member.got('workspace.closed')).toEqual({ workspaceId, reason: 'removed' });
  expect(await enter(member, workspaceId)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(JSON.stringify(member.received)).not.toContain('Setelah keluar');
});
