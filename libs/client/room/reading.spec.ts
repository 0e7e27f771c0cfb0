import type { MarkView, WorkspaceEvent } from '#libs/contracts';
import { Reading } from './reading.js';
import { aPosted, FakeClock, settle, THREAD } from '../test-support.js';

const mark = (version: number, asOf: number, unread: number, change: Partial<MarkView> = {}): MarkView => ({
  ...{ workspaceId: 'workspace-1', threadId: THREAD, upTo: 0, unreadFrom: null, version, unread, asOf },
  ...change,
});

function reading() {
  const answers: ((answer: never) => void)[] = [];
  const asked: { name: string; data: unknown }[] = [];
  const wire = {
    online: true,
    request: (name: string, data: unknown) => {
      asked.push({ name, data });
      return new Promise<never>((resolve) => answers.push(resolve));
    },
  };
  const clock = new FakeClock();
  const it = new Reading('workspace-1', {
    ...{ personId: 'me', wire: wire as never, clock },
    changed: () => undefined,
  });
  const answer = async (marks: MarkView[]) => {
    answers.shift()?.({ marks } as never);
    await settle();
  };
  return { it, wire, clock, asked, answer, unread: () => it.threads.get(THREAD)?.unread };
}

const posted = (seq: number, no: number, change: object = {}): WorkspaceEvent =>
  aPosted(seq, { no, ...change });

describe('what is unread on a device', () => {
  it('is what the server counted and what happened after that moment, in whichever order they come', async () => {
    const { it, answer, unread } = reading();
    it.joined();
    it.applied(posted(11, 4));
    await answer([mark(1, 10, 3)]);
    expect(unread()).toBe(4);
    it.applied(posted(12, 5, { author: { id: 'me', name: '', opd: '' } }));
    expect(unread()).toBe(4);
    it.onMark(mark(2, 12, 1, { upTo: 3 }));
    expect(unread()).toBe(1);
  });

  it('is asked for again when a newer mark was counted before what is held', async () => {
    const { it, asked, answer, unread } = reading();
    it.joined();
    it.applied(posted(11, 4));
    // Read while the newer mark was being written.
    await answer([mark(1, 11, 4)]);
    it.onMark(mark(2, 10, 2, { upTo: 1 }));
    expect(asked.map(({ name }) => name)).toEqual(['marks.read', 'marks.read']);
    await answer([mark(2, 11, 3, { upTo: 1 })]);
    expect(unread()).toBe(3);
  });

  it('is nothing at once when the end was on the screen, and tells the server once', async () => {
    const { it, clock, asked, answer, unread } = reading();
    it.joined();
    await answer([mark(1, 10, 3)]);
    it.read(THREAD, 2);
    it.read(THREAD, 3);
    expect(unread()).toBe(0);
    clock.advance(1_000);
    expect(asked.slice(1)).toEqual([
      { name: 'thread.read', data: { workspaceId: 'workspace-1', threadId: THREAD, upTo: 3, version: 1 } },
    ]);
  });

  it('keeps what was read without a connection until there is one', async () => {
    const { it, wire, clock, asked, answer } = reading();
    it.joined();
    await answer([mark(1, 10, 3)]);
    wire.online = false;
    it.read(THREAD, 3);
    clock.advance(1_000);
    expect(asked).toHaveLength(1);
    wire.online = true;
    it.joined();
    clock.advance(1);
    expect(asked.map(({ name }) => name)).toEqual(['marks.read', 'marks.read', 'thread.read']);
  });
});
