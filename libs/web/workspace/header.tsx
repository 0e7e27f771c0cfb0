import { ChevronDown, PencilLine, UsersRound } from 'lucide-react';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { MemberView, TaskOpdView, TaskView } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { dateWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { Button, classes, PageTitle, StatusChip } from '../kit/index.js';
import { FollowMenu } from './follow-menu.js';
import { Due, Facts } from './header-facts.js';
import { PendingState } from '../room/pending-state.js';
import { presence } from '../room/people.js';
import { useRoomTools } from '../room/room-tools.js';
import { TaskDetails } from './task-details.js';
import { useChanged } from '../room/use-changed.js';
import styles from './workspace.module.css';

export interface HeaderProps {
  task: TaskView;
  opds: readonly TaskOpdView[];
  members: readonly MemberView[];
  people: readonly string[] | null;
  /** The reader's own change of status while it is on its way. */
  change: PendingCommand<'task.change-status'> | null;
  mayChange: boolean;
  onChange: () => void;
  wide: boolean;
  /** A topic is open on a phone: only the title and the status stay. */
  compact: boolean;
}

/** What the task is, how it stands, and who is here. */
export const WorkspaceHeader = memo(function WorkspaceHeader({
  task,
  opds,
  members,
  people,
  change,
  mayChange,
  onChange,
  wide,
  compact,
}: HeaderProps) {
  const words = useWords();
  const { header } = words.workspace;
  const { reader, say } = useRoomTools();
  const dates = dateWords(words.language);
  const tint = useChanged(task.status);
  const [open, setOpen] = useState(false);

  const before = useRef(task.status);
  useEffect(() => {
    if (before.current === task.status) return;
    before.current = task.status;
    say(header.statusAnnounced(words.status[task.status]));
  }, [task.status, say, header, words]);

  const seen = useMemo(() => presence(people, members, reader), [people, members, reader]);
  const presenceText = seen && (seen.includesReader ? header.presence : header.presenceOthers)(seen.count);

  return (
    <div className={classes(styles.header, compact && styles.compact)}>
      <div className={styles.titles}>
        {!compact && (
          <p className={styles.code}>
            {task.code}
            {task.priorityProgram && ` · ${task.priorityProgram}`}
          </p>
        )}
        <PageTitle title={task.title} className={styles.title}>
          <bdi>{task.title}</bdi>
        </PageTitle>
      </div>
      <div className={styles.standing}>
        <StatusChip status={task.status} tint={tint} />
        {!compact && (
          <>
            <span className={styles.since} title={dates.full(task.statusSince)}>
              {header.statusSince(dates.relative(task.statusSince))}
            </span>
            <span className={styles.dueLine}>
              <span className={styles.muted}>{header.due}</span> <Due task={task} />
            </span>
            {mayChange && (
              <Button small onClick={onChange}>
                <PencilLine size={18} aria-hidden="true" />
                {header.changeStatus}
              </Button>
            )}
          </>
        )}
        {seen && presenceText && (
          <p className={styles.presence} data-presence={seen.count}>
            {compact && (
              <span className={styles.few} aria-hidden="true">
                <UsersRound size={16} />
                {seen.count}
              </span>
            )}
            <span className={styles.marks} aria-hidden="true">
              {seen.shown.map((person) => (
                <span key={person.id} className={styles.mark} title={person.name}>
                  {person.initials}
                </span>
              ))}
              {seen.more > 0 && <span className={classes(styles.mark, styles.more)}>+{seen.more}</span>}
            </span>
            {!compact && <span>{presenceText}</span>}
            <span className="visually-hidden">
              {compact && presenceText} {seen.shown.map((person) => person.name).join(', ')}
            </span>
          </p>
        )}
        {!compact && (
          <Button
            look="quiet"
            small
            className={styles.details}
            aria-expanded={open}
            aria-controls={open ? 'task-details' : undefined}
            onClick={() => setOpen(!open)}
          >
            <ChevronDown size={20} aria-hidden="true" />
            {header.details}
          </Button>
        )}
        {!compact && <FollowMenu />}
      </div>
      {change && <StatusOnItsWay change={change} />}
      {wide && !open && <Facts task={task} opds={opds} />}
      {open && !compact && (
        <div id="task-details">
          <TaskDetails task={task} />
        </div>
      )}
    </div>
  );
});

function StatusOnItsWay({ change }: { change: PendingCommand<'task.change-status'> }) {
  const words = useWords();
  const { header } = words.workspace;
  const label = words.status[change.data.to];
  const { note, publicSentence } = change.data;
  const text =
    change.state === 'queued'
      ? header.statusPending(label)
      : change.state === 'sending'
        ? header.statusSending(label)
        : header.statusFailed(label);
  return (
    <div className={styles.onItsWay}>
      <p>{text}</p>
      {(change.state === 'failed' || change.state === 'old') && (
        <PendingState command={change} text={[note, publicSentence].filter(Boolean).join('\n\n')} />
      )}
    </div>
  );
}
