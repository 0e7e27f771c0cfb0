import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { BoardRow } from '#libs/contracts';
import { dateWords, jakartaDay } from '#libs/content';
import { useBoard, useConnection } from '../app/live.js';
import { useSession } from '../app/session.js';
import { useWords } from '../app/words.js';
import { EmptyState, PageTitle, Select } from '../kit/index.js';
import { BoardGate } from '../tasks/board-gate.js';
import { TaskExplorer } from '../tasks/task-explorer.js';
import { NO_FILTER, type TaskFilter, viewerOf } from '../tasks/task-filter.js';
import tasks from '../tasks/tasks.module.css';
import { useChangedRows } from '../tasks/use-changed-rows.js';
import styles from './board.module.css';
import { Exceptions } from './exceptions.js';
import { Sentence } from './sentence.js';

const route = getRouteApi('/shell/pantauan');
const VIEWS: readonly TaskFilter['view'][] = ['all', 'trouble', 'mine', 'waiting'];

/** What a position oversees: a sentence, the exceptions, then everything. Tasks and units only, never a person's activity. */
export function BoardScreen() {
  const words = useWords();
  const session = useSession();
  const viewer = useMemo(() => viewerOf(session), [session]);
  const { scope: wished } = route.useSearch();
  const navigate = route.useNavigate();
  const [filter, setFilter] = useState<TaskFilter>(NO_FILTER);

  const chosen = session.boards.find(({ scope }) => scope === wished) ?? session.boards[0];
  if (!chosen) throw new Error('the route lets nobody in without a board');
  const view = useBoard(chosen.scope);
  const today = view.asOf ?? jakartaDay();
  const changed = useChangedRows(view, (rows) => {
    const [only] = rows;
    return rows.length === 1 && only
      ? words.board.changedOne(only.title, words.status[only.status], words.health[only.health])
      : words.board.changed(rows.length, new Set(rows.map((row) => row.taskId)).size);
  });

  const show = (wantedView: TaskFilter['view']) => {
    setFilter({ ...NO_FILTER, view: wantedView });
    document.getElementById('all-tasks')?.scrollIntoView({ behavior: 'smooth' });
    document.getElementById('all-tasks')?.focus({ preventScroll: true });
  };

  return (
    <>
      <div className={styles.head}>
        <PageTitle title={words.board.title} />
        {session.boards.length > 1 ? (
          <Select
            label={words.board.scope}
            value={chosen.scope}
            choices={session.boards.map(({ scope, label }) => ({ value: scope, label }))}
            onPick={(scope) => void navigate({ search: { scope }, replace: true })}
          />
        ) : (
          <p className={tasks.muted}>{chosen.label}</p>
        )}
      </div>
      <BoardGate view={view} failed={words.board.failed} refused={words.board.refused}>
        <div>
          <Sentence rows={view.rows} viewer={viewer} onShow={show} />
          <Updated rows={view.rows} />
        </div>
        {view.rows.size > 0 && (
          <>
            <Exceptions rows={view.rows} scope={view.scope} today={today} changed={changed} />
            <section aria-labelledby="all-tasks" className={tasks.list}>
              <h2 id="all-tasks" tabIndex={-1}>
                {words.board.all}
              </h2>
              <TaskExplorer
                rows={view.rows}
                scope={view.scope}
                today={today}
                viewer={viewer}
                views={VIEWS}
                changed={changed}
                caption={words.board.all}
                filter={filter}
                onFilter={setFilter}
              />
            </section>
          </>
        )}
        {view.rows.size === 0 && <EmptyState title={words.board.sentence.none} />}
      </BoardGate>
    </>
  );
}

/** When the numbers last moved or were last confirmed. */
function Updated({ rows }: { rows: ReadonlyMap<string, BoardRow> }) {
  const words = useWords();
  const { state } = useConnection();
  const [at, setAt] = useState(() => new Date().toISOString());
  useEffect(() => setAt(new Date().toISOString()), [rows]);
  if (state !== 'online') return null;
  return <p className={tasks.note}>{words.common.updatedAt(dateWords(words.language).time(at))}</p>;
}
