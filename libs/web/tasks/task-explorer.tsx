import { useDeferredValue, useMemo, useState } from 'react';
import type { BoardRow, Day, Health, TaskStatus } from '#libs/contracts';
import { TASK_STATUSES } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { announce, Button, EmptyState, Select, TextField } from '../kit/index.js';
import { TaskCard } from './task-card.js';
import {
  matches,
  NO_FILTER,
  opdsOf,
  TASK_ORDERS,
  type TaskFilter,
  type TaskSort,
  type Viewer,
} from './task-filter.js';
import { TaskTable } from './task-table.js';
import styles from './tasks.module.css';
import { useSteadyOrder } from './use-steady-order.js';
import { useWide } from '../kit/use-wide.js';

const HEALTHS: readonly Health[] = ['RED', 'YELLOW', 'GREEN', 'GREY'];
const SORTS: readonly TaskSort[] = ['due', 'health', 'waiting', 'title'];
/** Rows shown at first and with each press for more: what an old phone draws at once. */
const STEP = 50;

/** A live list of tasks with filters and order: a table on a PC, cards on a phone. */
export function TaskExplorer({
  rows,
  scope,
  today,
  viewer,
  views,
  changed,
  caption,
  filter,
  onFilter,
}: {
  rows: ReadonlyMap<string, BoardRow>;
  scope: string;
  today: Day;
  viewer: Viewer;
  views: readonly TaskFilter['view'][];
  changed: ReadonlySet<string>;
  caption: string;
  filter: TaskFilter;
  onFilter: (filter: TaskFilter) => void;
}) {
  const words = useWords();
  const wide = useWide();
  const [sort, setSort] = useState<TaskSort>('due');
  const [limit, setLimit] = useState(STEP);
  const sought = useDeferredValue(filter);
  const wanted = useMemo(() => (row: BoardRow) => matches(row, sought, viewer), [sought, viewer]);
  const key = JSON.stringify([scope, sort, sought]);
  const list = useSteadyOrder(rows, wanted, TASK_ORDERS[sort], key);
  const shown = list.rows.slice(0, limit);
  const filtered = JSON.stringify(filter) !== JSON.stringify(NO_FILTER);

  const pick = (part: Partial<TaskFilter>) => {
    setLimit(STEP);
    onFilter({ ...filter, ...part });
  };
  const opds = useMemo(() => {
    const found = new Map([...rows.values()].flatMap(opdsOf).map((opd) => [opd.id, opd.abbreviation]));
    return [...found]
      .map(([value, label]) => ({ value, label }))
      .sort((a, b) => a.label.localeCompare(b.label, 'id'));
  }, [rows]);
  const any = <V extends string>(label: string, choices: { value: V; label: string }[]) => [
    { value: 'any' as const, label },
    ...choices,
  ];

  const selects = (
    <>
      <Select
        label={words.tasks.filterView}
        value={filter.view}
        onPick={(view) => pick({ view })}
        choices={views.map((value) => ({ value, label: words.tasks.view[value] }))}
      />
      <Select<TaskStatus | 'any'>
        label={words.tasks.filterStatus}
        value={filter.status}
        onPick={(status) => pick({ status })}
        choices={any(
          words.tasks.anyStatus,
          TASK_STATUSES.map((value) => ({ value, label: words.status[value] })),
        )}
      />
      <Select<Health | 'any'>
        label={words.tasks.filterHealth}
        value={filter.health}
        onPick={(health) => pick({ health })}
        choices={any(
          words.tasks.anyHealth,
          HEALTHS.map((value) => ({ value, label: words.health[value] })),
        )}
      />
      <Select
        label={words.tasks.filterOpd}
        value={filter.opdId}
        onPick={(opdId) => pick({ opdId })}
        choices={any(words.tasks.anyOpd, opds)}
      />
      <Select
        label={words.tasks.sort}
        value={sort}
        onPick={setSort}
        choices={SORTS.map((value) => ({ value, label: words.tasks.sorts[value] }))}
      />
    </>
  );

  const search = (
    <TextField
      type="search"
      label={words.tasks.search}
      placeholder={words.tasks.searchHint}
      value={filter.text}
      maxLength={200}
      autoComplete="off"
      onChange={(event) => pick({ text: event.target.value })}
    />
  );

  return (
    <div className={styles.list}>
      {wide ? (
        <div className={styles.filters}>
          {search}
          {selects}
        </div>
      ) : (
        <>
          {search}
          <details className={styles.fold}>
            <summary>{words.tasks.filters}</summary>
            <div className={styles.filters}>{selects}</div>
          </details>
        </>
      )}
      <div className={styles.bar}>
        <p>{words.tasks.summary(list.rows.length, rows.size)}</p>
        {list.moved && (
          <Button
            small
            title={words.tasks.orderChanged}
            onClick={() => {
              list.refresh();
              announce(words.tasks.reordered);
            }}
          >
            {words.tasks.reorder}
          </Button>
        )}
        {filtered && (
          <Button small look="quiet" onClick={() => pick(NO_FILTER)}>
            {words.tasks.clear}
          </Button>
        )}
      </div>
      {shown.length === 0 ? (
        <EmptyState title={words.tasks.noMatch} />
      ) : wide ? (
        <TaskTable rows={shown} today={today} changed={changed} caption={caption} />
      ) : (
        <div className={styles.cards}>
          {shown.map((row) => (
            <TaskCard key={row.taskId} row={row} today={today} tint={changed.has(row.taskId)} />
          ))}
        </div>
      )}
      {list.rows.length > limit && (
        <Button className={styles.more} onClick={() => setLimit(limit + STEP)}>
          {words.tasks.showMore(Math.min(STEP, list.rows.length - limit))}
        </Button>
      )}
    </div>
  );
}
