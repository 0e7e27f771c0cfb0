import { READ_ONLY_STATUSES, type TaskOpdView, type TaskView } from '#libs/contracts';
import { dateWords, jakartaDay, listWords } from '#libs/content';
import { useWords } from '../app/words.js';
import styles from './workspace.module.css';

const NAMED = 4;

/** When the task is due, how far off that is, and when it was due at first if that was moved. */
export function Due({ task }: { task: TaskView }) {
  const words = useWords();
  const { header } = words.workspace;
  const dates = dateWords(words.language);
  const { dueDate, originalDueDate, status } = task;
  if (dueDate === null) return <span>{header.noDue}</span>;
  const day = dates.shortDay(dueDate);
  // Of a task that is over, how far off its day is says nothing any more.
  const due = READ_ONLY_STATUSES.has(status) ? day : dates.due(dueDate);
  const late = dueDate < jakartaDay();
  return (
    <span className={styles.due}>
      <time dateTime={dueDate} title={dates.day(dueDate)}>
        {day}
      </time>
      {due !== day && <span className={late ? styles.late : undefined}>{due}</span>}
      {originalDueDate !== null && originalDueDate !== dueDate && (
        <span className={styles.muted}>{header.dueMoved(dates.shortDay(originalDueDate))}</span>
      )}
    </span>
  );
}

/** The facts one needs at a glance on a PC. */
export function Facts({ task, opds }: { task: TaskView; opds: readonly TaskOpdView[] }) {
  const words = useWords();
  const { header, acceptedCount } = words.workspace;
  const supporting = opds.filter((opd) => !opd.coordinating);
  const accepted = supporting.filter((opd) => opd.acceptance === 'ACCEPTED').length;
  const names = supporting.slice(0, NAMED).map(({ opd }) => opd.abbreviation);
  const more = supporting.length - names.length;
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{header.due}</dt>
        <dd>
          <Due task={task} />
        </dd>
      </div>
      <div>
        <dt>{header.coordinator}</dt>
        <dd title={task.coordinatingOpd.name}>{task.coordinatingOpd.abbreviation}</dd>
      </div>
      <div>
        <dt>
          {header.supporting}
          {supporting.length > 0 && ` · ${acceptedCount(accepted, supporting.length)}`}
        </dt>
        <dd>
          {supporting.length === 0
            ? header.noSupporting
            : more > 0
              ? `${names.join(', ')} ${words.common.andMore(more)}`
              : listWords(names, words.language)}
        </dd>
      </div>
      <div>
        <dt>{header.teamLead}</dt>
        <dd>
          <bdi>{task.teamLead?.name ?? header.noTeamLead}</bdi>
        </dd>
      </div>
      {task.steering && (
        <div>
          <dt>{header.steering}</dt>
          <dd>
            <bdi>{task.steering.name}</bdi>
          </dd>
        </div>
      )}
    </dl>
  );
}
