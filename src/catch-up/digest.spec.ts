import type { InboxRow, MarkView, WorkspaceEvent } from '#libs/contracts';
import { digestOf } from './digest.js';

const event = (seq: number, type: string, data: object = {}): WorkspaceEvent =>
  ({ streamId: 't', seq, type, at: '', actor: {}, commandId: '', data }) as unknown as WorkspaceEvent;
const decision = (seq: number, type: string, id: string) => event(seq, type, { decision: { id } });
const row = (topic: string, more: object = {}): InboxRow =>
  ({ topic, group: 'INFO', reason: 'MESSAGES', ...more }) as unknown as InboxRow;
const mark = (threadId: string, unread: number): MarkView => ({ threadId, unread }) as unknown as MarkView;
const brief = (...all: Parameters<typeof digestOf>) =>
  digestOf(...all).map(
    (item) => `${item.section} ${item.key}${'seqs' in item ? ` ${item.seqs.join()}` : ''}`,
  );
const title = () => ({ title: 'Utas', last: 9 });

describe('what was missed', () => {
  it('is told in the order that matters, the newest first within each', () => {
    const events = [
      event(9, 'file.added', { file: { id: 'f' } }),
      event(8, 'milestone.changed', { milestone: { id: 'm' } }),
      event(7, 'task.status-changed', {}),
      decision(6, 'decision.made', 'a'),
      decision(5, 'decision.requested', 'b'),
    ];
    const mine = [row('thread:x', { group: 'ACTION', reason: 'MENTIONED' })];
    expect(brief(events, mine, [mark('y', 2)], title)).toEqual([
      'DECISIONS decision:a 6',
      'DECISIONS decision:b 5',
      'STATUS status 7',
      'MINE mine:thread:x',
      'DATES milestone:m 8',
      'FILES file:f 9',
      'TALK thread:y',
    ]);
  });

  it('is told once, by the latest, with all its numbers', () => {
    const events = [decision(6, 'decision.made', 'a'), decision(2, 'decision.requested', 'a')];
    const [item] = digestOf(events, [], [], title);
    expect(item).toMatchObject({ key: 'decision:a', seqs: [6, 2], event: { type: 'decision.made' } });
  });

  it('keeps talk that is addressed to the person in one place only', () => {
    const replied = [row('thread:x', { reason: 'REPLIED' }), row('thread:y')];
    expect(brief([], replied, [mark('x', 3), mark('y', 1), mark('z', 0)], title)).toEqual([
      'MINE mine:thread:x',
      'TALK thread:y',
    ]);
  });

  it('leaves out what is no news by itself', () => {
    expect(
      brief([event(3, 'thread.opened', { thread: {} }), event(2, 'task.created')], [], [], title),
    ).toEqual([]);
  });
});
