import { AppError } from '#libs/contracts';
import type { WorkspaceEvent, WorkspaceState } from '#libs/contracts';
import { SimpulClient } from '../client.js';
import type { JournalEntry } from '../types.js';
import {
  aMessage,
  aPosted,
  aReset,
  aState,
  aThread,
  FakeClock,
  FULL_RIGHTS,
  person,
  ScriptedTransport,
  settle,
  THREAD,
} from '../test-support.js';

const WORKSPACE = 'workspace-1';
const OTHER = 'thread-2';

/** A person in a workspace, connected; joined when a state is given. */
async function aRoom(state?: WorkspaceState) {
  const clock = new FakeClock();
  const transport = new ScriptedTransport();
  const faults: unknown[] = [];
  const client = new SimpulClient({
    url: '',
    personId: 'me',
    clock,
    transport,
    random: () => 0.5,
    onFault: (error) => faults.push(error),
  });
  client.connect();
  const room = client.workspace(WORKSPACE);
  transport.up();
  await settle();
  if (state) transport.last('workspace.join').answer(aReset(state));
  const events = (...list: WorkspaceEvent[]): void =>
    transport.receive({
      event: 'workspace.events',
      data: { streamId: WORKSPACE, epoch: 'epoch-1', events: list },
    });
  const head = (seq: number, epoch = 'epoch-1'): void =>
    transport.receive({ event: 'workspace.head', data: { workspaceId: WORKSPACE, epoch, seq } });
  const view = () => room.view.get();
  const bodies = (threadId = THREAD): string[] =>
    view().state?.windows[threadId]?.messages.map((m) => m.body) ?? [];
  const joins = (): number => transport.of('workspace.join').length;
  return { clock, transport, faults, client, room, events, head, view, bodies, joins };
}

describe('a room', () => {
  it('shows the snapshot, then what happens', async () => {
    const { events, view, bodies } = await aRoom(aState());
    expect(view()).toMatchObject({ status: 'ready', rights: FULL_RIGHTS, presence: null, outdated: false });
    events(aPosted(1, { no: 1, body: 'satu' }), aPosted(2, { no: 2, body: 'dua' }));
    expect(bodies()).toEqual(['satu', 'dua']);
  });

  it('shows what one frame brought as one change, with the same view until then', async () => {
    const { room, events, view } = await aRoom(aState());
    let changes = 0;
    room.view.subscribe(() => changes++);
    const before = view();
    events();
    expect(view()).toBe(before);
    events(aPosted(1, { no: 1 }), aPosted(2, { no: 2 }), aPosted(3, { no: 3 }));
    expect(changes).toBe(1);
  });

  it('waits a moment for what is late before it asks', async () => {
    const { clock, events, bodies, joins } = await aRoom(aState());
    events(aPosted(2, { no: 2, body: 'dua' }));
    clock.advance(100);
    events(aPosted(1, { no: 1, body: 'satu' }));
    clock.advance(1_000);
    expect(bodies()).toEqual(['satu', 'dua']);
    expect(joins()).toBe(1);
  });

  it('asks once for a hole that stays, from where it is', async () => {
    const { clock, transport, events, head, bodies, joins } = await aRoom(aState());
    events(aPosted(3, { no: 3, body: 'tiga' }));
    clock.advance(160);
    head(4);
    clock.advance(160);
    expect(joins()).toBe(2);
    const { data, answer } = transport.last('workspace.join');
    expect(data).toEqual({ workspaceId: WORKSPACE, since: { epoch: 'epoch-1', seq: 0 } });
    answer({
      ok: true,
      kind: 'events',
      epoch: 'epoch-1',
      head: 2,
      rights: FULL_RIGHTS,
      events: [aPosted(1, { no: 1, body: 'satu' }), aPosted(2, { no: 2, body: 'dua' })],
    });
    expect(bodies()).toEqual(['satu', 'dua', 'tiga']);
  });

  it('asks when a beacon shows that the last event was lost', async () => {
    const { clock, head, joins } = await aRoom(aState());
    head(0);
    clock.advance(1_000);
    expect(joins()).toBe(1);
    head(1);
    clock.advance(160);
    expect(joins()).toBe(2);
  });

  it('asks less and less often while the server has no answer', async () => {
    const { clock, transport, head, joins } = await aRoom(aState());
    head(5);
    clock.advance(160);
    for (let i = 0; i < 60; i++) {
      transport
        .last('workspace.join')
        .answer({ ok: false, retry: true, error: { code: 'unavailable', details: {} } });
      head(5);
      clock.advance(1_000);
    }
    expect(joins()).toBeGreaterThan(5);
    expect(joins()).toBeLessThan(15);
  });

  it('takes the snapshot of another epoch', async () => {
    const { clock, transport, head, view } = await aRoom(aState({ seq: 40 }));
    head(3, 'epoch-2');
    clock.advance(160);
    transport.last('workspace.join').answer(aReset(aState({ seq: 3 }), 'epoch-2'));
    expect(view()).toMatchObject({ status: 'ready', epoch: 'epoch-2', state: { seq: 3 } });
  });

  it('does not go back to a snapshot that is older than what came meanwhile', async () => {
    const { clock, transport, events, head, view } = await aRoom(aState());
    head(3);
    clock.advance(160);
    events(aPosted(1, { no: 1 }), aPosted(2, { no: 2 }), aPosted(3, { no: 3 }));
    transport.last('workspace.join').answer(aReset(aState({ seq: 2 })));
    expect(view().state?.seq).toBe(3);
  });

  it('follows the server when it goes back behind what was asked for', async () => {
    const { clock, transport, head, view, joins } = await aRoom(aState({ seq: 9 }));
    head(10);
    clock.advance(160);
    transport.last('workspace.join').answer(aReset(aState({ seq: 4 })));
    clock.advance(60_000);
    expect(view().state?.seq).toBe(4);
    expect(joins()).toBe(2);
  });

  it('goes on past an event that it does not know, and says so', async () => {
    const { events, view, bodies, faults } = await aRoom(aState());
    events(
      { ...aPosted(1, { no: 1 }), type: 'thing.invented' } as unknown as WorkspaceEvent,
      aPosted(2, { no: 1, body: 'dua' }),
    );
    expect(bodies()).toEqual(['dua']);
    expect(view().outdated).toBe(true);
    expect(faults).toEqual([]);
  });

  it('asks for everything when an event breaks the reducer', async () => {
    const { clock, transport, events, view, faults } = await aRoom(aState());
    events({ ...aPosted(1, { no: 1 }), data: {} } as unknown as WorkspaceEvent);
    expect(faults).toHaveLength(1);
    clock.advance(2_000);
    expect(transport.last('workspace.join').data).toEqual({ workspaceId: WORKSPACE });
    transport.last('workspace.join').answer(aReset(aState({ seq: 1 })));
    expect(view()).toMatchObject({ status: 'ready', state: { seq: 1 } });
  });

  it('keeps a journal of what it applied and what was answered', async () => {
    const { transport, room, events } = await aRoom(aState());
    const journal: JournalEntry['kind'][] = [];
    room.journal.subscribe(({ kind }) => journal.push(kind));
    const { commandId } = room.send('message.post', { threadId: THREAD, body: 'satu' });
    events(aPosted(1, { no: 1, commandId, author: person('me') }));
    transport.last('message.post').answer({ ok: true, commandId, streamId: WORKSPACE, seq: 1, at: '' });
    expect(journal).toEqual(['event', 'done']);
  });
});

