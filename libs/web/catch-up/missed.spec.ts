import { countsOf } from './missed.js';

it('a task names what is new in it, by kind, in the order that matters', () => {
  const task = {
    ...{ taskId: 't', title: 'Pompa', moreChanges: false, mine: 1, unread: 9 },
    changes: { DECISIONS: 0, STATUS: 2, DATES: 0, FILES: 3 },
  };
  expect(countsOf(task)).toEqual([
    ['STATUS', 2],
    ['MINE', 1],
    ['FILES', 3],
    ['TALK', 9],
  ]);
});
