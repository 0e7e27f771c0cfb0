import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ThreadView } from '#libs/contracts';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Skeleton } from '../kit/index.js';
import { Absent, Closed, Failed } from './absent.js';
import { useRoom } from '../room/use-room.js';
import { Workspace } from './workspace.js';
import styles from './workspace.module.css';

/** The screen of one task: `/app/tugas/<id>?tab=…&topik=…`. */
export function WorkspaceScreen() {
  const { taskId } = useParams({ from: '/shell/tugas/$taskId' });
  // Another task is another room: nothing of the one before stays on the screen.
  return <Entrance key={taskId} taskId={taskId} />;
}

function Entrance({ taskId }: { taskId: string }) {
  const { workspace: words } = useWords();
  const { room, view, again } = useRoom(taskId);
  const { state: connection } = useConnection();
  const { status, state, rights } = view;
  // What the room was like stays known after it was closed: unsent texts are named by their topic.
  const [lastThreads, setLastThreads] = useState<readonly ThreadView[] | null>(null);
  const threads = state?.threads;
  useEffect(() => {
    if (threads) setLastThreads(threads);
  }, [threads]);

  if (room && status === 'ready' && state && rights) {
    return <Workspace room={room} view={view} state={state} rights={rights} taskId={taskId} />;
  }
  if (lastThreads && (status === 'closed' || status === 'not-found')) {
    return (
      <Closed taskId={taskId} removed={status === 'closed'} threads={lastThreads} pending={view.pending} />
    );
  }
  // An address that is no task's at all reads like one that is not there.
  if (status === 'not-found' || status === 'closed' || view.error?.code === 'validation') return <Absent />;
  if (status === 'error') return <Failed error={view.error} onAgain={again} />;
  return (
    <div className={styles.loading}>
      {connection === 'offline' ? (
        <p>{words.page.waitingForNetwork}</p>
      ) : (
        <>
          <Skeleton lines={2} />
          <Skeleton cards={3} />
        </>
      )}
    </div>
  );
}