describe('a message on its way', () => {
  it('is pending until its event is there, whichever of event and answer comes first', async () => {
    const { transport, room, events, view, bodies } = await aRoom(aState());
    const { commandId } = room.send('message.post', { threadId: THREAD, body: 'satu' });
    transport.last('message.post').answer({ ok: true, commandId, streamId: WORKSPACE, seq: 1, at: '' });
    expect(view().pending).toMatchObject([{ commandId, state: 'sending' }]);
    const seen: [number, number][] = [];
    room.view.subscribe(() => seen.push([view().pending.length, bodies().length]));
    events(aPosted(1, { no: 1, commandId, author: person('me') }));
    expect(seen).toEqual([[0, 1]]);
  });

  it('leaves with its event when no answer ever comes', async () => {
    const { transport, client, room, events } = await aRoom(aState());
    const { commandId } = room.send('message.post', { threadId: THREAD, body: 'satu' });
    events(aPosted(1, { no: 1, commandId, author: person('me') }));
    expect(client.pending.get()).toEqual([]);
    expect(transport.of('message.post')).toHaveLength(1);
  });

  it('makes the room ask when its event does not follow its answer, and leaves with what it is told', async () => {
    const { clock, transport, room, view, joins } = await aRoom(aState());
    const { commandId } = room.send('message.post', { threadId: THREAD, body: 'satu' });
    transport.last('message.post').answer({ ok: true, commandId, streamId: WORKSPACE, seq: 1, at: '' });
    clock.advance(160);
    expect(joins()).toBe(2);
    expect(view().pending).toHaveLength(1);
    // The number was one of another numbering: what was read after the answer has the message all the same.
    transport
      .last('workspace.join')
      .answer({ ok: true, kind: 'up-to-date', epoch: 'epoch-1', head: 0, rights: FULL_RIGHTS });
    expect(view().pending).toEqual([]);
  });

  it('is not sent before the room is joined again', async () => {
    const { transport, room } = await aRoom(aState());
    transport.down();
    room.send('message.post', { threadId: THREAD, body: 'satu' });
    transport.up();
    await settle();
    expect(transport.of('message.post')).toEqual([]);
    transport
      .last('workspace.join')
      .answer({ ok: true, kind: 'up-to-date', epoch: 'epoch-1', head: 0, rights: FULL_RIGHTS });
    expect(transport.of('message.post')).toHaveLength(1);
  });

  it('is recognised in a snapshot, and not sent again', async () => {
    const { transport, room, view } = await aRoom(aState());
    const { commandId } = room.send('message.post', { threadId: THREAD, body: 'satu' });
    transport.down();
    transport.up();
    await settle();
    const messages = [aMessage({ no: 1, commandId, author: person('me') })];
    transport
      .last('workspace.join')
      .answer(aReset(aState({ seq: 900, windows: { [THREAD]: { messages } } })));
    expect(view().pending).toEqual([]);
    expect(transport.of('message.post')).toHaveLength(1);
  });

  it('is sent also when nobody looks at its workspace any more', async () => {
    const { clock, transport, client, room } = await aRoom(aState());
    transport.down();
    room.send('message.post', { threadId: THREAD, body: 'satu' });
    room.leave();
    clock.advance(2_000);
    transport.up();
    await settle();
    expect(transport.of('workspace.join')).toHaveLength(1);
    const { data, answer } = transport.last('message.post');
    answer({ ok: true, commandId: data.commandId, streamId: WORKSPACE, seq: 1, at: '' });
    expect(client.pending.get()).toEqual([]);
  });
});

