import type { InboxPage, InboxRow, PersonEvent } from '#libs/contracts';
import { SimpulClient } from './client.js';
import { FakeClock, person, ScriptedTransport, settle } from './test-support.js';

const AT = '2026-11-24T01:00:00.000Z';

function aRow(n: number, change: Partial<InboxRow> = {}): InboxRow {
  return {
    ...{
      taskId: `task-${n}`,
      taskTitle: 'Drainase',
      topic: 'task',
      topicTitle: '',
      reason: 'STATUS_CHANGED',
    },
    ...{ group: 'INFO', actor: person('irwan'), count: 1, place: { seq: n, messageNo: null }, since: AT },
    ...{ at: `2026-11-24T01:00:0${n}.000Z`, due: null, state: 'OPEN', until: null, version: 1 },
    ...change,
  };
}

const page = (rows: InboxRow[], more: Partial<InboxPage> = {}) => ({
  ...{ ok: true as const, rows, more: false, counts: { action: 0, info: rows.length }, next: null },
  ...more,
});

function changed(...rows: InboxRow[]): PersonEvent {
  return {
    ...{ streamId: 'me', seq: 1, type: 'inbox.changed', at: AT, actor: person('me'), commandId: 'c' },
    data: { rows },
  };
}

async function ready(...rows: InboxRow[]) {
  const transport = new ScriptedTransport();
  const clock = new FakeClock();
  const client = new SimpulClient({ url: '', personId: 'me', transport, clock, random: () => 0.5 });
  client.connect();
  const inbox = client.inbox();
  transport.up();
  await settle();
  transport.last('inbox.read').answer(page(rows));
  await settle();
  const hear = (...events: PersonEvent[]) =>
    transport.receive({ event: 'person.events', data: { streamId: 'me', epoch: 'e', events } });
  const shown = () => inbox.view.get().rows.map(({ taskId }) => taskId);
  return { transport, clock, client, inbox, hear, shown };
}

describe('an inbox on a device', () => {
  it('shows what is open, newest first, and what is told of it', async () => {
    const { inbox, hear, shown } = await ready(aRow(2), aRow(1));
    expect(shown()).toEqual(['task-2', 'task-1']);
    hear(changed(aRow(3, { group: 'ACTION' })));
    expect(shown()).toEqual(['task-3', 'task-2', 'task-1']);
    expect(inbox.view.get().counts).toEqual({ action: 1, info: 2 });
    hear(changed(aRow(2, { state: 'DONE', version: 2 })));
    expect(shown()).toEqual(['task-3', 'task-1']);
  });

  it('takes of two the newer version, whichever comes first', async () => {
    const { hear, shown } = await ready(aRow(1));
    hear(changed(aRow(1, { state: 'DONE', version: 3 })), changed(aRow(1, { version: 2 })));
    expect(shown()).toEqual([]);
  });

  it('drops the rows of a task that is no longer theirs', async () => {
    const { hear, shown } = await ready(aRow(2), aRow(1));
    const cleared = { ...changed(), type: 'inbox.cleared', data: { taskId: 'task-2' } } as PersonEvent;
    hear(cleared);
    expect(shown()).toEqual(['task-1']);
  });

  it('asks again when what was put off comes back', async () => {
    const { transport, clock, inbox, shown } = await ready(aRow(1));
    const until = new Date(clock.now() + 60_000).toISOString();
    const putOff = inbox.set({ taskId: 'task-1', topic: 'task' }, 'LATER', until);
    transport.last('inbox.set').answer({ ok: true, row: aRow(1, { state: 'LATER', until, version: 2 }) });
    await putOff;
    expect(shown()).toEqual([]);
    const before = transport.of('inbox.read').length;
    clock.advance(61_000);
    expect(transport.of('inbox.read')).toHaveLength(before + 1);
    transport.last('inbox.read').answer(page([aRow(1, { version: 2 })]));
    await settle();
    expect(shown()).toEqual(['task-1']);
  });

  it('reads itself anew after a lost connection, and keeps showing what it has meanwhile', async () => {
    const { transport, shown, inbox } = await ready(aRow(1));
    transport.down();
    expect(shown()).toEqual(['task-1']);
    transport.up();
    await settle();
    transport.last('inbox.read').answer(page([aRow(2)]));
    await settle();
    expect(shown()).toEqual(['task-2']);
    expect(inbox.view.get().status).toBe('ready');
  });

  it('puts a row away at once, also without a connection, and tells it when there is one', async () => {
    const { transport, shown, inbox } = await ready(aRow(2), aRow(1));
    transport.down();
    await inbox.set({ taskId: 'task-2', topic: 'task' }, 'DONE');
    expect(shown()).toEqual(['task-1']);
    expect(transport.of('inbox.set')).toEqual([]);
    transport.up();
    await settle();
    transport.last('inbox.read').answer(page([aRow(2), aRow(1)]));
    await settle();
    expect(shown()).toEqual(['task-1']);
    expect(transport.last('inbox.set').data).toMatchObject({ taskId: 'task-2', state: 'DONE' });
    transport.last('inbox.set').answer({ ok: true, row: aRow(2, { state: 'DONE', version: 2 }) });
    await settle();
    expect(shown()).toEqual(['task-1']);
  });

  it('shows a row again that the server does not let go', async () => {
    const { transport, shown, inbox } = await ready(aRow(1));
    const gone = inbox.set({ taskId: 'task-1', topic: 'task' }, 'DONE');
    transport
      .last('inbox.set')
      .answer({ ok: false, retry: false, error: { code: 'not-found', details: {} } });
    await expect(gone).rejects.toMatchObject({ code: 'not-found' });
    expect(shown()).toEqual(['task-1']);
  });

  it('says when it could not be read, and tries again', async () => {
    const transport = new ScriptedTransport();
    const clock = new FakeClock();
    const client = new SimpulClient({ url: '', personId: 'me', transport, clock, random: () => 0.5 });
    client.connect();
    const inbox = client.inbox();
    transport.up();
    await settle();
    transport.last('inbox.read').answer({
      ok: false,
      retry: true,
      error: { code: 'unavailable', details: {} },
    });
    await settle();
    expect(inbox.view.get()).toMatchObject({ status: 'error', error: { code: 'unavailable' } });
    clock.advance(1_000);
    transport.last('inbox.read').answer(page([aRow(1)]));
    await settle();
    expect(inbox.view.get().status).toBe('ready');
  });
});
