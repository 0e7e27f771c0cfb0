import { randomUUID } from 'node:crypto';
import type { Room } from '#libs/client';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { bodies, everybodyLeaves, official, opened, seen, type Official } from '../support/official.js';
import { Instance } from '../support/city.js';
import { startCluster, type Cluster } from '../support/cluster.js';
import { freshDatabase } from '../support/postgres.js';

const PASSWORD = 'uji-dua-instans';
const LEAD = 'irwan.nasution@jambikota.example';
const MEMBER = 'yudi.simanjuntak@jambikota.example';
const SEKDA = 'rahmat.saragih@jambikota.example';
const PPID = 'ibrahim.saragih@jambikota.example';

let cluster: Cluster;
/** The lead at the first instance, the member at the second, the leader behind the load balancer. */
let lead: Official;
let member: Official;
let sekda: Official;
let drainage: string;
let thread: string;
const pages = new Set<AbortController>();

beforeAll(async () => {
  cluster = await startCluster({
    databaseUrl: await freshDatabase(),
    env: { SIMPUL_DEMO: '1', SIMPUL_DEMO_PASSWORD: PASSWORD },
  });
  const [first, second] = cluster.apps;
  lead = await official(first?.url ?? '', LEAD, PASSWORD);
  member = await official(second?.url ?? '', MEMBER, PASSWORD);
  sekda = await official(cluster.url, SEKDA, PASSWORD);
  const board = sekda.client.board('city');
  const { rows } = await seen(board.view, (view) => view.status === 'ready');
  drainage = [...rows.values()].find((row) => row.code === 'TGS-2026-0001')?.taskId ?? '';
  const room = await opened(lead, drainage);
  thread = room.view.get().state?.threads.at(-1)?.id ?? '';
}, 180_000);

afterAll(async () => {
  everybodyLeaves();
  for (const page of pages) page.abort();
  await cluster?.stop();
}, 60_000);

