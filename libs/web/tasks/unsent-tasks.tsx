import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { errorWords } from '#libs/content';
import type { PendingCommand } from '#libs/client';
import { useClient, useObservable } from '../app/live.js';
import { useSession } from '../app/session.js';
import { useWords } from '../app/words.js';
import { Button, buttonClass } from '../kit/index.js';
import { keepDraft, NEW_TASK } from '../room/drafts.js';
import { deviceStore } from '../room/use-draft.js';
import styles from './tasks.module.css';

/** The way to a new task, for whoever has a post. */
export function NewTaskLink() {
  const { tasks: say } = useWords();
  if (useSession().positions.length === 0) return null;
  return (
    <Link to="/tugas/baru" className={buttonClass('primary')}>
      {say.create}
    </Link>
  );
}

/** Tasks made on this device that the server has not got yet, or did not take. */
export function UnsentTasks() {
  const { tasks: say } = useWords();
  const client = useClient();
  const pending = useObservable(client.pending);
  const made = useMemo(
    () => pending.filter((one): one is PendingCommand<'task.create'> => one.type === 'task.create'),
    [pending],
  );
  if (made.length === 0) return null;
  return (
    <ul role="list" className={styles.unsent} aria-label={say.unsent}>
      {made.map((command) => (
        <Unsent key={command.commandId} command={command} />
      ))}
    </ul>
  );
}

function Unsent({ command }: { command: PendingCommand<'task.create'> }) {
  const words = useWords();
  const { tasks: say } = words;
  const client = useClient();
  const { person } = useSession();
  const navigate = useNavigate();
  const { workspaceId, commandId, state, error, data } = command;
  const stuck = state === 'failed' || state === 'old';

  const mend = () => {
    const store = deviceStore();
    const { dueDate, ...rest } = data;
    const text = JSON.stringify({ ...rest, due: dueDate.split('-').reverse().join('-') });
    if (!store || !keepDraft(store, { personId: person.id, ...NEW_TASK }, { text })) return;
    client.discard(workspaceId, commandId);
    void navigate({ to: '/tugas/baru' });
  };
  return (
    <li>
      <span>
        <strong dir="auto">{data.title}</strong>
        <span className={styles.note}>
          {stuck ? (error ? errorWords(error, words) : say.unsentOld) : say.unsentWaiting}
        </span>
      </span>
      {stuck && (
        <Button small onClick={mend}>
          {say.mend}
        </Button>
      )}
    </li>
  );
}
