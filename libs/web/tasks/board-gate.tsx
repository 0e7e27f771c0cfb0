import type { ReactNode } from 'react';
import { dateWords, errorWords } from '#libs/content';
import type { BoardView } from '#libs/client';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Banner, Button, EmptyState, Skeleton } from '../kit/index.js';
import styles from './tasks.module.css';

/** Shows a board's children once it is there, and else why it is not; offline the last known data with its time. */
export function BoardGate({
  view,
  failed,
  refused,
  children,
}: {
  view: BoardView;
  failed: string;
  refused: string;
  children: ReactNode;
}) {
  const words = useWords();
  const connection = useConnection();
  if (view.status === 'loading') return <Skeleton cards={3} />;
  if (view.status === 'not-found') return <EmptyState title={refused} />;
  if (view.status === 'closed') {
    return <EmptyState title={words.board.closed}>{words.board.closedNext}</EmptyState>;
  }
  if (view.status === 'error') {
    return (
      <Banner
        tone="trouble"
        action={
          <Button small onClick={() => window.location.reload()}>
            {words.shell.reload}
          </Button>
        }
      >
        {failed} {view.error && errorWords(view.error, words)}
      </Banner>
    );
  }
  return (
    <>
      {connection.state === 'offline' && (
        <p className={styles.note}>
          {words.common.dataFrom(dateWords(words.language).time(connection.since))}
        </p>
      )}
      {children}
    </>
  );
}