describe('two officials of two agencies on two instances', () => {
  let here: Room;
  let there: Room;

  beforeAll(async () => {
    here = await opened(lead, drainage);
    there = await opened(member, drainage);
    await Promise.all([here.loadOlder(thread), there.loadOlder(thread)]);
  });

  it('see each other’s messages in the same order', async () => {
    for (let i = 1; i <= 20; i++) {
      here.send('message.post', { threadId: thread, body: `PUPR ${i}` });
      there.send('message.post', { threadId: thread, body: `BPBD ${i}` });
    }
    const done = (room: Room) =>
      bodies(room.view.get(), thread).filter((b) => /^(PUPR|BPBD) \d+$/.test(b)).length === 40;
    await seen(here.view, () => done(here));
    await seen(there.view, () => done(there));
    const seenHere = bodies(here.view.get(), thread);
    expect(bodies(there.view.get(), thread)).toEqual(seenHere);
    for (const opd of ['PUPR', 'BPBD']) {
      expect(seenHere.filter((b) => b.startsWith(`${opd} `))).toEqual(
        Array.from({ length: 20 }, (_, i) => `${opd} ${i + 1}`),
      );
    }
    expect(here.view.get().pending).toEqual([]);
  });

  it('see who is in the room', async () => {
    const ids = [lead.session.person.id, member.session.person.id].toSorted();
    for (const room of [here, there]) {
      const { presence } = await seen(room.view, (view) => view.presence?.length === 2);
      expect(presence?.toSorted()).toEqual(ids);
    }
  });

  it('see that the other is typing', async () => {
    here.typing(thread);
    const { typing } = await seen(there.view, (view) => view.typing.length > 0);
    expect(typing[0]).toMatchObject({ personId: lead.session.person.id, threadId: thread });
  });

  it('change the status, and the leader’s board and the citizen’s page move at the same moment', async () => {
    const board = sekda.client.board('city');
    await seen(board.view, (view) => view.status === 'ready');
    const address = await publicAddress('drainase-musim-hujan-2026');
    const live = await follow(`${cluster.apps[1]?.url}${address}`);
    const started = performance.now();
    here.send('task.change-status', {
      to: 'ON_HOLD',
      note: 'Air pasang, pekerjaan berhenti',
      publicSentence: 'Pekerjaan ditunda karena air pasang.',
    });
    await seen(there.view, (view) => view.state?.task.status === 'ON_HOLD');
    await seen(board.view, (view) => view.rows.get(drainage)?.status === 'ON_HOLD');
    await live.until((text) => text.includes('Ditunda'));
    const took = performance.now() - started;
    live.close();
    expect(took).toBeLessThan(3_000);
    expect(await (await fetch(`${cluster.url}${address}`)).text()).toContain('Ditunda');
    expect(here.view.get().rights?.transitions).toEqual(['IN_PROGRESS']);
  });

  it('publish a sentence only after the PPID approved it, and it appears on the open page', async () => {
    const sentence = 'Pompa bergerak disiagakan di dua titik.';
    const address = await publicAddress('drainase-musim-hujan-2026');
    here.send('public-update.draft', { body: sentence });
    const { state } = await seen(there.view, (view) =>
      Boolean(view.state?.publicUpdates.some((update) => update.body === sentence)),
    );
    const update = state?.publicUpdates.find(({ body }) => body === sentence);
    expect(await (await fetch(`${cluster.url}${address}`)).text()).not.toContain(sentence);

    const live = await follow(`${cluster.apps[0]?.url}${address}`);
    const ppid = await official(cluster.url, PPID, PASSWORD);
    const queue = await ppid.ask('GET', '/api/public-updates?status=PENDING');
    expect(JSON.stringify(queue.body)).toContain(sentence);
    const review = { commandId: randomUUID(), updateId: update?.id, verdict: 'APPROVED' };
    expect(await ppid.ask('POST', `/api/public-updates/${update?.id}/review`, review)).toMatchObject({
      status: 200,
    });
    await live.until((text) => text.includes(sentence));
    live.close();
    await seen(here.view, (view) =>
      Boolean(view.state?.publicUpdates.some(({ id, status }) => id === update?.id && status === 'APPROVED')),
    );
    ppid.client.close();
  });

  it('tick a milestone and both see it done', async () => {
    const milestone = here.view.get().state?.milestones.find(({ status }) => status === 'IN_PROGRESS');
    here.send('milestone.change', { milestoneId: milestone?.id ?? '', status: 'DONE' });
    await seen(
      there.view,
      (view) => view.state?.milestones.find(({ id }) => id === milestone?.id)?.status === 'DONE',
    );
  });

  it('get a clear refusal for what they may not do, and keep what they wrote', async () => {
    const wish = there.send('task.change-status', { to: 'IN_PROGRESS', note: 'Mencoba' });
    const { pending } = await seen(there.view, (view) => view.pending.some((p) => p.state === 'failed'));
    const failed = pending.find(({ commandId }) => commandId === wish.commandId);
    expect(failed?.error?.code).toBe('task.transition-not-allowed');
    expect(failed?.data).toMatchObject({ note: 'Mencoba' });
    there.discard(wish.commandId);
  });
});

describe('while Redis is away', () => {
  it('messages still reach the other instance, and all is well when Redis is back', async () => {
    const here = lead.client.workspace(drainage);
    const there = member.client.workspace(drainage);
    await cluster.redis.kill();
    here.send('message.post', { threadId: thread, body: 'tanpa Redis' });
    const started = performance.now();
    await seen(there.view, (view) => bodies(view, thread).includes('tanpa Redis'), 6_000);
    expect(performance.now() - started).toBeLessThan(5_000);
    for (const app of cluster.apps) {
      const ready = (await (await fetch(`${app.url}/health/ready`)).json()) as { redis: string };
      expect(ready.redis).toBe('degraded');
    }
    await cluster.redis.restartEmpty();
    there.send('message.post', { threadId: thread, body: 'Redis kembali' });
    await seen(here.view, (view) => bodies(view, thread).includes('Redis kembali'));
    await seen(here.view, (view) => view.presence?.length === 2, 20_000);
  }, 60_000);
});

