import { fold, searchWords, slugOf } from './fold.js';

it.each([
  ['Ma’ruf, S.T.', 'maruf s t'],
  ["Jum'at CAFÉ\t\n12", 'jumat cafe 12'],
  ['<script>alert(1)</script>', 'script alert 1 script'],
  ['…', ''],
])('folds %j to %j', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

it('takes the first words only, each of bounded length, and no sign that could be an operator', () => {
  expect(searchWords("a' | !b & (c:*) <-> d e f g h")).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(searchWords('x'.repeat(9_999))).toEqual(['x'.repeat(40)]);
  expect(searchWords('🙂')).toEqual([]);
});

it('makes a plain slug of any title', () => {
  expect(slugOf('Penanganan titik genangan & drainase (2026/2027)')).toBe(
    'penanganan-titik-genangan-drainase-2026-2027',
  );
  expect(slugOf('“!”')).toBe('pekerjaan');
  expect(slugOf('a'.repeat(59) + ' bcd')).toHaveLength(59);
});
