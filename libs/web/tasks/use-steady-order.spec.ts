import type { BoardRow } from '#libs/contracts';
import { steady } from './use-steady-order.js';

const all = (...ids: string[]) => new Map(ids.map((id) => [id, { taskId: id } as BoardRow]));
const ids = (list: { rows: BoardRow[] }) => list.rows.map((row) => row.taskId);

it('rows stay where the reader saw them when their order changes', () => {
  const list = steady(all('a', 'b', 'c'), ['a', 'b', 'c'], ['c', 'a', 'b']);
  expect(ids(list)).toEqual(['a', 'b', 'c']);
  expect(list.moved).toBe(true);
});

it('a new row comes at the end, which offers a new order only when it belongs elsewhere', () => {
  expect(steady(all('a', 'b', 'n'), ['a', 'b'], ['n', 'a', 'b'])).toMatchObject({ moved: true });
  const list = steady(all('a', 'b', 'n'), ['a', 'b'], ['a', 'b', 'n']);
  expect(ids(list)).toEqual(['a', 'b', 'n']);
  expect(list.moved).toBe(false);
});

it('a row that no longer fits the filter stays until the reader asks, one that left the scope goes', () => {
  const list = steady(all('a', 'b'), ['a', 'b', 'gone'], ['a']);
  expect(ids(list)).toEqual(['a', 'b']);
  expect(list.moved).toBe(true);
});
