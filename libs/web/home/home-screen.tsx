import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { BoardRow, Day, Wait } from '#libs/contracts';
import { dateWords, daysBetween, jakartaDay } from '#libs/content';
import { useBoard, useBoards } from '../app/live.js';
import { QUEUE_MS, queuePage, useQueueVersion } from '../app/public-queue.js';
import { holds, useSession } from '../app/session.js';
import { useWords } from '../app/words.js';
import { Banner, buttonClass, EmptyState, PageTitle, Skeleton } from '../kit/index.js';
import { MissedTasks } from '../catch-up/missed-tasks.js';
import { useMissed } from '../catch-up/use-missed.js';
import { FirstWeek } from '../help/first-week.js';
import { BoardGate } from '../tasks/board-gate.js';
import { TaskCard } from '../tasks/task-card.js';
import { needsOf, TASK_ORDERS, viewerOf } from '../tasks/task-filter.js';
import styles from '../tasks/tasks.module.css';
import { useChangedRows } from '../tasks/use-changed-rows.js';
import { useSteadyOrder } from '../tasks/use-steady-order.js';
import own from './home.module.css';

const MOST_NEEDS = 7;
const MOST_TASKS = 6;
const MOST_MISSED = 4;
const OPEN = (row: BoardRow) => !['COMPLETED', 'CANCELLED', 'ARCHIVED'].includes(row.status);

/** What waits for the person, then the person's tasks, both live. */
export function HomeScreen() {
  const words = useWords();
  const session = useSession();
  const viewer = useMemo(() => viewerOf(session), [session]);
  const view = useBoard(`person:${session.person.id}`);
  const today = view.asOf ?? jakartaDay();
  const changed = useChangedRows(view, (rows) => words.home.changed(rows.length));
  const scopes = useMemo(() => session.boards.map(({ scope }) => scope), [session]);
  const overseen = useBoards(scopes);
  const needs = useMemo(
    () =>
      needsOf(
        view.rows.values(),
        overseen.flatMap((board) => [...board.rows.values()]),
        viewer,
      ),
    [view.rows, overseen, viewer],
  );
  // What may still arrive from the position's boards is not "nothing".
  const complete = overseen.every(({ status }) => status !== 'loading');
  const queue = usePublicQueueCount(holds(session.roles, 'PPID'));
  const leads = session.boards.length > 0;
  const { tasks: missed } = useMissed();
  const list = useSteadyOrder(view.rows, OPEN, TASK_ORDERS.due, view.status);
  const closed = [...view.rows.values()].filter((row) => !OPEN(row)).length;
  // Jakarta's hour, wherever the device thinks it is.
  const [hour] = useState(() => Number(dateWords('id').time(new Date().toISOString()).slice(0, 2)));

  return (
    <>
      <div>
        <PageTitle title={words.home.title}>{words.home.greeting(hour, session.person.name)}</PageTitle>
        <p className={styles.muted}>{dateWords(words.language).day(jakartaDay())}</p>
      </div>
      {session.opd === null && session.positions.length === 0 && <Banner>{words.signIn.noOpd}</Banner>}
      <BoardGate view={view} failed={words.home.failed} refused={words.home.refused}>
        <section aria-labelledby="needs" className={styles.list}>
          <h2 id="needs">{words.home.needs}</h2>
          {queue !== null && queue > 0 && <PublicQueueNeed count={queue} />}
          {needs.length > 0 ? (
            <ul role="list" className={own.needs}>
              {needs.slice(0, MOST_NEEDS).map(({ row, wait }) => (
                <Need key={`${row.taskId} ${wait.id}`} row={row} wait={wait} today={today} />
              ))}
            </ul>
          ) : queue === null || !complete ? (
            <Skeleton cards={1} />
          ) : queue === 0 ? (
            <EmptyState
              title={words.home.needsEmpty}
              action={
                <Link to={leads ? '/pantauan' : '/tugas'} className={buttonClass()}>
                  {leads ? words.home.seeBoard : words.home.seeTasks}
                </Link>
              }
            />
          ) : null}
          {needs.length > MOST_NEEDS && (
            <p className={styles.muted}>{words.home.needsMore(needs.length - MOST_NEEDS)}</p>
          )}
        </section>
        <FirstWeek />
        {missed !== null && missed.length > 0 && (
          <section aria-labelledby="missed" className={styles.list}>
            <h2 id="missed">{words.catchUp.home}</h2>
            <MissedTasks tasks={missed.slice(0, MOST_MISSED)} />
            {missed.length > MOST_MISSED && (
              <p>
                <Link to="/kejar-ketinggalan" className={buttonClass()}>
                  {words.catchUp.seeAll(missed.length)}
                </Link>
              </p>
            )}
          </section>
        )}
        <section aria-labelledby="tasks" className={styles.list}>
          <h2 id="tasks">{words.home.tasks}</h2>
          {list.rows.length === 0 && leads ? (
            <EmptyState
              title={words.home.tasksOverseen}
              action={
                <Link to="/pantauan" className={buttonClass()}>
                  {words.home.seeBoard}
                </Link>
              }
            />
          ) : list.rows.length === 0 ? (
            <EmptyState title={words.home.tasksEmpty}>{words.home.tasksEmptyNext}</EmptyState>
          ) : (
            <div className={styles.cards}>
              {list.rows.slice(0, MOST_TASKS).map((row) => (
                <TaskCard
                  key={row.taskId}
                  row={row}
                  today={today}
                  tint={changed.has(row.taskId)}
                  waits={false}
                />
              ))}
            </div>
          )}
          {view.rows.size > Math.min(list.rows.length, MOST_TASKS) && (
            <p>
              <Link to="/tugas" className={buttonClass()}>
                {words.home.allTasks(view.rows.size, closed)}
              </Link>
            </p>
          )}
        </section>
      </BoardGate>
    </>
  );
}

