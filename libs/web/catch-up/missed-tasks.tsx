import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import type { CatchUpTask } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { classes } from '../kit/index.js';
import { countsOf } from './missed.js';
import styles from './catch-up.module.css';

/** Tasks with what is new in each, leading to what was missed there. */
export function MissedTasks({ tasks }: { tasks: readonly CatchUpTask[] }) {
  const { catchUp: say } = useWords();
  return (
    <ul role="list" className={styles.rows}>
      {tasks.map((task) => (
        <li key={task.taskId} className={styles.task}>
          <div className={styles.what}>
            <Link
              to="/tugas/$taskId"
              params={{ taskId: task.taskId }}
              search={{ tab: 'kejar' }}
              className={styles.link}
              dir="auto"
            >
              {task.title}
            </Link>
            <span className={styles.counts}>
              {countsOf(task).map(([section, count]) => (
                <span key={section} className={classes(section === 'MINE' && styles.forMe)}>
                  {say.counts[section](count)}
                </span>
              ))}
              {task.moreChanges && <span>{say.moreChanges}</span>}
            </span>
          </div>
          <ChevronRight size={22} aria-hidden="true" />
        </li>
      ))}
    </ul>
  );
}
