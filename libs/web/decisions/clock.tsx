import { isOpenDecision, type DecisionRequestView } from '#libs/contracts';
import { dateWords, jakartaDay } from '#libs/content';
import { useWords } from '../app/words.js';
import { clockNotes, isPast } from './clock-notes.js';
import styles from './decisions.module.css';

/** By when, while it waits; nothing while its clock stands. */
export function Due({ decision: { status, dueDate, clock } }: { decision: DecisionRequestView }) {
  const words = useWords();
  const { decision: say } = words.workspace;
  const dates = dateWords(words.language);
  if (!isOpenDecision(status) || (clock && clock.pausedAt !== null)) return null;
  if (!clock && dueDate === null) return null;
  const late = clock ? isPast(clock.dueAt) : dueDate !== null && dueDate < jakartaDay();
  const until = clock ? dates.short(clock.dueAt) : dates.shortDay(dueDate ?? '');
  return <span className={late ? styles.late : styles.due}>{(late ? say.late : say.dueShort)(until)}</span>;
}

/** What became of the clock: it stands, it was set later, somebody was told. */
export function ClockNotes({ decision }: { decision: DecisionRequestView }) {
  const words = useWords();
  return clockNotes(decision, words).map((note) => <p key={note}>{note}</p>);
}