function Need({ row, wait, today }: { row: BoardRow; wait: Wait; today: Day }) {
  const words = useWords();
  const dates = dateWords(words.language);
  return (
    <li className={own.need}>
      <div>
        <Link
          to="/tugas/$taskId"
          params={{ taskId: row.taskId }}
          search={wait.kind === 'DECISION' ? { tab: 'keputusan', keputusan: wait.id } : {}}
          className={styles.link}
        >
          {words.needed[wait.kind]}: {wait.title}
        </Link>
        <span className={styles.note}>{row.title}</span>
        <span className={styles.note}>
          {wait.due !== null && (
            <>
              <strong>{words.home.due(dates.due(wait.due, today))}</strong> ·{' '}
            </>
          )}
          {words.home.waiting(daysBetween(jakartaDay(wait.since), today))}
        </span>
      </div>
      <ChevronRight size={22} aria-hidden="true" />
    </li>
  );
}

/** What waits for the PPID; `null` while that is not known. Nothing for everybody else. */
function usePublicQueueCount(isPpid: boolean): number | null {
  const [count, setCount] = useState(isPpid ? null : 0);
  const version = useQueueVersion();
  useEffect(() => {
    if (!isPpid) return undefined;
    let current = true;
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      queuePage(null).then(
        ({ items }) => {
          if (current) setCount(items.length);
        },
        // A line that only points to Tayang: there the failure is said in full.
        () => undefined,
      );
    };
    look();
    const timer = setInterval(look, QUEUE_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [isPpid, version]);
  return count;
}

/** For a PPID the queue is work too, though it belongs to no task of theirs. */
function PublicQueueNeed({ count }: { count: number }) {
  const words = useWords();
  return (
    <div className={own.need}>
      <div>
        <Link to="/tayang" className={styles.link}>
          {words.needed.PUBLIC_UPDATE}: {words.publish.count(count)}
        </Link>
      </div>
      <ChevronRight size={22} aria-hidden="true" />
    </div>
  );
}
