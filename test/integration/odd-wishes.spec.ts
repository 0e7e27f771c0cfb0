import { randomUUID } from 'node:crypto';
import type { Answer, JoinAnswer } from '#libs/contracts';
import { City } from '../support/city.js';
import { LiveApp, signIn, type Peer } from '../support/live-app.js';

let city: City;
let app: LiveApp;
let peer: Peer;
let taskId: string;
let threadId: string;

beforeAll(async () => {
  city = await City.build();
  app = await LiveApp.start(city.url);
  taskId = await city.aTask();
  threadId = await city.aThread(taskId);
  peer = await app.peer(city.people.lead.id);
}, 60_000);
afterAll(async () => {
  await app.close();
  await city.close();
});

const refused = { ok: false, retry: false, error: { code: 'validation' } };

describe('what a socket may be sent by whoever writes the bytes', () => {
  it('is a message without mentions when they are null', async () => {
    const wish = {
      workspaceId: taskId,
      commandId: randomUUID(),
      threadId,
      body: 'Tanpa sebutan',
      mentions: null,
    };
    expect(await peer.ask('message.post', wish)).toMatchObject({ ok: true });
    expect(await peer.ask('catch-up.seen', { workspaceId: taskId, upTo: 1, seqs: null })).toMatchObject({
      ok: true,
    });
  });

  it('is refused with a reason when a list stands where one thing belongs', async () => {
    const about = {
      workspaceId: taskId,
      commandId: randomUUID(),
      threadId: randomUUID(),
      title: 'Daftar',
      about: [],
    };
    expect(await peer.ask('thread.open', about)).toMatchObject(refused);
    expect(await peer.ask('inbox.read', { state: 'OPEN', before: [] })).toMatchObject(refused);
    expect(await peer.ask<JoinAnswer>('workspace.join', { workspaceId: taskId, since: [] })).toMatchObject(
      refused,
    );
  });

  it.each(['2026-W01-1', '2026-12', '2026-01-01T00:00:00,5Z', '2026-02-31T00:00:00Z'])(
    'is refused with a reason when %s is a moment for no database',
    async (odd) => {
      expect(await peer.ask<Answer<object>>('inbox.clear-info', { upTo: odd })).toMatchObject(refused);
      const before = { at: odd, taskId, topic: 'task' };
      expect(await peer.ask<Answer<object>>('inbox.read', { state: 'OPEN', before })).toMatchObject(refused);
    },
  );

  it('is refused with a reason when a field has a name that every object has', async () => {
    const body = { constructor: { name: 'Object' } };
    const wish = { workspaceId: taskId, commandId: randomUUID(), threadId, body };
    expect(await peer.ask('message.post', wish)).toMatchObject(refused);
  });
});

describe('what comes over HTTP', () => {
  it('is refused before anybody has signed in, and is no fault of ours', async () => {
    const answer = await fetch(`${app.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: app.url },
      body: '{"login": {"constructor": {"name": "x"}}, "password": "x"}',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 'validation',
      details: { fields: [{ field: 'login.constructor', rule: 'unknown-field' }] },
    });
  });

  it('is refused with a reason when a place in the queue is on a day that never was', async () => {
    const { id } = city.people.outsider;
    await city.here.changes.grantRole({ personId: id, role: 'PPID', opdId: null, validFrom: '2026-01-05' });
    const headers = { cookie: await signIn(city.here.source, id) };
    for (const day of ['2026-02-31', '0000-01-01']) {
      const place = `${day}T00:00:00.000Z_${randomUUID()}`;
      const answer = await fetch(`${app.url}/api/public-updates?after=${place}`, { headers });
      expect(await answer.json()).toMatchObject({ status: 400, code: 'validation' });
    }
  });
});
