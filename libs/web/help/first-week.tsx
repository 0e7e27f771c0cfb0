import { Link } from '@tanstack/react-router';
import { Circle, CircleCheck } from 'lucide-react';
import type { HelpAnswer } from '#libs/content';
import { noteWeek, useFirstWeek, WEEK_STEPS, type WeekStep } from '../app/first-week.js';
import { areHelpWordsHere, useHelpWords } from '../app/later-words.js';
import { Button } from '../kit/index.js';
import { useWide } from '../kit/use-wide.js';
import styles from './help.module.css';

const ANSWERS: Record<WeekStep, HelpAnswer> = {
  task: 'kejar',
  message: 'pesan',
  mention: 'sebut',
  unread: 'baca',
  display: 'tampilan',
};

/** What to try in the first week, on Beranda until it is closed. */
export function FirstWeek() {
  const done = useFirstWeek();
  return done === null || !areHelpWordsHere() ? null : <Steps done={done} />;
}

function Steps({ done }: { done: ReadonlySet<WeekStep> }) {
  const { week: say } = useHelpWords();
  const wide = useWide();
  return (
    <details className={styles.week} open={wide && done.size < WEEK_STEPS.length}>
      <summary>
        <span className={styles.weekTitle}>{say.title}</span>
        <span className={styles.muted}>
          {done.size === WEEK_STEPS.length ? say.all : say.progress(done.size, WEEK_STEPS.length)}
        </span>
      </summary>
      <ul role="list" className={styles.steps}>
        {WEEK_STEPS.map((step) => {
          const Icon = done.has(step) ? CircleCheck : Circle;
          return (
            <li key={step}>
              <Icon size={22} aria-hidden="true" className={done.has(step) ? styles.tried : undefined} />
              <span>
                {say.steps[step]}
                {done.has(step) && <span className="visually-hidden"> ({say.done})</span>}
              </span>
              {!done.has(step) && (
                <Link to="/bantuan" search={{ jawab: ANSWERS[step] }}>
                  {say.how}
                  <span className="visually-hidden">: {say.steps[step]}</span>
                </Link>
              )}
            </li>
          );
        })}
      </ul>
      <div className={styles.weekFoot}>
        <p className={styles.muted}>{say.private}</p>
        <Button look="quiet" small onClick={() => noteWeek('closed')}>
          {say.close}
        </Button>
      </div>
    </details>
  );
}