describe('a thread that is opened', () => {
  const two = (): WorkspaceState => aState({ threads: [aThread(THREAD), aThread(OTHER, 60)] });
  const page = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) =>
      aMessage({ no: from + i, threadId: OTHER, body: String(from + i) }),
    );
  const numbers = (view: { state?: WorkspaceState }): number[] =>
    view.state?.windows[OTHER]?.messages.map(({ no }) => no) ?? [];

  it('loads its newest page, then older ones to the beginning', async () => {
    const { transport, room, view } = await aRoom(two());
    const first = room.loadOlder(OTHER);
    expect(view().loadingThreads).toEqual([OTHER]);
    transport
      .last('thread.page')
      .answer({ ok: true, threadId: OTHER, messages: page(11, 60), messageCount: 60 });
    expect(await first).toBe(true);
    await settle();
    expect(view().loadingThreads).toEqual([]);
    const second = room.loadOlder(OTHER);
    expect(transport.last('thread.page').data).toMatchObject({ before: 11 });
    transport
      .last('thread.page')
      .answer({ ok: true, threadId: OTHER, messages: page(1, 10), messageCount: 60 });
    expect(await second).toBe(false);
    expect(numbers(view())).toEqual(page(1, 60).map(({ no }) => no));
    expect(await room.loadOlder(OTHER)).toBe(false);
    expect(transport.of('thread.page')).toHaveLength(2);
  });

  it('asks once, however often it is told to', async () => {
    const { transport, room } = await aRoom(two());
    const both = [room.loadOlder(OTHER), room.loadOlder(OTHER)];
    transport
      .last('thread.page')
      .answer({ ok: true, threadId: OTHER, messages: page(11, 60), messageCount: 60 });
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(transport.of('thread.page')).toHaveLength(1);
  });

  it('has no hole when a message arrives while its page is on the way', async () => {
    const { transport, room, events, view } = await aRoom(two());
    const loading = room.loadOlder(OTHER);
    events(aPosted(1, { no: 61, threadId: OTHER }));
    transport
      .last('thread.page')
      .answer({ ok: true, threadId: OTHER, messages: page(11, 60), messageCount: 60 });
    await loading;
    expect(numbers(view())).toEqual(page(11, 61).map(({ no }) => no));
  });

  it('does not join a page that does not reach its end', async () => {
    const { transport, room, events, view } = await aRoom(two());
    const loading = room.loadOlder(OTHER);
    events(aPosted(1, { no: 61, threadId: OTHER }));
    transport
      .last('thread.page')
      .answer({ ok: true, threadId: OTHER, messages: page(9, 58), messageCount: 58 });
    await settle();
    expect(numbers(view())).toEqual([61]);
    expect(transport.last('thread.page').data).toMatchObject({ before: 61 });
    transport
      .last('thread.page')
      .answer({ ok: true, threadId: OTHER, messages: page(11, 60), messageCount: 61 });
    expect(await loading).toBe(true);
    expect(numbers(view())).toEqual(page(11, 61).map(({ no }) => no));
  });

  it('is open again after a reset', async () => {
    const { clock, transport, room, head, view } = await aRoom(two());
    const loading = room.loadOlder(OTHER);
    transport
      .last('thread.page')
      .answer({ ok: true, threadId: OTHER, messages: page(11, 60), messageCount: 60 });
    await loading;
    head(5_000);
    clock.advance(160);
    const threads = [aThread(THREAD), aThread(OTHER, 100)];
    transport.last('workspace.join').answer(aReset(aState({ seq: 5_000, threads })));
    expect(transport.of('thread.page')).toHaveLength(2);
    transport
      .last('thread.page')
      .answer({ ok: true, threadId: OTHER, messages: page(51, 100), messageCount: 100 });
    await settle();
    expect(numbers(view())).toEqual(page(51, 100).map(({ no }) => no));
  });

  it('says why it could not be loaded', async () => {
    const { transport, room } = await aRoom(two());
    const refused = room.loadOlder(OTHER);
    transport
      .last('thread.page')
      .answer({ ok: false, retry: false, error: { code: 'forbidden', details: { action: 'x' } } });
    await expect(refused).rejects.toThrow(new AppError('forbidden', { action: 'x' }));
    await expect(room.loadOlder('unknown')).rejects.toThrow('not-found');
    transport.down();
    await expect(room.loadOlder(OTHER)).rejects.toThrow('unavailable');
    await expect(room.history()).rejects.toThrow('unavailable');
  });
});

