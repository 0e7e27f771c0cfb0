import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { BoardRow, Day } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { classes, HealthChip, StatusChip } from '../kit/index.js';
import { Due, Opds, Reasons, Waits } from './task-facts.js';
import styles from './tasks.module.css';

/** A task as a card: on phones, on Beranda, and among the exceptions of Pantauan. */
export const TaskCard = memo(function TaskCard({
  row,
  today,
  tint,
  waits = true,
  level: Heading = 'h3',
}: {
  row: BoardRow;
  today: Day;
  tint: boolean;
  waits?: boolean;
  level?: 'h2' | 'h3';
}) {
  const words = useWords();
  return (
    <article className={classes(styles.card, tint && styles.tint)} data-task={row.taskId}>
      <Heading className={styles.title}>
        <Link to="/tugas/$taskId" params={{ taskId: row.taskId }} className={styles.link}>
          {row.title}
        </Link>
      </Heading>
      <div className={styles.chips}>
        <StatusChip status={row.status} />
        <HealthChip health={row.health} />
      </div>
      <Reasons row={row} />
      <dl className={styles.facts}>
        <div>
          <dt>{words.tasks.columns.due}</dt>
          <dd>
            <Due row={row} today={today} />
          </dd>
        </div>
        <div>
          <dt>{words.tasks.columns.opds}</dt>
          <dd>
            <Opds row={row} short />
          </dd>
        </div>
        <div>
          <dt>{words.tasks.columns.milestones}</dt>
          <dd>
            {words.common.milestones(row.milestonesDone, row.milestonesTotal)}
            {row.nextMilestone && (
              <span className={styles.note}>{words.tasks.next(row.nextMilestone.title)}</span>
            )}
          </dd>
        </div>
        {waits && row.waits.length > 0 && (
          <div>
            <dt>{words.tasks.columns.waits}</dt>
            <dd>
              <Waits waits={row.waits} today={today} />
            </dd>
          </div>
        )}
      </dl>
    </article>
  );
});
