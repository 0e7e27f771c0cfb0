import { ArrowLeft } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { WorkspaceState } from '#libs/contracts';
import { dateWords, errorWords } from '#libs/content';
import type { RoomView } from '#libs/client';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Banner, Button, EmptyState, Skeleton } from '../kit/index.js';
import { useHistoryNames } from '../history/use-history-names.js';
import { bySection } from './catch-up-items.js';
import { CatchUpRow } from './catch-up-row.js';
import { FirstThings } from './first-things.js';
import type { Visit } from './use-visit.js';
import styles from './catch-up.module.css';

/** What happened in a task since the last visit, in the order that matters, each thing once and leading to its place. */
export function CatchUpPanel({
  visit,
  state,
  reading,
  onClose,
}: {
  visit: Visit;
  state: WorkspaceState;
  reading: RoomView['reading'];
  onClose: () => void;
}) {
  const words = useWords();
  const { catchUp: say } = words.workspace;
  const { state: connection } = useConnection();
  const { view, items, mark } = visit;
  const heading = useRef<HTMLHeadingElement>(null);
  const events = useMemo(() => items.flatMap((item) => ('event' in item ? [item.event] : [])), [items]);
  const names = useHistoryNames(state, events);
  const sections = useMemo(() => bySection(items), [items]);
  const markable = items.some(({ section }) => section !== 'MINE') || view.more;

  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  return (
    <section className={styles.panel} aria-labelledby="catch-up">
      <div className={styles.head}>
        <div>
          <h2 id="catch-up" ref={heading} tabIndex={-1}>
            {words.catchUp.title}
          </h2>
          {view.since !== null && (
            <p className={styles.note}>{say.since(dateWords(words.language).relative(view.since))}</p>
          )}
        </div>
        <Button small look="quiet" onClick={onClose}>
          <ArrowLeft size={18} aria-hidden="true" />
          {say.close}
        </Button>
      </div>
      {connection === 'offline' && <Banner tone="attention">{say.offline}</Banner>}
      {view.first && <FirstThings state={state} />}
      {view.status === 'error' && (
        <Banner
          tone="trouble"
          action={
            <Button small onClick={visit.retry}>
              {words.common.retry}
            </Button>
          }
        >
          {say.failed} {view.error && errorWords(view.error, words)}
        </Banner>
      )}
      {view.status === 'loading' && connection !== 'offline' && <Skeleton cards={3} />}
      {view.status === 'ready' && items.length === 0 && !view.first && (
        <EmptyState title={say.empty}>{say.emptyNext}</EmptyState>
      )}
      {markable && view.status === 'ready' && (
        <div className={styles.all}>
          <Button look="primary" onClick={visit.markAll}>
            {say.seeAll}
          </Button>
          <p className={styles.note}>{say.seeAllKeeps}</p>
        </div>
      )}
      {sections.map(([section, own]) => (
        <section key={section} aria-labelledby={`catch-up-${section}`} className={styles.group}>
          <h3 id={`catch-up-${section}`}>
            {words.catchUp.sections[section]} <span className={styles.note}>{own.length}</span>
          </h3>
          <ul role="list" className={styles.rows}>
            {own.map((item) => (
              <CatchUpRow
                key={item.key}
                item={item}
                names={names}
                reading={reading}
                onMark={() => {
                  mark(item);
                  // The row goes, and with it the button that had the focus.
                  heading.current?.focus({ preventScroll: true });
                }}
                onFollow={() => {
                  if ('seqs' in item) mark(item);
                }}
              />
            ))}
          </ul>
        </section>
      ))}
      {view.more && <p className={styles.note}>{say.more}</p>}
    </section>
  );
}
