import type { ThreadView } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { neighbour, stableOrder, topics } from './threads.js';

describe('topics', () => {
  const reader = { id: 'a', name: 'Ani', opd: 'PUPR' };
  const thread = (threadId: string, lastMessageAt: string | null): ThreadView => ({
    id: threadId,
    title: threadId,
    about: { kind: 'GENERAL', id: null },
    createdBy: reader,
    createdAt: '2026-11-01T00:00:00.000Z',
    messageCount: 0,
    lastMessageAt,
    resolved: null,
    pins: [],
  });
  const opening: PendingCommand = {
    commandId: 'c',
    workspaceId: 'w',
    type: 'thread.open',
    data: { threadId: 'new', title: 'Alat berat' },
    createdAt: '2026-11-24T03:00:00.000Z',
    state: 'queued',
  };

  it('come with the newest activity first, with the one that is being opened', () => {
    const list = topics(
      [thread('a', '2026-11-02T00:00:00.000Z'), thread('b', '2026-11-03T00:00:00.000Z')],
      [opening],
      reader,
    );
    expect(list.map((topic) => topic.thread.id)).toEqual(['new', 'b', 'a']);
    expect(list[0]?.opening?.commandId).toBe('c');
  });

  it('are listed once when the opened one has arrived', () => {
    expect(topics([thread('new', null)], [opening], reader)).toHaveLength(1);
  });

  it('keep the places a person is looking at', () => {
    expect(stableOrder(['a', 'b', 'gone'], ['b', 'new', 'a'])).toEqual(['new', 'a', 'b']);
  });

  it('are walked with the keys and end at both ends', () => {
    expect(neighbour(['a', 'b'], 'a', 1)).toBe('b');
    expect(neighbour(['a', 'b'], 'b', 1)).toBeNull();
    expect(neighbour(['a', 'b'], null, -1)).toBe('b');
    expect(neighbour([], null, 1)).toBeNull();
  });
});
