import type { BoardAnswer, BoardRow } from '#libs/contracts';
import { SimpulClient } from './client.js';
import { MemoryOutbox } from './outbox/outbox-store.js';
import { aReset, aState, FakeClock, ScriptedTransport, settle, THREAD } from './test-support.js';

const WORKSPACE = 'workspace-1';

function aClient(store = new MemoryOutbox()) {
  const clock = new FakeClock();
  const transport = new ScriptedTransport();
  const faults: unknown[] = [];
  const options = { url: '', personId: 'me', clock, transport, store, random: () => 0.5 };
  const client = new SimpulClient({ ...options, onFault: (error) => faults.push(error) });
  client.connect();
  const state = (): string => client.connection.get().state;
  return { clock, transport, client, faults, state };
}

describe('the connection', () => {
  it('is connecting, online, offline and online again', () => {
    const { transport, state } = aClient();
    expect(state()).toBe('connecting');
    transport.up();
    expect(state()).toBe('online');
    transport.down();
    expect(state()).toBe('offline');
    transport.up();
    expect(state()).toBe('online');
  });

  it('tells since when it is as it is', () => {
    const { clock, transport, client } = aClient();
    transport.up();
    const { since } = client.connection.get();
    clock.advance(5_000);
    transport.down();
    expect(Date.parse(client.connection.get().since) - Date.parse(since)).toBe(5_000);
    const before = client.connection.get();
    transport.down();
    expect(client.connection.get()).toBe(before);
  });

  it('moves when the instance stops', () => {
    const { transport } = aClient();
    transport.up();
    transport.receive({ event: 'go_away', data: { delayMs: 700 } });
    expect(transport.renewals).toEqual([700]);
  });

  it('ends with the sign-in, and begins anew when told to', () => {
    const { transport, client, state } = aClient();
    transport.up();
    transport.receive({ event: 'signed-out', data: { reason: 'expired' } });
    expect(state()).toBe('signed-out');
    expect(transport.closed).toBe(true);
    client.connect();
    expect(transport.closed).toBe(false);
    transport.signedOut();
    expect(state()).toBe('signed-out');
  });

  it('is renewed when it stays silent after a wake-up', () => {
    const { clock, transport, client } = aClient();
    client.workspace(WORKSPACE);
    transport.up();
    transport.last('workspace.join').answer(aReset(aState()));
    client.probe();
    expect(transport.of('workspace.join')).toHaveLength(2);
    clock.advance(4_100);
    expect(transport.renewals).toEqual([0]);
  });

  it('is left alone when it answers a wake-up', () => {
    const { clock, transport, client } = aClient();
    client.workspace(WORKSPACE);
    transport.up();
    transport.last('workspace.join').answer(aReset(aState()));
    client.probe();
    transport.last('workspace.join').answer(aReset(aState()));
    clock.advance(9_000);
    expect(transport.renewals).toEqual([]);
  });

  it('is tried at once after a wake-up when there is none', () => {
    const { transport, client } = aClient();
    client.probe();
    expect(transport.renewals).toEqual([0]);
  });
});

describe('what is held', () => {
  it('is joined once for all its holders, and left after the last', () => {
    const { clock, transport, client } = aClient();
    transport.up();
    const room = client.workspace(WORKSPACE);
    expect(client.workspace(WORKSPACE)).toBe(room);
    transport.last('workspace.join').answer(aReset(aState()));
    room.leave();
    clock.advance(2_000);
    expect(transport.of('workspace.leave')).toHaveLength(0);
    room.leave();
    clock.advance(2_000);
    expect(transport.of('workspace.join')).toHaveLength(1);
    expect(transport.of('workspace.leave')).toHaveLength(1);
  });

  it('stays while somebody comes back at once', () => {
    const { clock, transport, client } = aClient();
    transport.up();
    const room = client.workspace(WORKSPACE);
    transport.last('workspace.join').answer(aReset(aState()));
    room.leave();
    expect(client.workspace(WORKSPACE)).toBe(room);
    expect(room.view.get().status).toBe('ready');
    clock.advance(9_000);
    expect(transport.of('workspace.leave')).toHaveLength(0);
  });

  it('is not left before its join was answered', () => {
    const { clock, transport, client } = aClient();
    transport.up();
    client.workspace(WORKSPACE).leave();
    clock.advance(3_000);
    expect(transport.of('workspace.leave')).toHaveLength(0);
    transport.last('workspace.join').answer(aReset(aState()));
    clock.advance(2_000);
    expect(transport.of('workspace.leave')).toHaveLength(1);
  });

  it('leaves no timer behind when the client closes', () => {
    const { clock, transport, client } = aClient();
    transport.up();
    client.board('city');
    const room = client.workspace(WORKSPACE);
    room.typing(THREAD);
    transport.receive({
      event: 'workspace.head',
      data: { workspaceId: WORKSPACE, epoch: 'epoch-1', seq: 5 },
    });
    room.send('message.post', { threadId: THREAD, body: 'satu' });
    room.leave();
    client.close();
    expect(clock.waiting).toBe(0);
  });
});

