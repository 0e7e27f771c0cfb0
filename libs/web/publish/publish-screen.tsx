import { QueryClient, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { mayRetry, type PublicQueueItem } from '#libs/contracts';
import { errorWords } from '#libs/content';
import { asAppError } from '../app/api.js';
import { useConnection } from '../app/live.js';
import { QUEUE_MS, queuePage, useQueueVersion } from '../app/public-queue.js';
import { useWords } from '../app/words.js';
import { Banner, Button, EmptyState, PageTitle, Skeleton } from '../kit/index.js';
import { ApproveDialog, ReturnDialog } from './review-dialogs.js';
import { QueueItem } from './queue-item.js';
import styles from './publish.module.css';

const KEY = ['public-queue'];
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: (count, error) => count < 2 && mayRetry(asAppError(error).code),
    },
  },
});

/** What waits for the PPID before citizens read it, oldest first. */
export function PublishScreen() {
  const words = useWords();
  const { state } = useConnection();
  const [asked, setAsked] = useState<{ item: PublicQueueItem; verdict: 'APPROVED' | 'RETURNED' } | null>(
    null,
  );
  const queue = useInfiniteQuery(
    {
      queryKey: KEY,
      queryFn: ({ pageParam }) => queuePage(pageParam),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
      refetchInterval: QUEUE_MS,
    },
    queries,
  );
  const items = queue.data?.pages.flatMap((page) => page.items);
  const refusal = queue.error ? asAppError(queue.error).toWire() : null;
  const refresh = () => void queries.invalidateQueries({ queryKey: KEY });
  const version = useQueueVersion();
  useEffect(() => void queries.invalidateQueries({ queryKey: KEY }), [version]);

  return (
    <>
      <div className={styles.head}>
        <div>
          <PageTitle title={words.publish.title} />
          <p className={styles.muted}>{words.publish.lead}</p>
        </div>
        <Button busy={queue.isFetching} onClick={refresh}>
          {words.publish.refresh}
        </Button>
      </div>
      {state === 'offline' && <Banner tone="attention">{words.publish.offline}</Banner>}
      {refusal && (
        <Banner
          tone="trouble"
          action={
            <Button small onClick={refresh}>
              {words.common.retry}
            </Button>
          }
        >
          {refusal.code === 'forbidden' || refusal.code === 'not-found'
            ? words.publish.noAccess
            : `${words.publish.failed} ${errorWords(refusal, words)}`}
        </Banner>
      )}
      {!items && !refusal && <Skeleton cards={3} />}
      {items && items.length === 0 && <EmptyState title={words.publish.empty} />}
      {items && items.length > 0 && (
        <>
          <p>{words.publish.count(items.length)}</p>
          <ul role="list" className={styles.items}>
            {items.map((item) => (
              <QueueItem
                key={item.update.id}
                item={item}
                onApprove={() => setAsked({ item, verdict: 'APPROVED' })}
                onReturn={() => setAsked({ item, verdict: 'RETURNED' })}
              />
            ))}
          </ul>
        </>
      )}
      {queue.hasNextPage && (
        <Button busy={queue.isFetchingNextPage} onClick={() => void queue.fetchNextPage()}>
          {words.publish.more}
        </Button>
      )}
      {asked?.verdict === 'APPROVED' && (
        <ApproveDialog item={asked.item} onClose={() => setAsked(null)} onDone={refresh} />
      )}
      {asked?.verdict === 'RETURNED' && (
        <ReturnDialog item={asked.item} onClose={() => setAsked(null)} onDone={refresh} />
      )}
    </>
  );
}
