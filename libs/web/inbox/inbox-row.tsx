import { Link } from '@tanstack/react-router';
import { Check, Clock } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { InboxRow, Instant } from '#libs/contracts';
import { dateWords, jakartaDay } from '#libs/content';
import { useWords } from '../app/words.js';
import { Button, classes, Time } from '../kit/index.js';
import { Menu } from '../kit/menu.js';
import { placeOfRow, sentenceOf } from '../room/notice-row.js';
import { laterChoices, pickedMoment } from './later.js';
import styles from './inbox.module.css';

/** One line of the inbox: what it is, where it leads, and what can be done with it. */
export function Row({ row, actions, note }: { row: InboxRow; actions: ReactNode; note?: string }) {
  const words = useWords();
  const dates = dateWords(words.language);
  return (
    <li className={classes(styles.row, row.group === 'ACTION' && styles.action)}>
      <div className={styles.what}>
        <Link
          to="/tugas/$taskId"
          params={{ taskId: row.taskId }}
          search={placeOfRow(row)}
          className={styles.link}
        >
          {sentenceOf(row, words)}
        </Link>
        <span className={styles.note} dir="auto">
          {row.taskTitle}
        </span>
        <span className={styles.note}>
          {row.due !== null && (
            <>
              <strong>{words.inbox.due(dates.due(row.due, jakartaDay()))}</strong> ·{' '}
            </>
          )}
          {note ?? <Time at={row.at} />}
        </span>
      </div>
      <div className={styles.actions}>{actions}</div>
    </li>
  );
}

/** Done, or later: both are visible, nothing has to be swiped. */
export function RowActions({
  row,
  onDone,
  onLater,
}: {
  row: InboxRow;
  onDone: () => void;
  onLater: (until: Instant) => void;
}) {
  const words = useWords();
  const what = sentenceOf(row, words);
  return (
    <>
      <Button small aria-label={words.inbox.doneOf(what)} onClick={onDone}>
        <Check size={18} aria-hidden="true" />
        {words.inbox.done}
      </Button>
      <Menu
        label={words.inbox.laterOf(what)}
        look="secondary"
        small
        button={
          <>
            <Clock size={18} aria-hidden="true" />
            {words.inbox.later}
          </>
        }
      >
        {(close) => (
          <Later
            onPick={(until) => {
              close();
              onLater(until);
            }}
          />
        )}
      </Menu>
    </>
  );
}

function Later({ onPick }: { onPick: (until: Instant) => void }) {
  const { inbox: say } = useWords();
  const [now] = useState(() => new Date());
  const [picked, setPicked] = useState('');
  const [wrong, setWrong] = useState(false);
  return (
    <>
      {laterChoices(now).map(({ key, until }) => (
        <Button key={key} look="quiet" onClick={() => onPick(until)}>
          {say.laterChoices[key]}
        </Button>
      ))}
      <form
        className={styles.pick}
        onSubmit={(event) => {
          event.preventDefault();
          const until = pickedMoment(picked, new Date());
          if (until === null) setWrong(true);
          else onPick(until);
        }}
      >
        <label>
          {say.laterPick}
          <input
            type="datetime-local"
            value={picked}
            aria-invalid={wrong || undefined}
            onChange={(event) => {
              setWrong(false);
              setPicked(event.target.value);
            }}
          />
        </label>
        {wrong && (
          <p className={styles.wrong} role="alert">
            {say.laterWrong}
          </p>
        )}
        <Button type="submit">{say.laterSet}</Button>
      </form>
    </>
  );
}
