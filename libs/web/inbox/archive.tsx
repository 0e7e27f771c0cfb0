import { useEffect, useState } from 'react';
import type { InboxRow } from '#libs/contracts';
import { dateWords, errorWords } from '#libs/content';
import type { Inbox } from '#libs/client';
import { asAppError } from '../app/api.js';
import { useWords } from '../app/words.js';
import { Banner, Button, EmptyState, Skeleton } from '../kit/index.js';
import { sentenceOf } from '../room/notice-row.js';
import { Row } from './inbox-row.js';
import styles from './inbox.module.css';

/** What was put off or put away; both can be put back. */
export function Archive({ inbox, state }: { inbox: Inbox; state: 'LATER' | 'DONE' }) {
  const words = useWords();
  const dates = dateWords(words.language);
  const [rows, setRows] = useState<readonly InboxRow[] | null>(null);
  const [more, setMore] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const load = async (before?: InboxRow): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const page = await inbox.read(state, before);
      setRows((have) => (before ? [...(have ?? []), ...page.rows] : page.rows));
      setMore(page.more);
    } catch (error) {
      setProblem(errorWords(asAppError(error).toWire(), words));
    }
    setBusy(false);
  };
  useEffect(() => {
    void load();
    // eslint-disable-next-line react/exhaustive-deps -- read anew for another list only
  }, [inbox, state]);

  const putBack = (row: InboxRow): void => {
    setRows((have) => have?.filter((other) => other !== row) ?? null);
    inbox.set(row, 'OPEN').catch(() => setProblem(words.inbox.refused));
  };

  return (
    <>
      {problem && (
        <Banner
          tone="trouble"
          action={
            <Button small onClick={() => void load()}>
              {words.common.retry}
            </Button>
          }
        >
          {problem}
        </Banner>
      )}
      {!rows && !problem && <Skeleton cards={2} />}
      {rows?.length === 0 && <EmptyState title={words.inbox.archiveEmpty[state]} />}
      {rows && rows.length > 0 && (
        <ul role="list" className={styles.rows}>
          {rows.map((row) => (
            <Row
              key={`${row.taskId} ${row.topic}`}
              row={row}
              note={row.until === null ? undefined : words.inbox.until(dates.full(row.until))}
              actions={
                <Button
                  small
                  aria-label={words.inbox.putBackOf(sentenceOf(row, words))}
                  onClick={() => putBack(row)}
                >
                  {words.inbox.putBack}
                </Button>
              }
            />
          ))}
        </ul>
      )}
      {more && (
        <Button busy={busy} onClick={() => void load(rows?.at(-1))}>
          {words.inbox.more}
        </Button>
      )}
    </>
  );
}
