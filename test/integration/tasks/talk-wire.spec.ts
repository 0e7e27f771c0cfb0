import { randomUUID } from 'node:crypto';
import type { Ack, ActorView, StreamEvent } from '#libs/contracts';
import { City } from '../../support/city.js';
import { LiveApp, type Peer } from '../../support/live-app.js';
import { Talk } from '../../support/talk.js';

let city: City;
let talk: Talk;
let app: LiveApp;
beforeAll(async () => {
  city = await City.build();
  talk = new Talk(city);
  app = await LiveApp.start(city.url);
}, 60_000);
afterAll(async () => {
  await app?.close();
  await city?.close();
});

const eventsOf = (peer: Peer): StreamEvent[] => peer.all('workspace.events').flatMap(({ events }) => events);

/** Asks again, as every client does, when the server says that it may be asked again. */
async function askUntilDone(peer: Peer, name: string, data: object): Promise<Ack> {
  const answer = await peer.ask<Ack>(name, data);
  return answer.ok || !answer.retry ? answer : askUntilDone(peer, name, data);
}

it('50 sockets that react at once are all answered, and all see the same', async () => {
  const { taskId, threadId, message } = await talk.aRoom();
  const people: ActorView[] = [];
  for (let n = 0; n < 25; n++) {
    const person = await city.aPerson(`Anggota ${n}`);
    people.push(person);
    await city.here.team.addMember(city.people.head, {
      commandId: randomUUID(),
      taskId,
      personId: person.id,
      opdId: city.opds.DLH,
      teamRole: 'ANGGOTA',
      mode: 'APPOINTED',
    });
  }
  const peers = await Promise.all([...people, ...people].map(({ id }) => app.peer(id)));
  await Promise.all(peers.map((peer) => askUntilDone(peer, 'workspace.join', { workspaceId: taskId })));
  const answers = await Promise.all(
    peers.map((peer, i) =>
      askUntilDone(peer, 'message.react', {
        workspaceId: taskId,
        commandId: randomUUID(),
        messageId: message.id,
        code: i < people.length ? 'AGREE' : 'NOTED',
        on: true,
      }),
    ),
  );
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  const everybody = people.map(({ id }) => id).sort();
  expect((await talk.latest(taskId, threadId)).reactions).toEqual([
    { code: 'NOTED', personIds: everybody },
    { code: 'AGREE', personIds: everybody },
  ]);
  const reacted = (peer: Peer) => eventsOf(peer).filter(({ type }) => type === 'message.reacted');
  await Promise.all(peers.map((peer) => peer.until(() => reacted(peer).length >= 50)));
  const [first, ...others] = peers.map((peer) => reacted(peer).map(({ seq }) => seq));
  expect(first).toHaveLength(50);
  for (const seqs of others) expect(seqs).toEqual(first);
}, 60_000);

it('bad input is refused field by field, whatever the command', async () => {
  const { taskId, threadId, message } = await talk.aRoom();
  const peer = await app.peer(city.people.lead.id);
  const messageId = message.id;
  const person = { kind: 'PERSON', id: city.people.member.id };
  const bad: [string, object, string, string][] = [
    ['message.edit', { messageId, baseEdits: 0, body: 'a\u0000b' }, 'body', 'control-character'],
    ['message.edit', { messageId, baseEdits: 0, body: ' \u200b ' }, 'body', 'blank'],
    ['message.edit', { messageId, baseEdits: -1, body: 'a' }, 'baseEdits', 'not-a-number'],
    ['message.edit', { messageId, baseEdits: 1e300, body: 'a' }, 'baseEdits', 'not-a-number'],
    ['message.edit', { messageId: 'x', baseEdits: 0, body: 'a' }, 'messageId', 'not-a-uuid'],
    ['message.delete', { messageId, reason: 'a\u202eb' }, 'reason', 'direction-override'],
    ['message.react', { messageId, code: 'LOVE', on: true }, 'code', 'not-one-of'],
    ['message.react', { messageId, code: 'constructor', on: true }, 'code', 'not-one-of'],
    ['message.react', { messageId, code: 'AGREE', on: 'yes' }, 'on', 'invalid'],
    ['message.pin', { messageId, on: 1 }, 'on', 'invalid'],
    ['message.post', { threadId, body: 'a', mentions: 'semua' }, 'mentions', 'invalid'],
    [
      'message.post',
      { threadId, body: 'a', mentions: Array.from({ length: 500 }, () => person) },
      'mentions',
      'too-long',
    ],
    [
      'message.post',
      { threadId, body: 'a', mentions: [{ kind: 'CITY', id: taskId }] },
      'mentions.0.kind',
      'not-one-of',
    ],
    [
      'message.post',
      { threadId, body: 'a', mentions: [{ kind: 'OPD', id: '\u0000' }] },
      'mentions.0.id',
      'not-a-uuid',
    ],
    [
      'message.post',
      { threadId, body: 'a', mentions: [{ ...person, label: 'x' }] },
      'mentions.0.label',
      'unknown-field',
    ],
    ['thread.resolve', { threadId, conclusion: 'a\u0000' }, 'conclusion', 'control-character'],
    [
      'thread.open',
      { threadId: randomUUID(), title: 'a', about: { kind: 'TABLE', id: taskId } },
      'about.kind',
      'not-one-of',
    ],
  ];
  for (const [command, fields, field, rule] of bad) {
    const answer = await peer.ask<Ack>(command, { workspaceId: taskId, commandId: randomUUID(), ...fields });
    expect([command, answer]).toMatchObject([
      command,
      { ok: false, retry: false, error: { code: 'validation', details: { fields: [{ field, rule }] } } },
    ]);
  }
});

it('nothing of a deleted message comes from an instance’s memory', async () => {
  const { taskId, threadId } = await talk.aRoom();
  const watcher = await app.peer(city.people.lead.id);
  const member = await app.peer(city.people.member.id);
  const { epoch, head } = await watcher.ask<{ epoch: string; head: number }>('workspace.join', {
    workspaceId: taskId,
  });
  const wish = () => ({ workspaceId: taskId, commandId: randomUUID() });
  await member.ask('message.post', { ...wish(), threadId, body: 'Rahasia-empat' });
  const { id: messageId } = await talk.latest(taskId, threadId);
  const changed = { ...wish(), messageId, baseEdits: 0, body: 'Rahasia-lima' };
  expect(await member.ask('message.edit', changed)).toMatchObject({ ok: true });
  expect(await member.ask('message.delete', { ...wish(), messageId })).toMatchObject({ ok: true });
  await watcher.until(() => eventsOf(watcher).some(({ type }) => type === 'message.deleted'));

  const late = await app.peer(city.people.sekda.id);
  const answer = await late.ask('workspace.join', { workspaceId: taskId, since: { epoch, seq: head } });
  expect(answer).toMatchObject({ ok: true, kind: 'events', events: { length: 3 } });
  expect(JSON.stringify(answer)).not.toContain('Rahasia-');
});
