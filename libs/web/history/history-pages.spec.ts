import type { WorkspaceEvent } from '#libs/contracts';
import { mergeHistory } from './history-pages.js';

const actor = { id: 'dedi', name: 'Dedi Kurniawan', opd: 'PUPR' };
const base = { streamId: 'w', at: '2026-11-24T02:00:00.000Z', actor, commandId: 'c' };

function withheld(seq: number): WorkspaceEvent {
  return { ...base, seq, type: 'withheld', data: {} };
}

function removed(seq: number): WorkspaceEvent {
  return { ...base, seq, type: 'member.removed', data: { personId: 'sari', reason: 'Mutasi' } };
}

describe('the pages of the history', () => {
  const seqs = (events: readonly WorkspaceEvent[]) => events.map((event) => event.seq);

  it('become one list, newest first, each entry once', () => {
    const first = mergeHistory([], [removed(9), removed(7)]);
    expect(seqs(mergeHistory(first, [removed(7), removed(3)]))).toEqual([9, 7, 3]);
    expect(seqs(mergeHistory(first, [removed(10)]))).toEqual([10, 9, 7]);
  });

  it('leave messages out, and stay the same list when nothing came', () => {
    const have = mergeHistory([], [removed(9)]);
    expect(mergeHistory(have, [withheld(10), removed(9)])).toBe(have);
  });
});
