import type { DeciderChoice } from '#libs/contracts';
import { keptQuestion, keyOf, NO_QUESTION, readQuestion, readWish } from './asking.js';

const sekda: DeciderChoice = {
  ...{ role: 'SEKDA', opdId: null, position: 'Sekretaris Daerah' },
  person: { id: 's', name: 'Sekda', opd: 'Setda' },
};
const filled = { ...NO_QUESTION, title: ' Sewa pompa? ', decider: keyOf(sekda) };
const today = '2026-11-24';

describe('the form of a decision request', () => {
  it('is a wish once it says what and who; what was left empty is left out', () => {
    expect(readWish({ ...filled, options: ['Sewa ', ' '], due: '01-12-2026' }, [sekda], today).wish).toEqual({
      ...{ title: 'Sewa pompa?', options: ['Sewa'], dueDate: '2026-12-01' },
      decider: { role: 'SEKDA', opdId: null },
    });
  });

  it.each([
    ['nothing to decide', { title: ' ' }, 'title'],
    ['nobody who decides', { decider: '' }, 'decider'],
    ['somebody who is not in the list', { decider: 'WALI_KOTA ' }, 'decider'],
    ['a day that is none', { due: '31-02-2027' }, 'dueDate'],
    ['a day that is over', { due: '23-11-2026' }, 'dueDate'],
    ['the same option twice', { options: ['Sewa', 'Sewa '] }, 'option-1'],
    ['too long a reason', { recommendation: 'a'.repeat(1_001) }, 'recommendation'],
  ])('is refused with %s', (_, about, field) => {
    expect(Object.keys(readWish({ ...filled, ...about }, [sekda], today).problems ?? {})).toEqual([field]);
  });

  it('comes back as it was kept, and is not kept while it is empty', () => {
    const question = { ...filled, options: ['Sewa'], due: '1-12' };
    expect(readQuestion(keptQuestion(question))).toEqual(question);
    expect(keptQuestion({ ...NO_QUESTION, decider: keyOf(sekda) })).toBe('');
    for (const other of ['', 'x', '5', '{"options":3,"title":4}'])
      expect(readQuestion(other)).toEqual(NO_QUESTION);
  });
});
