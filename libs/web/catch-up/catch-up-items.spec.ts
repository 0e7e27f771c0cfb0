import type { CatchUpItem, InboxRow, WorkspaceEvent } from '#libs/contracts';
import type { ThreadReading } from '#libs/client';
import { bySection, hasNews, outstanding, placeOfItem, unreadOf } from './catch-up-items.js';

const row = (topic: string, at = '2026-11-24T02:00:00.000Z') =>
  ({ taskId: 't', topic, at, place: { seq: 1, messageNo: 4 } }) as unknown as InboxRow;
const mine = (topic: string, at?: string): CatchUpItem => ({
  ...{ section: 'MINE', key: `mine:${topic}`, row: row(topic, at) },
});
const talk = (threadId: string, unread: number) =>
  ({
    ...{ section: 'TALK', key: `thread:${threadId}`, threadTitle: 'Utas', last: 9 },
    mark: { threadId, unread, upTo: 5 },
  }) as unknown as Extract<CatchUpItem, { section: 'TALK' }>;
const change = (type: string, data: object = {}) =>
  ({ section: 'STATUS', key: type, seqs: [1], event: { type, data } as WorkspaceEvent }) as CatchUpItem;
const read = (unread: number, firstUnread = 6) =>
  new Map<string, ThreadReading>([['a', { firstUnread, unread, marked: false }]]);
const inbox = (rows: InboxRow[], more = false) => ({ status: 'ready' as const, rows, more });

describe('what is left of a visit', () => {
  const items = [change('task.status-changed'), mine('task'), mine('thread:x'), talk('a', 3), talk('b', 1)];

  it('has nothing that was read or put away meanwhile, wherever that was', () => {
    expect(
      outstanding(items, { reading: read(0), inbox: inbox([row('task')]) }).map(({ key }) => key),
    ).toEqual(['task.status-changed', 'mine:task', 'thread:b']);
  });

  it('keeps what addresses the person as long as it is not known that it was put away', () => {
    const left = (view: Parameters<typeof outstanding>[1]['inbox']) =>
      outstanding(items, { reading: new Map(), inbox: view }).length;
    expect(left(inbox([], true))).toBe(5);
    expect(left({ status: 'loading', rows: [], more: false })).toBe(5);
    expect(left(inbox([]))).toBe(3);
  });

  it('counts messages as they stand now', () => {
    expect([unreadOf(talk('a', 3), read(1)), unreadOf(talk('b', 3), read(1))]).toEqual([1, 3]);
  });

  it('is told in the order of its kinds', () => {
    expect(bySection([talk('a', 1), ...items]).map(([section, own]) => [section, own.length])).toEqual([
      ['STATUS', 1],
      ['MINE', 2],
      ['TALK', 3],
    ]);
  });
});

describe('a notice', () => {
  const since = '2026-11-24T03:00:00.000Z';

  it('is no news when only that is left which waited before', () => {
    expect(hasNews({ since, first: false }, [mine('task')])).toBe(false);
    expect(hasNews({ since, first: false }, [])).toBe(false);
  });

  it.each([
    ['a change', change('file.added'), since],
    ['unread messages', talk('a', 1), since],
    ['something addressed to the person since', mine('task', '2026-11-24T04:00:00.000Z'), since],
    ['anything, when there was no visit before', mine('task'), null],
  ])('is news with %s', (_, item, last) => {
    expect(hasNews({ since: last, first: false }, [item])).toBe(true);
  });
});

it.each([
  [change('decision.made', { decision: { id: 'd' } }), { tab: 'keputusan', keputusan: 'd' }],
  [change('milestone.changed'), { tab: 'tahapan' }],
  [change('file.removed'), { tab: 'berkas' }],
  [change('public-update.reviewed'), { tab: 'kabar' }],
  [change('thread.resolved', { threadId: 'a' }), { topik: 'a' }],
  [change('member.added'), { tab: 'tim' }],
  [change('task.status-changed'), { tab: 'riwayat' }],
  [mine('thread:a'), { topik: 'a', pesan: 4 }],
  [talk('a', 3), { topik: 'a', pesan: 8 }],
  [talk('b', 3), { topik: 'b', pesan: 6 }],
])('leads to its place: $key', (item, place) => {
  expect(placeOfItem(item, read(2, 8))).toEqual(place);
});
