import { cleanGrade, judgeGrade, positionKindOf } from './grades.js';

const judge = (grade: string, kind: string, title = '', pppk = false) => {
  const { fault, warning } = judgeGrade(cleanGrade(grade), kind, title, pppk);
  return fault?.code ?? warning?.code ?? 'fits';
};

describe('a grade', () => {
  test.each([
    ['IV/b', 'jpt_pratama', '', 'fits'],
    ['iv / B', 'jpt_pratama', '', 'fits'],
    ['II/c', 'jpt_pratama', '', 'GRADE_MISMATCH'],
    ['IV/e', 'jpt_pratama', '', 'GRADE_UNUSUAL'],
    ['III/d', 'pelaksana', '', 'GRADE_UNUSUAL'],
    ['IV/a', 'pelaksana', '', 'GRADE_MISMATCH'],
    ['III/a', 'fungsional', 'Pranata Komputer Ahli Pertama', 'fits'],
    ['II/c', 'fungsional', 'Pranata Komputer Ahli Muda', 'GRADE_MISMATCH'],
    ['III/a', 'fungsional', 'Guru', 'fits'],
    ['V/a', 'pelaksana', '', 'GRADE_MISMATCH'],
    ['', 'pelaksana', '', 'GRADE_MISMATCH'],
    ['IX', 'fungsional', 'Guru Ahli Pertama', 'GRADE_MISMATCH'],
  ])('%s of a %s %s: %s', (grade, kind, title, expected) => {
    expect(judge(grade, kind, title)).toBe(expected);
  });

  test('of a PPPK is a Roman number alone', () => {
    expect(judge('IX', 'fungsional', 'Guru Ahli Pertama', true)).toBe('fits');
    expect(judge('III/a', 'fungsional', 'Guru Ahli Pertama', true)).toBe('GRADE_MISMATCH');
    expect(judge('XVIII', 'fungsional', '', true)).toBe('GRADE_MISMATCH');
  });

  test('kinds of post are known by code and by name', () => {
    expect(positionKindOf('jpt_pratama')).toBe('jpt_pratama');
    expect(positionKindOf('Jabatan Pimpinan Tinggi Pratama')).toBe('jpt_pratama');
    expect(positionKindOf('Fungsional')).toBe('fungsional');
    expect(positionKindOf('kepala_daerah')).toBeNull();
  });
});
