import type { MessageView } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { newBelow, pendingMessages, timeline } from './timeline.js';

const sari = { id: 'sari', name: 'Sari Wulandari', opd: 'BPBD' };
const dedi = { id: 'dedi', name: 'Dedi Kurniawan', opd: 'PUPR' };

function message(no: number, more: Partial<MessageView> = {}): MessageView {
  return {
    id: `m${no}`,
    threadId: 't1',
    no,
    author: sari,
    kind: 'MESSAGE',
    body: `pesan ${no}`,
    mentions: [],
    replyTo: null,
    attachments: [],
    postedAt: `2026-11-24T02:0${no}:00.000Z`,
    commandId: `c${no}`,
    edits: 0,
    editedAt: null,
    deleted: null,
    reactions: [],
    pinned: null,
    ...more,
  };
}

function unsent(commandId: string, threadId = 't1'): PendingCommand<'message.post'> {
  return {
    commandId,
    workspaceId: 'w',
    type: 'message.post',
    data: { threadId, body: 'menunggu' },
    createdAt: '2026-11-24T03:00:00.000Z',
    state: 'queued',
  };
}

describe('a thread from old to new', () => {
  it('has a line before the first message of each day in Jakarta', () => {
    const entries = timeline(
      [
        message(1, { postedAt: '2026-11-23T16:59:00.000Z' }),
        message(2, { postedAt: '2026-11-23T17:00:00.000Z' }),
        message(3, { postedAt: '2026-11-24T02:00:00.000Z' }),
      ],
      [],
    );
    expect(entries.map((entry) => entry.key)).toEqual(['day-2026-11-23', 'c1', 'day-2026-11-24', 'c2', 'c3']);
  });

  it('names the author once for what was written within five minutes', () => {
    const entries = timeline(
      [message(1), message(2), message(3, { author: dedi }), message(9, { author: dedi })],
      [],
    );
    const opening = entries.flatMap((entry) => (entry.kind === 'message' ? [entry.opensGroup] : []));
    expect(opening).toEqual([true, false, true, true]);
  });

  it('names the author again for a reply and for another kind of message', () => {
    const entries = timeline(
      [message(1), message(2, { replyTo: 'm1' }), message(3, { kind: 'DIRECTIVE' })],
      [],
    );
    expect(entries.flatMap((entry) => (entry.kind === 'message' ? [entry.opensGroup] : []))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('ends with what is still on its way', () => {
    const entries = timeline([message(1)], [unsent('x'), unsent('y')]);
    expect(entries.map((entry) => entry.key)).toEqual(['day-2026-11-24', 'c1', 'x', 'y']);
  });

  it('shows a message once when its command is still pending', () => {
    const entries = timeline([message(1)], [unsent('c1')]);
    expect(entries.map((entry) => entry.kind)).toEqual(['day', 'message']);
  });

  it('shows only the unsent messages of its own thread', () => {
    const pending: PendingCommand[] = [
      unsent('x'),
      unsent('y', 't2'),
      {
        commandId: 'z',
        workspaceId: 'w',
        type: 'thread.open',
        data: { threadId: 't1', title: 'Alat berat' },
        createdAt: '2026-11-24T03:00:00.000Z',
        state: 'queued',
      },
    ];
    expect(pendingMessages(pending, 't1').map((command) => command.commandId)).toEqual(['x']);
  });
});

describe('the count of messages below what is being read', () => {
  it('counts what others wrote after the last one seen', () => {
    const messages = [message(1), message(2), message(3, { author: dedi }), message(4)];
    expect(newBelow(messages, 2, 'dedi')).toBe(1);
    expect(newBelow(messages, 2, 'somebody')).toBe(2);
    expect(newBelow(messages, 4, 'somebody')).toBe(0);
  });
});
