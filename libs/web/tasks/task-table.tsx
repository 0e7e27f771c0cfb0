import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { BoardRow, Day } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { classes, HealthChip, StatusChip } from '../kit/index.js';
import { Due, Opds, Reasons, Waits } from './task-facts.js';
import styles from './tasks.module.css';

/** Tasks as a table, where there is room for one. */
export function TaskTable({
  rows,
  today,
  changed,
  caption,
}: {
  rows: readonly BoardRow[];
  today: Day;
  changed: ReadonlySet<string>;
  caption: string;
}) {
  const { columns } = useWords().tasks;
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.task}</th>
          <th scope="col">{columns.status}</th>
          <th scope="col">{columns.health}</th>
          <th scope="col">{columns.due}</th>
          <th scope="col">{columns.opds}</th>
          <th scope="col">{columns.waits}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TaskLine key={row.taskId} row={row} today={today} tint={changed.has(row.taskId)} />
        ))}
      </tbody>
    </table>
  );
}

const TaskLine = memo(function TaskLine({ row, today, tint }: { row: BoardRow; today: Day; tint: boolean }) {
  const words = useWords();
  return (
    <tr className={classes(tint && styles.tint)} data-task={row.taskId}>
      <th scope="row">
        <Link to="/tugas/$taskId" params={{ taskId: row.taskId }} className={styles.link}>
          {row.title}
        </Link>
        <span className={styles.note}>
          {row.code} · {words.common.milestones(row.milestonesDone, row.milestonesTotal)}
        </span>
      </th>
      <td>
        <StatusChip status={row.status} />
      </td>
      <td>
        <HealthChip health={row.health} />
        <Reasons row={row} />
      </td>
      <td>
        <Due row={row} today={today} />
      </td>
      <td>
        <Opds row={row} short />
      </td>
      <td>
        <Waits waits={row.waits} today={today} />
      </td>
    </tr>
  );
});
