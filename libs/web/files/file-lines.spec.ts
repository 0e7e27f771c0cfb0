import type { FileView } from '#libs/contracts';
import { fileLines } from './file-lines.js';

const by = { id: 'sari', name: 'Sari', opd: 'BPBD' };
const at = '2026-11-24T02:00:00.000Z';
const file = (id: string, replaces: string | null = null, removed = false): FileView => ({
  id,
  name: `${id}.pdf`,
  kind: 'PDF',
  mediaType: 'application/pdf',
  size: 1,
  version: 1,
  replaces,
  addedBy: by,
  addedAt: at,
  removed: removed ? { by, at } : null,
});
const lines = (...files: FileView[]) =>
  fileLines(files).map(({ newest, earlier }) => [newest.id, ...earlier.map(({ id }) => id)]);

it('puts the versions of a file into one line, the line changed last in front', () => {
  expect(lines(file('a1'), file('b1'), file('a2', 'a1'), file('a3', 'a2'))).toEqual([
    ['a3', 'a2', 'a1'],
    ['b1'],
  ]);
});

it('leaves out what was removed: the version before it is the newest again', () => {
  expect(lines(file('a1'), file('a2', 'a1', true))).toEqual([['a1']]);
  expect(lines(file('a1'), file('a2', 'a1', true), file('a3', 'a2'))).toEqual([['a3', 'a1']]);
  expect(lines(file('a1', null, true))).toEqual([]);
});

it('a version whose earlier one was not loaded stands alone', () => {
  expect(lines(file('a9', 'a8'))).toEqual([['a9']]);
});