describe('when an instance stops', () => {
  it('politely or by force, nothing acknowledged is lost and everybody goes on', async () => {
    const behind = await official(cluster.url, LEAD, PASSWORD);
    const room = await opened(behind, drainage);
    await room.loadOlder(thread);
    const texts = Array.from({ length: 60 }, (_, i) => `rolling ${i}`);
    const sending = (async () => {
      for (const body of texts) {
        room.send('message.post', { threadId: thread, body });
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
    })();
    const [first, second] = cluster.apps;
    await first?.kill();
    if (first) cluster.apps[0] = await first.restart();
    await second?.stop();
    if (second) cluster.apps[1] = await second.restart();
    await sending;
    await seen(room.view, (view) => view.pending.length === 0, 30_000);
    const shown = bodies(room.view.get(), thread).filter((body) => body.startsWith('rolling'));
    expect(shown).toEqual(texts);
    await seen(
      member.client.workspace(drainage).view,
      (view) => texts.every((text) => bodies(view, thread).includes(text)),
      30_000,
    );
    behind.client.close();
  }, 120_000);
});

describe('who may not', () => {
  it('learns nothing of a task of other agencies', async () => {
    const acting = await official(cluster.url, 'sri.ningsih@jambikota.example', PASSWORD);
    const room = acting.client.workspace(drainage);
    const absent = acting.client.workspace(randomUUID());
    await seen(room.view, (view) => view.status === 'not-found');
    await seen(absent.view, (view) => view.status === 'not-found');
    expect(room.view.get().error).toEqual(absent.view.get().error);
    await seen(acting.client.board('city').view, (view) => view.status === 'not-found');
    acting.client.close();
  });

  it('is shown out within seconds when removed from the team, and gets nothing of what follows', async () => {
    const instance = await Instance.open(cluster.databaseUrl);
    const there = member.client.workspace(drainage);
    await seen(there.view, (view) => view.status === 'ready');
    // A socket of its own: the client forgets a room that is closed, so it could not show what it got of it.
    const url = cluster.apps[1]?.url ?? '';
    const raw = io(url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { cookie: member.cookie, origin: url },
    });
    const frames: unknown[] = [];
    raw.onAny((...frame: unknown[]) => frames.push(frame));
    expect(await raw.timeout(5_000).emitWithAck('workspace.join', { workspaceId: drainage })).toMatchObject({
      ok: true,
    });
    const actor = lead.session.person;
    const wish = {
      commandId: randomUUID(),
      taskId: drainage,
      personId: member.session.person.id,
      reason: 'Pindah tugas',
    };
    await instance.team.removeMember(actor, wish);
    const here = lead.client.workspace(drainage);
    here.send('message.post', { threadId: thread, body: 'setelah keluar' });
    await seen(there.view, ({ status }) => status === 'closed' || status === 'not-found');
    await seen(here.view, (view) => bodies(view, thread).includes('setelah keluar'));
    // An answer comes behind all that was sent to the socket before it.
    expect(await raw.timeout(5_000).emitWithAck('workspace.join', { workspaceId: drainage })).toMatchObject({
      ok: false,
    });
    expect(JSON.stringify(frames)).toContain('workspace.closed');
    expect(JSON.stringify(frames)).not.toContain('setelah keluar');
    raw.close();
    const again = { ...wish, commandId: randomUUID(), opdId: member.session.opd?.id ?? '' };
    await instance.team.addMember(actor, { ...again, teamRole: 'ANGGOTA', mode: 'APPOINTED' });
    await instance.close();
  });

  it('ends all live connections everywhere when a person signs out everywhere', async () => {
    const [first, second] = cluster.apps;
    const one = await official(first?.url ?? '', 'dewi.kirana@jambikota.example', PASSWORD);
    const two = await official(second?.url ?? '', 'dewi.kirana@jambikota.example', PASSWORD);
    for (const { client } of [one, two]) await seen(client.connection, ({ state }) => state === 'online');
    expect((await one.ask('DELETE', '/api/sessions')).status).toBeLessThan(300);
    for (const { client } of [one, two]) await seen(client.connection, ({ state }) => state === 'signed-out');
  });
});

