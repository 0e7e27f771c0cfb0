import type { StreamEvent, WorkspaceEvent } from '#libs/contracts';
import { rowsAfter, stepsOf } from './inbox-steps.js';
import type { StoredRow } from './inbox.rows.js';
import type { TaskNotices } from './notice-facts.js';

const TASK = 'tugas';
const PEOPLE = ['yudi', 'sari', 'irwan', 'dewi'];

const TASKS = new Map<string, TaskNotices>([
  [
    TASK,
    {
      title: 'Penataan pasar',
      facts: {
        members: new Map(PEOPLE.map((id) => [id, { opdId: 'dlh', lead: id === 'yudi' }])),
        heads: new Map([['dlh', ['kepala']]]),
        coordinatingOpdId: 'dlh',
        sekda: [],
        writers: () => ['yudi', 'sari', 'irwan'],
        authorOf: () => 'sari',
      },
      readsMessages: () => true,
      // Not a writer; hears of everything.
      levelOf: (personId) => (personId === 'dewi' ? 'ALL' : 'IMPORTANT'),
      threadTitle: (id) => id,
    },
  ],
]);

let seed = 7;
const random = (below: number): number => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
};
const one = <T>(all: readonly T[]): T => all[random(all.length)]!;

/** A message, now and then one that calls on somebody, answers, or a thread that is resolved. */
function happening(seq: number): WorkspaceEvent {
  const actor = { id: one(PEOPLE), name: '', opd: '' };
  const base = { streamId: TASK, seq, at: new Date(seq * 1_000).toISOString(), actor, commandId: `${seq}` };
  const threadId = one(['utas', 'lain']);
  const kind = random(12);
  if (kind === 0)
    return { ...base, type: 'thread.resolved', data: { threadId } } as StreamEvent<'thread.resolved'>;
  const mentions = kind === 1 ? [{ kind: 'PERSON', id: one(PEOPLE) }] : [];
  const replyTo = kind === 2 ? 'pesan' : null;
  return {
    ...base,
    type: 'message.posted',
    data: { message: { threadId, no: seq, mentions, replyTo } },
  } as unknown as StreamEvent<'message.posted'>;
}

const title = (): string => 'judul';
const after = (events: WorkspaceEvent[], before: StoredRow[]): StoredRow[] => {
  const rows = new Map(before.map((row) => [`${row.personId} ${row.topic}`, row]));
  for (const row of rowsAfter(stepsOf(events, TASKS), before, title))
    rows.set(`${row.personId} ${row.topic}`, row);
  return [...rows.values()];
};
/** What waits for somebody, without the version, which only has to grow. */
const sorted = (rows: StoredRow[]): object[] =>
  rows
    .filter(({ state }) => state !== 'DONE')
    .map(({ version, ...row }) => ({ ...row, isStored: version > 0 }))
    .sort((a, b) => `${a.personId} ${a.topic}`.localeCompare(`${b.personId} ${b.topic}`));

it('what waits is the same whether events come together or one after the other', () => {
  for (let round = 0; round < 300; round++) {
    const events = Array.from({ length: 1 + random(25) }, (_, i) => happening(100 + i));
    const before = after([happening(1), happening(2), happening(3)], []).map((row): StoredRow =>
      random(3) === 0 ? { ...row, state: 'LATER', until: '2030-01-01T00:00:00.000Z' } : row,
    );
    const singly = events.reduce((rows, event) => after([event], rows), before);
    expect(sorted(after(events, before))).toEqual(sorted(singly));
  }
});

it('messages that call on nobody are one step a thread', () => {
  const plain = (seq: number, threadId: string): WorkspaceEvent =>
    ({
      ...happening(seq),
      type: 'message.posted',
      data: { message: { threadId, no: seq, mentions: [], replyTo: null } },
    }) as unknown as WorkspaceEvent;
  const events = Array.from({ length: 500 }, (_, i) => plain(i + 1, i % 2 ? 'utas' : 'lain'));
  expect(stepsOf(events, TASKS)).toHaveLength(2);
});