describe('the outbox', () => {
  it('sends what an earlier page left, in order, before what is written now', async () => {
    const store = new MemoryOutbox();
    const earlier = aClient(store);
    for (const body of ['satu', 'dua'])
      earlier.client.workspace(WORKSPACE).send('message.post', { threadId: THREAD, body });
    earlier.client.close();
    const { transport, client } = aClient(store);
    await settle();
    expect(client.pending.get()).toHaveLength(2);
    client.workspace('workspace-2');
    transport.up();
    await settle();
    const { data, answer } = transport.last('message.post');
    expect(data).toMatchObject({ workspaceId: WORKSPACE, body: 'satu' });
    answer({ ok: true, commandId: data.commandId, streamId: WORKSPACE, seq: 1, at: '' });
    expect(transport.last('message.post').data).toMatchObject({ body: 'dua' });
  });

  it('goes on sending when its store fails, and says so', async () => {
    const store = new MemoryOutbox();
    store.all = () => Promise.reject(new Error('refused'));
    const { transport, client, faults } = aClient(store);
    const room = client.workspace(WORKSPACE);
    room.send('message.post', { threadId: THREAD, body: 'satu' });
    transport.up();
    await settle();
    transport.last('workspace.join').answer(aReset(aState()));
    expect(transport.of('message.post')).toHaveLength(1);
    expect(faults).toEqual([new Error('refused'), new Error('refused')]);
  });

  it('goes on sending when its store does not answer', async () => {
    const store = new MemoryOutbox();
    store.all = () => new Promise(() => undefined);
    const { clock, transport, client } = aClient(store);
    const room = client.workspace(WORKSPACE);
    transport.up();
    transport.last('workspace.join').answer(aReset(aState()));
    room.send('message.post', { threadId: THREAD, body: 'satu' });
    expect(transport.of('message.post')).toHaveLength(0);
    clock.advance(3_000);
    expect(transport.of('message.post')).toHaveLength(1);
  });

  it('hears from another tab what is done', async () => {
    const store = Object.assign(new MemoryOutbox(), { shared: true });
    const [here, there] = [aClient(store), aClient(store)];
    try {
      here.client.workspace(WORKSPACE).send('message.post', { threadId: THREAD, body: 'satu' });
      for (const { transport } of [here, there]) transport.up();
      await settle();
      expect(there.client.pending.get()).toHaveLength(1);
      here.transport.last('workspace.join').answer(aReset(aState()));
      const { data, answer } = here.transport.last('message.post');
      answer({ ok: true, commandId: data.commandId, streamId: WORKSPACE, seq: 1, at: '' });
      for (let i = 0; i < 50 && there.client.pending.get().length > 0; i++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      expect(there.client.pending.get()).toEqual([]);
    } finally {
      here.client.close();
      there.client.close();
    }
  });
});

describe('a board', () => {
  const row = (taskId: string, title = taskId): BoardRow => ({ taskId, title }) as BoardRow;
  const full = (version: number, ...rows: BoardRow[]): BoardAnswer & { ok: true } => ({
    ok: true,
    scope: 'city',
    version,
    full: true,
    rows,
    removed: [],
    asOf: '2026-11-24',
  });

  function aBoard(version = 5) {
    const parts = aClient();
    const { transport, client } = parts;
    const board = client.board('city');
    transport.up();
    transport.last('board.join').answer(full(version, row('a'), row('b')));
    const view = () => board.view.get();
    const titles = (): string[] => [...view().rows.values()].map(({ title }) => title);
    const change = (since: number, to: number, rows: BoardRow[], removed: string[] = []): void =>
      transport.receive({
        event: 'board.changed',
        data: { scope: 'city', since, version: to, rows, removed },
      });
    const joins = (): number => transport.of('board.join').length;
    return { ...parts, board, view, titles, change, joins };
  }

  it('applies a change that follows on what it shows', () => {
    const { view, titles, change } = aBoard();
    change(5, 6, [row('a', 'A'), row('c')], ['b']);
    expect(titles()).toEqual(['A', 'c']);
    expect(view()).toMatchObject({ status: 'ready', version: 6, asOf: '2026-11-24' });
  });

  it('asks from its own version when a change does not follow', () => {
    const { transport, titles, change, joins } = aBoard();
    change(6, 7, [row('c')]);
    change(7, 8, [row('d')]);
    expect(titles()).toEqual(['a', 'b']);
    expect(joins()).toBe(2);
    expect(transport.last('board.join').data).toEqual({ scope: 'city', since: 5 });
    transport.last('board.join').answer({ ...full(8, row('c'), row('d')), full: false });
    expect(titles()).toEqual(['a', 'b', 'c', 'd']);
    expect(joins()).toBe(2);
  });

  it('asks when the beacon shows a later version, and not when it shows its own', () => {
    const { transport, joins } = aBoard();
    transport.receive({ event: 'board.head', data: { scope: 'city', version: 5 } });
    expect(joins()).toBe(1);
    transport.receive({ event: 'board.head', data: { scope: 'city', version: 6 } });
    expect(joins()).toBe(2);
  });

  it('ignores a change that it has', () => {
    const { titles, change, joins } = aBoard();
    change(4, 5, [row('a', 'old')]);
    expect(titles()).toEqual(['a', 'b']);
    expect(joins()).toBe(1);
  });

  it('asks less and less often while it stays behind', () => {
    const { clock, transport, joins } = aBoard();
    for (let i = 0; i < 60; i++) {
      transport.receive({ event: 'board.head', data: { scope: 'city', version: 9 } });
      transport.last('board.join').answer({ ...full(5), full: false });
      clock.advance(1_000);
    }
    expect(joins()).toBeLessThan(15);
  });

  it('is asked for again after a cut, and shows nothing to whom it is refused', () => {
    const { transport, view } = aBoard();
    transport.down();
    transport.up();
    transport
      .last('board.join')
      .answer({ ok: false, retry: false, error: { code: 'not-found', details: {} } });
    expect(view()).toMatchObject({ status: 'closed' });
    expect(view().rows.size).toBe(0);
  });

  it('is closed when the server says so, stays closed after a cut, and opens again when the right is back', () => {
    const { transport, view, change, titles } = aBoard();
    transport.receive({ event: 'board.closed', data: { scope: 'city', reason: 'removed' } });
    expect(view()).toMatchObject({ status: 'closed', rows: new Map(), asOf: null });
    change(5, 6, [row('c')]);
    expect(view().rows.size).toBe(0);
    transport.down();
    transport.up();
    expect(transport.last('board.join').data).toEqual({ scope: 'city' });
    transport
      .last('board.join')
      .answer({ ok: false, retry: false, error: { code: 'not-found', details: {} } });
    expect(view()).toMatchObject({ status: 'closed' });
    transport.down();
    transport.up();
    transport.last('board.join').answer(full(7, row('d')));
    expect(view()).toMatchObject({ status: 'ready' });
    expect(titles()).toEqual(['d']);
  });

  it('shows nothing and asks again when its rights could not be read', () => {
    const { clock, transport, view, titles, joins } = aBoard();
    transport.receive({ event: 'board.head', data: { scope: 'city', version: 6 } });
    transport.receive({ event: 'board.closed', data: { scope: 'city', reason: 'rights' } });
    expect(view()).toMatchObject({ status: 'loading', rows: new Map() });
    // The answer to a question from before: what is added to rows that are no longer there.
    transport.last('board.join').answer({ ...full(6, row('c')), full: false });
    expect(view()).toMatchObject({ status: 'loading', rows: new Map() });
    expect(joins()).toBe(3);
    expect(transport.last('board.join').data).toEqual({ scope: 'city' });
    transport.last('board.join').answer(full(6, row('c')));
    expect(titles()).toEqual(['c']);

    transport.receive({ event: 'board.closed', data: { scope: 'city', reason: 'rights' } });
    expect(view().rows.size).toBe(0);
    clock.advance(3_000);
    expect(joins()).toBe(4);
    expect(transport.last('board.join').data).toEqual({ scope: 'city' });
  });

  it('is not there for whom it was never open', () => {
    const { client, transport } = aClient();
    const board = client.board('monitor');
    transport.up();
    transport
      .last('board.join')
      .answer({ ok: false, retry: false, error: { code: 'not-found', details: {} } });
    expect(board.view.get()).toMatchObject({ status: 'not-found' });
  });
});