describe('bad input over the socket', () => {
  const LONG = 'a'.repeat(10_001);
  let answers: (
    name: string,
    data?: unknown,
  ) => Promise<{ ok: boolean; error?: { code: string; details: object } }>;
  let close: () => void;

  beforeAll(async () => {
    const url = cluster.apps[0]?.url ?? '';
    const socket = io(url, {
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: { cookie: lead.cookie, origin: url },
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('connect_error', reject);
    });
    answers = async (name, data) => (await socket.timeout(5_000).emitWithAck(name, data)) as never;
    close = () => socket.close();
  });
  afterAll(() => close());

  /** Signed in, without a client in between. */
  const rawSocket = async (): Promise<WebSocket> => {
    const url = cluster.apps[0]?.url ?? '';
    const raw = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      headers: { cookie: lead.cookie, origin: url },
    });
    raw.on('error', () => undefined);
    const next = () => new Promise<void>((resolve) => raw.once('message', () => resolve()));
    await next();
    raw.send('40');
    await next();
    return raw;
  };

  const post = (fields: object) => ({
    workspaceId: drainage,
    commandId: randomUUID(),
    threadId: thread,
    body: 'isi',
    ...fields,
  });

  it.each([
    ['an unknown field', () => post({ role: 'ADMIN' }), 'validation'],
    ['a wrong type', () => post({ body: { $ne: 1 } }), 'validation'],
    ['an empty text', () => post({ body: '' }), 'validation'],
    ['blanks only', () => post({ body: ' \n\u200b\ufeff ' }), 'validation'],
    ['10,001 characters', () => post({ body: LONG }), 'validation'],
    ['a NUL', () => post({ body: 'a\u0000b' }), 'validation'],
    ['a lone surrogate', () => post({ body: 'a\ud800b' }), 'validation'],
    ['a direction override', () => post({ body: 'abc\u202egnp.exe' }), 'validation'],
    ['no id', () => post({ commandId: undefined }), 'validation'],
    ['a foreign workspace', () => post({ workspaceId: randomUUID() }), 'not-found'],
    ['a foreign thread', () => post({ threadId: randomUUID() }), 'not-found'],
    ['a reply to nothing', () => post({ replyTo: randomUUID() }), 'message.reply-elsewhere'],
    ['a predecessor nobody knows', () => post({ after: randomUUID() }), 'command.out-of-order'],
  ])('refuses %s', async (_what, fields, code) => {
    expect(await answers('message.post', fields())).toMatchObject({ ok: false, error: { code } });
  });

  it('refuses no data, a list, and an event nobody knows', async () => {
    expect(await answers('message.post', null)).toMatchObject({ ok: false, error: { code: 'validation' } });
    expect(await answers('message.post', [1, 2])).toMatchObject({ ok: false, error: { code: 'validation' } });
    expect(await answers('constructor', {})).toMatchObject({ ok: false, error: { code: 'unknown-event' } });
  });

  it('answers the same command once, and other content under its id with a refusal', async () => {
    const wish = post({ body: 'sekali saja' });
    const first = await answers('message.post', wish);
    expect(first).toMatchObject({ ok: true, dup: false });
    expect(await answers('message.post', wish)).toMatchObject({
      ok: true,
      dup: true,
      seq: (first as { seq?: number }).seq,
    });
    expect(await answers('message.post', { ...wish, body: 'lain' })).toMatchObject({
      ok: false,
      error: { code: 'command.reused' },
    });
  });

  it('answers an event whose name is a number, and lives', async () => {
    const raw = await rawSocket();
    const answer = new Promise<string>((resolve) =>
      raw.on('message', (data) => {
        const text = (data as Buffer).toString();
        if (text.startsWith('437')) resolve(text);
      }),
    );
    raw.send('427[42,{}]');
    expect(await answer).toContain('unknown-event');
    raw.close();
    expect((await fetch(`${cluster.apps[0]?.url}/health/ready`)).status).toBe(200);
  });

  it('closes a connection that asks again and again to be let in', async () => {
    const raw = await rawSocket();
    const closed = new Promise<void>((resolve) => raw.once('close', () => resolve()));
    for (let n = 0; n < 50; n++) raw.send('40');
    await closed;
  });

  it('keeps script and markup as the text it is', async () => {
    const body = '<script>alert(1)</script> <b>tebal</b> & "kutip" عربي';
    expect(await answers('message.post', post({ body }))).toMatchObject({ ok: true });
    await seen(lead.client.workspace(drainage).view, (view) => bodies(view, thread).includes(body));
  });

  it('closes what cannot be decoded or is too large, and lives', async () => {
    const url = cluster.apps[0]?.url ?? '';
    for (const garbage of [
      '49 not a packet',
      '42["message.post",{',
      `42["message.post",{"body":"${'a'.repeat(5_000_000)}"}]`,
    ]) {
      const raw = await rawSocket();
      const closed = new Promise<void>((resolve) => raw.once('close', () => resolve()));
      raw.send(garbage);
      await closed;
    }
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  it('refuses a socket without a sign-in, with a forged one, and from a foreign page', async () => {
    const url = cluster.apps[0]?.url ?? '';
    const attempt = (headers: Record<string, string>) =>
      new Promise<string>((resolve) => {
        const socket = io(url, {
          transports: ['websocket'],
          extraHeaders: headers,
          reconnection: false,
          forceNew: true,
        });
        socket.once('connect', () => resolve('connected'));
        socket.once('connect_error', (error) => resolve(error.message));
        setTimeout(() => socket.close(), 5_000).unref();
      });
    expect(await attempt({ origin: url })).toBe('unauthenticated');
    expect(await attempt({ origin: url, cookie: 'simpul_session=AAAA' })).toBe('unauthenticated');
    expect(await attempt({ origin: 'https://jahat.example', cookie: lead.cookie })).not.toBe('connected');
    expect(await attempt({ cookie: lead.cookie })).not.toBe('connected');
  });
});

