import { useState } from 'react';
import type { InboxRow, InboxState, Instant } from '#libs/contracts';
import { dateWords, errorWords } from '#libs/content';
import { asAppError } from '../app/api.js';
import { useClient, useConnection, useInbox } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Banner, Button, EmptyState, PageTitle, showToast, Skeleton } from '../kit/index.js';
import { Archive } from './archive.js';
import { Row, RowActions } from './inbox-row.js';
import { useSteadyRows } from './use-steady-rows.js';
import styles from './inbox.module.css';

/** What waits for this person, and what they should know: one line a task and subject, the same on every device. */
export function InboxScreen() {
  const words = useWords();
  const say = words.inbox;
  const { inbox, view } = useInbox(useClient());
  const { state: connection } = useConnection();
  const [archive, setArchive] = useState<'LATER' | 'DONE' | null>(null);
  const [loadingMore, setLoadingMore] = useState(false);
  const steady = useSteadyRows(view.rows);
  const failed = (error: unknown): void =>
    showToast({
      text:
        asAppError(error).code === 'not-found' ? say.refused : errorWords(asAppError(error).toWire(), words),
    });

  const put = (row: InboxRow, state: InboxState, until?: Instant): void => {
    if (!inbox) return;
    inbox.set(row, state, until).catch(failed);
    showToast({
      text: until === undefined ? say.markedDone : say.markedLater(dateWords(words.language).full(until)),
      action: { label: words.common.undo, run: () => void inbox.set(row, 'OPEN').catch(failed) },
    });
  };
  const clearInfo = async (): Promise<void> => {
    if (!inbox) return;
    try {
      const cleared = await inbox.clearInfo();
      showToast({
        text: say.cleared(cleared.length),
        action: {
          label: words.common.undo,
          run: () => cleared.forEach((row) => void inbox.set(row, 'OPEN').catch(failed)),
        },
      });
    } catch (error) {
      failed(error);
    }
  };
  const more = async (): Promise<void> => {
    setLoadingMore(true);
    await inbox?.more().catch(failed);
    setLoadingMore(false);
  };

  const groups = [
    { group: 'ACTION', title: say.action },
    { group: 'INFO', title: say.info },
  ] as const;
  return (
    <>
      <div>
        <PageTitle title={say.title} />
        <p className={styles.note}>{say.lead}</p>
      </div>
      {connection === 'offline' && view.status === 'ready' && <Banner tone="attention">{say.offline}</Banner>}
      {view.status === 'error' && (
        <Banner
          tone="trouble"
          action={
            <Button small onClick={() => inbox?.join()}>
              {words.common.retry}
            </Button>
          }
        >
          {say.failed} {view.error && errorWords(view.error, words)}
        </Banner>
      )}
      {view.status === 'loading' && <Skeleton cards={3} />}
      {steady.waiting > 0 && view.status === 'ready' && steady.rows.length > 0 && (
        <Button className={styles.fresh} onClick={steady.show}>
          ↑ {say.fresh(steady.waiting)}
        </Button>
      )}
      {view.status === 'ready' && view.rows.length === 0 && (
        <EmptyState title={say.empty}>{say.emptyNext}</EmptyState>
      )}
      {steady.rows.length > 0 &&
        groups.map(({ group, title }) => {
          const rows = steady.rows.filter((row) => row.group === group);
          return (
            <section key={group} aria-labelledby={group} className={styles.group}>
              <div className={styles.head}>
                <h2 id={group}>{title}</h2>
                {group === 'INFO' && rows.length > 1 && (
                  <Button small look="quiet" onClick={() => void clearInfo()}>
                    {say.clearInfo(view.counts.info)}
                  </Button>
                )}
              </div>
              {group === 'ACTION' && rows.length === 0 && <p className={styles.note}>{say.actionEmpty}</p>}
              <ul role="list" className={styles.rows}>
                {rows.map((row) => (
                  <Row
                    key={`${row.taskId} ${row.topic}`}
                    row={row}
                    actions={
                      <RowActions
                        row={row}
                        onDone={() => put(row, 'DONE')}
                        onLater={(until) => put(row, 'LATER', until)}
                      />
                    }
                  />
                ))}
              </ul>
            </section>
          );
        })}
      {view.more && (
        <Button busy={loadingMore} onClick={() => void more()}>
          {say.more}
        </Button>
      )}
      {inbox && (
        <section className={styles.group}>
          <div className={styles.lists}>
            {(['LATER', 'DONE'] as const).map((state) => (
              <Button
                key={state}
                small
                look="quiet"
                aria-expanded={archive === state}
                onClick={() => setArchive(archive === state ? null : state)}
              >
                {say.archive[state]}
              </Button>
            ))}
          </div>
          {archive && <Archive key={archive} inbox={inbox} state={archive} />}
        </section>
      )}
    </>
  );
}
