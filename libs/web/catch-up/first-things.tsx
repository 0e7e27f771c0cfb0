import { Link } from '@tanstack/react-router';
import { isOpenDecision, isVerdict, type WorkspaceState } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { useRoomTools } from '../room/room-tools.js';
import { MessageText } from '../messages/message-text.js';
import styles from './catch-up.module.css';

const MOST = 5;

/** For somebody who is new to a task: what it is about, what was decided, and what is still open. */
export function FirstThings({ state: { task, summary, decisions, threads } }: { state: WorkspaceState }) {
  const { catchUp: say, decision: verdicts } = useWords().workspace;
  const { taskId } = useRoomTools();
  const decided = decisions.filter(({ status, effective }) => isVerdict(status) && effective);
  const waiting = decisions.filter(({ status }) => isOpenDecision(status));
  const open = threads
    .filter(({ resolved, messageCount }) => resolved === null && messageCount > 0)
    .sort((a, b) => b.messageCount - a.messageCount)
    .slice(0, MOST);
  return (
    <div className={styles.first}>
      <p className={styles.note}>{say.firstLead}</p>
      <section aria-labelledby="first-summary">
        <h3 id="first-summary">{say.summary}</h3>
        {summary !== null && summary.body !== '' ? (
          <MessageText text={summary.body} />
        ) : task.description === '' ? (
          <p className={styles.note}>{say.noSummary}</p>
        ) : (
          <p dir="auto" className={styles.text}>
            {task.description}
          </p>
        )}
      </section>
      <section aria-labelledby="first-decided">
        <h3 id="first-decided">{say.decided}</h3>
        {decided.length === 0 ? (
          <p className={styles.note}>{say.noneDecided}</p>
        ) : (
          <ul role="list" className={styles.things}>
            {decided.slice(-MOST).map(({ id, title, status, decision, chosenOption, note }) => (
              <li key={id}>
                <Link
                  to="/tugas/$taskId"
                  params={{ taskId }}
                  search={{ tab: 'keputusan', keputusan: id }}
                  dir="auto"
                >
                  {title}
                </Link>
                <span className={styles.note}>
                  {verdicts.statuses[status]}
                  {(decision ?? chosenOption ?? note) !== null && (
                    <bdi>: {decision ?? chosenOption ?? note}</bdi>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="first-questions">
        <h3 id="first-questions">{say.questions}</h3>
        {waiting.length + open.length === 0 ? (
          <p className={styles.note}>{say.noQuestions}</p>
        ) : (
          <ul role="list" className={styles.things}>
            {waiting.slice(0, MOST).map(({ id, title, decider }) => (
              <li key={id}>
                <Link
                  to="/tugas/$taskId"
                  params={{ taskId }}
                  search={{ tab: 'keputusan', keputusan: id }}
                  dir="auto"
                >
                  {title}
                </Link>
                <span className={styles.note}>{say.waitsFor(decider.name)}</span>
              </li>
            ))}
            {open.map(({ id, title, messageCount }) => (
              <li key={id}>
                <Link to="/tugas/$taskId" params={{ taskId }} search={{ topik: id }} dir="auto">
                  {title}
                </Link>
                <span className={styles.note}>{say.openTopic(messageCount)}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
