import type { BoardRow, Day, Wait } from '#libs/contracts';
import { dateWords, daysBetween, jakartaDay, listWords } from '#libs/content';
import { useWords } from '../app/words.js';
import styles from './tasks.module.css';

/** The server names the gravest first. */
const MOST_REASONS = 2;
const CLOSED = new Set(['COMPLETED', 'CANCELLED', 'ARCHIVED']);

/** When a task is due as seen from `today`; a closed task only names its day. */
export function Due({ row, today }: { row: BoardRow; today: Day }) {
  const words = useWords();
  const dates = dateWords(words.language);
  if (row.dueDate === null) return <span className={styles.muted}>{words.common.noDue}</span>;
  const near = CLOSED.has(row.status) ? dates.shortDay(row.dueDate) : dates.due(row.dueDate, today);
  const plain = dates.shortDay(row.dueDate);
  return (
    <>
      <time dateTime={row.dueDate} title={dates.day(row.dueDate)}>
        {near}
      </time>
      {near !== plain && <span className={styles.note}>{plain}</span>}
      {row.originalDueDate !== null && row.originalDueDate !== row.dueDate && (
        <span className={styles.note}>{words.tasks.moved(dates.shortDay(row.originalDueDate))}</span>
      )}
    </>
  );
}

/** Why the traffic light shows its colour. */
export function Reasons({ row }: { row: BoardRow }) {
  const words = useWords();
  if (row.healthReasons.length === 0) return null;
  const shown = row.healthReasons.slice(0, MOST_REASONS).map(words.healthReason);
  const more = row.healthReasons.length - shown.length;
  const text = shown.join('; ');
  return (
    <span className={styles.note}>
      {text.slice(0, 1).toLocaleUpperCase(words.language)}
      {text.slice(1)}
      {more > 0 && ` ${words.common.andMore(more)}`}
    </span>
  );
}

/** The units: who coordinates, who supports. */
export function Opds({ row, short }: { row: BoardRow; short?: boolean }) {
  const words = useWords();
  const supporting = row.supportingOpds.map(({ opd }) => opd.abbreviation);
  const shown = short ? supporting.slice(0, 3) : supporting;
  const more = supporting.length - shown.length;
  return (
    <span>
      <strong>{row.coordinatingOpd.abbreviation}</strong>
      {shown.length > 0 && (
        <span className={styles.muted}>
          {' '}
          {words.tasks.supporting(more > 0 ? shown.join(', ') : listWords(shown, words.language))}
          {more > 0 && ` ${words.common.andMore(more)}`}
        </span>
      )}
    </span>
  );
}

/** What waits, for whom and how long; at most `most`, then how many more. */
export function Waits({ waits, today, most = 2 }: { waits: readonly Wait[]; today: Day; most?: number }) {
  const words = useWords();
  if (waits.length === 0) return <span className={styles.muted}>{words.tasks.noWait}</span>;
  const longestFirst = [...waits].sort((a, b) => (a.since < b.since ? -1 : 1));
  return (
    <ul role="list" className={styles.waits}>
      {longestFirst.slice(0, most).map((wait) => (
        <li key={wait.id}>
          {words.tasks.waitFor(words.wait[wait.kind], wait.forWhom)}
          <span className={styles.note}>
            {wait.title} · {words.tasks.waitTime(daysBetween(jakartaDay(wait.since), today))}
          </span>
        </li>
      ))}
      {waits.length > most && <li className={styles.muted}>{words.common.andMore(waits.length - most)}</li>}
    </ul>
  );
}
