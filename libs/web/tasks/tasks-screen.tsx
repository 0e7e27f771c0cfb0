import { useMemo, useState } from 'react';
import { jakartaDay } from '#libs/content';
import { useBoard } from '../app/live.js';
import { useSession } from '../app/session.js';
import { useWords } from '../app/words.js';
import { EmptyState, PageTitle } from '../kit/index.js';
import { BoardGate } from './board-gate.js';
import { TaskExplorer } from './task-explorer.js';
import { NO_FILTER, type TaskFilter, viewerOf } from './task-filter.js';
import styles from './tasks.module.css';
import { NewTaskLink, UnsentTasks } from './unsent-tasks.js';
import { useChangedRows } from './use-changed-rows.js';

const VIEWS: readonly TaskFilter['view'][] = ['all', 'trouble', 'waiting'];

/** Every task of the person: those of the team, and those of the unit they head. */
export function TasksScreen() {
  const words = useWords();
  const session = useSession();
  const viewer = useMemo(() => viewerOf(session), [session]);
  const view = useBoard(`person:${session.person.id}`);
  const [filter, setFilter] = useState<TaskFilter>(NO_FILTER);
  const changed = useChangedRows(view, (rows) => words.home.changed(rows.length));

  return (
    <>
      <div className={styles.head}>
        <PageTitle title={words.tasks.title} />
        <NewTaskLink />
      </div>
      <UnsentTasks />
      <BoardGate view={view} failed={words.home.failed} refused={words.home.refused}>
        {view.rows.size === 0 ? (
          <EmptyState title={words.home.tasksEmpty}>{words.home.tasksEmptyNext}</EmptyState>
        ) : (
          <TaskExplorer
            rows={view.rows}
            scope={view.scope}
            today={view.asOf ?? jakartaDay()}
            viewer={viewer}
            views={VIEWS}
            changed={changed}
            caption={words.home.tasks}
            filter={filter}
            onFilter={setFilter}
          />
        )}
      </BoardGate>
    </>
  );
}
