import { useState } from 'react';
import type { BoardRow, Day } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { announce, Button, EmptyState } from '../kit/index.js';
import { TaskCard } from '../tasks/task-card.js';
import { inTrouble, TASK_ORDERS } from '../tasks/task-filter.js';
import tasks from '../tasks/tasks.module.css';
import { useSteadyOrder } from '../tasks/use-steady-order.js';

const FIRST = 6;
const exceptional = (row: BoardRow) => inTrouble(row) || row.health === 'YELLOW';
const worstFirst = (a: BoardRow, b: BoardRow) =>
  Number(inTrouble(b)) - Number(inTrouble(a)) || TASK_ORDERS.due(a, b);

/** Red and yellow tasks, the worst first; they keep their place until the reader asks for a new order. */
export function Exceptions({
  rows,
  scope,
  today,
  changed,
}: {
  rows: ReadonlyMap<string, BoardRow>;
  scope: string;
  today: Day;
  changed: ReadonlySet<string>;
}) {
  const words = useWords();
  const list = useSteadyOrder(rows, exceptional, worstFirst, scope);
  const [all, setAll] = useState(false);
  const shown = all ? list.rows : list.rows.slice(0, FIRST);
  return (
    <section aria-labelledby="exceptions" className={tasks.list}>
      <div className={tasks.bar}>
        <h2 id="exceptions">{words.board.exceptions}</h2>
        {list.moved && (
          <Button
            small
            title={words.tasks.orderChanged}
            onClick={() => {
              list.refresh();
              announce(words.tasks.reordered);
            }}
          >
            {words.tasks.reorder}
          </Button>
        )}
      </div>
      {shown.length === 0 ? (
        <EmptyState title={words.board.exceptionsEmpty} />
      ) : (
        <div className={tasks.cards}>
          {shown.map((row) => (
            <TaskCard key={row.taskId} row={row} today={today} tint={changed.has(row.taskId)} />
          ))}
        </div>
      )}
      {shown.length < list.rows.length && (
        <Button className={tasks.more} onClick={() => setAll(true)}>
          {words.board.moreExceptions(list.rows.length - shown.length)}
        </Button>
      )}
    </section>
  );
}
