import type { DecisionClock, DecisionRequestView } from '#libs/contracts';
import { loadWords } from '#libs/content';
import { clockNotes, isPast } from './clock-notes.js';

const CLOCK: DecisionClock = {
  opdId: 'setda',
  askedAt: '2026-11-24T02:00:00.000Z',
  remindAt: '2026-11-25T02:00:00.000Z',
  dueAt: '2026-11-26T09:00:00.000Z',
  pausedAt: null,
  told: [],
};
const asked = (about: Partial<DecisionRequestView>) => ({
  ...{ status: 'PENDING' as const, dueDate: '2026-11-26', firstDueDate: '2026-11-26', clock: CLOCK },
  ...about,
});
const told = {
  ...{ at: '2026-11-25T02:00:00.000Z', post: { role: 'SEKDA' as const, opd: null } },
  persons: [{ id: 'r', name: 'Rahmat Saragih', opd: 'SETDA' }],
};

describe('a clock in words', () => {
  it('says nothing while nothing has happened to it, and nothing of what is over', async () => {
    const words = await loadWords('id');
    expect(clockNotes(asked({}), words)).toEqual([]);
    expect(clockNotes(asked({ clock: null }), words)).toEqual([]);
    const over = asked({ status: 'APPROVED', firstDueDate: '2026-11-20' });
    expect(clockNotes(over, words)).toEqual([]);
  });

  it('says since when it stands, the first day, and who was told', async () => {
    const words = await loadWords('id');
    const notes = clockNotes(
      asked({
        ...{ status: 'CLARIFICATION_REQUESTED', firstDueDate: '2026-11-20' },
        clock: {
          ...CLOCK,
          pausedAt: '2026-11-25T03:30:00.000Z',
          told: [
            { ...told, kind: 'REMINDER' },
            { ...told, kind: 'SEKDA' },
          ],
        },
      }),
      words,
    );
    expect(notes).toEqual([
      'Waktu berhenti sejak 25 Nov, 10.30 selama penjelasan ditunggu.',
      'Tenggat semula 20 Nov 2026.',
      'Diingatkan 25 Nov, 09.00: Rahmat Saragih.',
      'Dinaikkan kepada Sekretaris Daerah, 25 Nov, 09.00.',
    ]);
  });

  it('is late only after its moment', () => {
    expect(isPast(CLOCK.dueAt, Date.parse(CLOCK.dueAt))).toBe(false);
    expect(isPast(CLOCK.dueAt, Date.parse(CLOCK.dueAt) + 1)).toBe(true);
  });
});