async function publicAddress(slug: string): Promise<string> {
  const html = await (await fetch(`${cluster.url}/`)).text();
  const found = new RegExp(`/pekerjaan/${slug}-[A-Za-z0-9]+`).exec(html);
  if (!found) throw new Error(`no page of ${slug} in the list`);
  return found[0];
}

/** A citizen's open page: the text of its live events as they come. */
async function follow(page: string) {
  const html = await (await fetch(page)).text();
  const [, version] = /data-version="([^"]+)"/.exec(html) ?? [];
  const [, source] = /data-source="([^"]+)"/.exec(html) ?? [];
  if (!source || !version) throw new Error('the page names no live events or no version');
  const abort = new AbortController();
  pages.add(abort);
  const response = await fetch(new URL(`${source}/peristiwa?v=${encodeURIComponent(version)}`, page), {
    signal: abort.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async until(fits: (text: string) => boolean, ms = 10_000): Promise<void> {
      const timer = setTimeout(() => abort.abort(new Error(`the page did not show it within ${ms} ms`)), ms);
      while (!fits(text)) {
        const chunk = await reader?.read();
        if (!chunk || chunk.done) throw new Error('the live page ended');
        text += chunk.value;
      }
      clearTimeout(timer);
    },
    close: () => abort.abort(),
  };
}
