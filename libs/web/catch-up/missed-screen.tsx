import { errorWords } from '#libs/content';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Banner, Button, EmptyState, PageTitle, Skeleton } from '../kit/index.js';
import { MissedTasks } from './missed-tasks.js';
import { useMissed } from './use-missed.js';
import styles from './catch-up.module.css';

/** Across all tasks: what happened in each since the last visit. */
export function MissedScreen() {
  const words = useWords();
  const say = words.catchUp;
  const { tasks, more, error, retry } = useMissed();
  const offline = useConnection().state === 'offline';
  return (
    <>
      <div>
        <PageTitle title={say.title} />
        <p className={styles.note}>{say.lead}</p>
      </div>
      {offline && <Banner tone="attention">{tasks === null ? say.waiting : say.offline}</Banner>}
      {error && !offline && (
        <Banner
          tone="trouble"
          action={
            <Button small onClick={retry}>
              {words.common.retry}
            </Button>
          }
        >
          {say.failed} {errorWords(error, words)}
        </Banner>
      )}
      {tasks === null && error === null && !offline && <Skeleton cards={3} />}
      {tasks?.length === 0 && <EmptyState title={say.empty}>{say.emptyNext}</EmptyState>}
      {tasks !== null && tasks.length > 0 && <MissedTasks tasks={tasks} />}
      {more && <p className={styles.note}>{say.more}</p>}
    </>
  );
}
