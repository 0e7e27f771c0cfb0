import { noAnswers, problemsOf, readAnswers, wishOf, type Answers } from './answers.js';

const full: Answers = {
  title: 'Pompa siaga',
  description: '',
  coordinatingOpdId: 'pupr',
  teamLeadId: '',
  supportingOpdIds: ['pupr', 'dlh'],
  due: '24-12-2026',
};

describe('the four answers', () => {
  it('are wrong by field until they are there', () => {
    expect(problemsOf(noAnswers(''), '2026-11-24')).toEqual([
      { field: 'title', rule: 'required' },
      { field: 'coordinatingOpdId', rule: 'required' },
      { field: 'dueDate', rule: 'required' },
    ]);
    const due = (typed: string) => problemsOf({ ...full, due: typed }, '2026-11-24').map(({ rule }) => rule);
    expect(due('besok')).toEqual(['not-a-date']);
    expect(due('23-11-2026')).toEqual(['out-of-range']);
    expect(due('24-12-2027')).toEqual(['out-of-range']);
    expect(problemsOf(full, '2026-11-24')).toEqual([]);
  });

  it('become a wish without what is empty and without the leading unit twice', () => {
    expect(wishOf(full)).toEqual({
      title: 'Pompa siaga',
      coordinatingOpdId: 'pupr',
      supportingOpdIds: ['dlh'],
      dueDate: '2026-12-24',
    });
  });

  it('come back from the device', () => {
    expect(readAnswers(JSON.stringify(full))).toEqual(full);
    expect(readAnswers('')).toBeNull();
    expect(readAnswers('"x"')).toBeNull();
  });
});
