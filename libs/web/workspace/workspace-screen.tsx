import { useParams } from '@tanstack/react-router';
import { useRef } from 'react';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Skeleton } from '../kit/index.js';
import { Absent, Closed, Failed } from './absent.js';
import { useRoom } from './use-room.js';
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
  const wasIn = useRef<{ topics: Map<string, string> } | null>(null);
  const { status, state, rights } = view;
  if (state) wasIn.current = { topics: new Map(state.threads.map((thread) => [thread.id, thread.title])) };

  if (room && status === 'ready' && state && rights) {
    return <Workspace room={room} view={view} state={state} rights={rights} taskId={taskId} />;
  }
  if (wasIn.current && (status === 'closed' || status === 'not-found')) {
    return (
      <Closed
        taskId={taskId}
        removed={status === 'closed'}
        topics={wasIn.current.topics}
        pending={view.pending}
      />
    );
  }
  if (status === 'not-found' || status === 'closed') return <Absent />;
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
