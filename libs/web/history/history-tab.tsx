import type { WorkspaceState } from '#libs/contracts';
import { dateWords } from '#libs/content';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Banner, Button, EmptyState, Skeleton } from '../kit/index.js';
import { historyLine } from './history-sentence.js';
import { useRoomTools } from '../room/room-tools.js';
import { useHistory } from './use-history.js';
import { useHistoryNames } from './use-history-names.js';
import styles from '../room/panels.module.css';

/** Everything that happened, in sentences, newest first. Nothing here can be changed. */
export function HistoryTab({ state }: { state: WorkspaceState }) {
  const words = useWords();
  const { history: say } = words.workspace;
  const { room } = useRoomTools();
  const online = useConnection().state === 'online';
  const { events, more, status, older } = useHistory(room, online);
  const dates = dateWords(words.language);
  const names = useHistoryNames(state, events);

  return (
    <div className={styles.column}>
      {events.length === 0 && status === 'loading' && online && <Skeleton lines={6} />}
      {events.length === 0 && !online && <p className={styles.muted}>{say.offline}</p>}
      {status === 'failed' && online && (
        <Banner
          tone="attention"
          action={
            <Button small onClick={older}>
              {say.retry}
            </Button>
          }
        >
          {say.failed}
        </Banner>
      )}
      {status === 'ready' && events.length === 0 && <EmptyState title={say.none} />}
      <ol role="list" className={styles.history}>
        {events.map((event) => {
          const { sentence, quote } = historyLine(event, words.workspace, names);
          return (
            <li key={event.seq} data-event={event.type}>
              <time dateTime={event.at} title={dates.full(event.at)}>
                {dates.short(event.at)}
              </time>
              <div>
                <p dir="auto">{sentence}</p>
                {quote !== null && (
                  <p dir="auto" className={styles.note}>
                    {quote}
                  </p>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      {events.length > 0 && status !== 'failed' && (
        <div>
          {more ? (
            <Button busy={status === 'loading'} onClick={older}>
              {status === 'loading' ? say.loading : say.older}
            </Button>
          ) : (
            <p className={styles.muted}>{say.start}</p>
          )}
        </div>
      )}
    </div>
  );
}
