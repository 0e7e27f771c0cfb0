import type { WorkspaceEvent } from '#libs/contracts';
import { GapTracker } from './gap-tracker.js';
import { person } from '../test-support.js';

const event = (seq: number): WorkspaceEvent => ({
  streamId: 'workspace-1',
  seq,
  type: 'member.removed',
  at: '2026-11-24T02:00:00.000Z',
  actor: person('somebody'),
  commandId: `command-${seq}`,
  data: { personId: 'nobody', reason: '' },
});
const events = (...seqs: number[]): WorkspaceEvent[] => seqs.map(event);
const seqs = (list: WorkspaceEvent[]): number[] => list.map(({ seq }) => seq);

function at(seq: number, bound?: number): GapTracker {
  const tracker = new GapTracker(bound);
  tracker.restart({ epoch: 'e1', seq });
  return tracker;
}

describe('GapTracker', () => {
  it('hands out what follows the cursor', () => {
    const tracker = at(4);
    expect(seqs(tracker.accept('e1', events(5, 6, 7)))).toEqual([5, 6, 7]);
    expect(tracker.cursor).toEqual({ epoch: 'e1', seq: 7 });
    expect(tracker.behind).toBe(false);
  });

  it('drops what it has handed out before', () => {
    const tracker = at(4);
    tracker.accept('e1', events(5));
    expect(tracker.accept('e1', events(3, 4, 5, 5))).toEqual([]);
    expect(tracker.behind).toBe(false);
  });

  it('holds early events until the hole is filled, whatever their order', () => {
    const tracker = at(0);
    expect(tracker.accept('e1', events(4, 2, 3))).toEqual([]);
    expect(tracker.behind).toBe(true);
    expect(seqs(tracker.accept('e1', events(1)))).toEqual([1, 2, 3, 4]);
    expect(tracker.behind).toBe(false);
  });

  it('is behind when a beacon shows more than it has', () => {
    const tracker = at(4);
    tracker.saw('e1', 4);
    expect(tracker.behind).toBe(false);
    tracker.saw('e1', 5);
    expect(tracker.behind).toBe(true);
    tracker.accept('e1', events(5));
    expect(tracker.behind).toBe(false);
  });

  it('holds events that arrive before the first snapshot', () => {
    const tracker = new GapTracker();
    expect(tracker.accept('e1', events(6, 8, 5))).toEqual([]);
    expect(seqs(tracker.restart({ epoch: 'e1', seq: 5 }))).toEqual([6]);
    expect(tracker.behind).toBe(true);
  });

  it('gives nothing of another epoch, and says that it is behind', () => {
    const tracker = at(4);
    expect(tracker.accept('e2', events(5, 6))).toEqual([]);
    expect(tracker.cursor).toEqual({ epoch: 'e1', seq: 4 });
    expect(tracker.behind).toBe(true);
  });

  it('goes on in the new epoch with what came of it before its snapshot', () => {
    const tracker = at(400);
    tracker.accept('e2', events(3));
    expect(seqs(tracker.restart({ epoch: 'e2', seq: 2 }))).toEqual([3]);
    expect(tracker.behind).toBe(false);
  });

  it('is not led astray by a late word of the old epoch for longer than one answer', () => {
    const tracker = at(4);
    tracker.restart({ epoch: 'e2', seq: 1 });
    tracker.saw('e1', 9);
    expect(tracker.behind).toBe(true);
    tracker.saw('e2', 1);
    expect(tracker.behind).toBe(false);
  });

  it('holds no more than its bound, knows that more exists, and goes on from what it holds', () => {
    const tracker = at(0, 3);
    tracker.accept('e1', events(2, 3, 4, 5, 6));
    expect(tracker.full).toBe(true);
    expect(seqs(tracker.accept('e1', events(1)))).toEqual([1, 2, 3, 4]);
    expect(tracker.behind).toBe(true);
    expect(seqs(tracker.accept('e1', events(5, 6)))).toEqual([5, 6]);
  });

  it('takes a catch-up longer than its bound', () => {
    const tracker = at(0, 3);
    tracker.accept('e1', events(20));
    const missed = Array.from({ length: 19 }, (_, i) => i + 1);
    expect(seqs(tracker.accept('e1', events(...missed)))).toEqual([...missed, 20]);
  });
});