describe('people in a room', () => {
  const typing = (personId: string) =>
    ({
      event: 'typing',
      data: { workspaceId: WORKSPACE, threadId: THREAD, personId, name: personId },
    }) as const;

  it('are shown as the server knows them, and as unknown without a connection', async () => {
    const { transport, view } = await aRoom(aState());
    transport.receive({
      event: 'presence.changed',
      data: { workspaceId: WORKSPACE, people: ['me', 'dewi'] },
    });
    expect(view().presence).toEqual(['me', 'dewi']);
    transport.down();
    expect(view().presence).toBeNull();
  });

  it('are shown typing for five seconds, or until their message comes', async () => {
    const { clock, transport, events, view } = await aRoom(aState());
    transport.receive(typing('dewi'));
    transport.receive(typing('budi'));
    transport.receive(typing('me'));
    clock.advance(3_000);
    transport.receive(typing('dewi'));
    events(aPosted(1, { no: 1, author: person('budi') }));
    expect(view().typing.map((one) => one.personId)).toEqual(['dewi']);
    clock.advance(4_900);
    expect(view().typing).toHaveLength(1);
    clock.advance(200);
    expect(view().typing).toEqual([]);
  });

  it('are told at most every three seconds that this person types', async () => {
    const { clock, transport, room } = await aRoom(aState());
    room.typing(THREAD);
    room.typing(THREAD);
    room.typing(OTHER);
    clock.advance(3_000);
    room.typing(THREAD);
    expect(transport.hints).toEqual([THREAD, OTHER, THREAD]);
  });
});

describe('rights', () => {
  it('are what the server said last', async () => {
    const { transport, view } = await aRoom(aState());
    const rights = { ...FULL_RIGHTS, post: false };
    transport.receive({ event: 'workspace.rights', data: { workspaceId: WORKSPACE, rights } });
    expect(view().rights).toEqual(rights);
  });

  it('that are gone take everything away but the unsent text', async () => {
    const { clock, transport, room, events, view, joins } = await aRoom(aState());
    room.send('message.post', { threadId: THREAD, body: 'satu' });
    transport.receive({ event: 'workspace.closed', data: { workspaceId: WORKSPACE, reason: 'removed' } });
    events(aPosted(1, { no: 1 }));
    clock.advance(5_000);
    expect(view()).toMatchObject({ status: 'closed', state: undefined, rights: undefined });
    expect(view().pending).toHaveLength(1);
    expect(joins()).toBe(1);
  });

  it('that let read other things bring a new snapshot', async () => {
    const { transport, view } = await aRoom(aState());
    transport.receive({ event: 'workspace.closed', data: { workspaceId: WORKSPACE, reason: 'rights' } });
    expect(view()).toMatchObject({ status: 'loading', state: undefined });
    expect(transport.last('workspace.join').data).toEqual({ workspaceId: WORKSPACE });
    transport.last('workspace.join').answer(aReset(aState({ seq: 2 })));
    expect(view()).toMatchObject({ status: 'ready', state: { seq: 2 } });
  });

  it('that were never there look like a workspace that does not exist; coming back asks again', async () => {
    const { transport, client, room, view, joins } = await aRoom();
    transport
      .last('workspace.join')
      .answer({ ok: false, retry: false, error: { code: 'not-found', details: {} } });
    expect(view()).toMatchObject({ status: 'not-found', error: { code: 'not-found' } });
    room.leave();
    expect(client.workspace(WORKSPACE)).toBe(room);
    expect(joins()).toBe(2);
  });
});
