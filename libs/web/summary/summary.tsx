import { PencilLine } from 'lucide-react';
import { lazy, memo, Suspense, useCallback, useEffect, useId, useRef, useState } from 'react';
import type { SummaryView } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { dateWords } from '#libs/content';
import { useScreenAction } from '../app/screen-actions.js';
import { useWords } from '../app/words.js';
import { Button, classes, Skeleton } from '../kit/index.js';
import { MessageText } from '../messages/message-text.js';
import { readDraft } from '../room/drafts.js';
import { useRoomTools } from '../room/room-tools.js';
import { deviceStore } from '../room/use-draft.js';
import { isLong, SUMMARY_PLACE } from './summary-text.js';
import styles from './summary.module.css';

const SummaryEditor = lazy(async () => ({
  default: (await import('./summary-editor.js')).SummaryEditor,
}));
const UnsentSummary = lazy(async () => ({
  default: (await import('./summary-editor.js')).UnsentSummary,
}));

/** How things are, at the top of the workspace, so that a newcomer need not scroll; written in place. */
export const Summary = memo(function Summary({
  summary,
  mayWrite,
  pending,
  onHistory,
}: {
  summary: SummaryView | null;
  mayWrite: boolean;
  pending: readonly PendingCommand[];
  onHistory: () => void;
}) {
  const words = useWords();
  const { summary: say } = words.workspace;
  const { reader, taskId, say: tell } = useRoomTools();
  const [writing, setWriting] = useState(false);
  const heading = useId();
  const head = useRef<HTMLDivElement>(null);
  const close = useCallback(() => {
    setWriting(false);
    // Back to where it was opened, once that is there again.
    setTimeout(() => head.current?.querySelector<HTMLElement>('button:last-child')?.focus());
  }, []);

  const open = useCallback(() => setWriting(true), []);
  const version = summary?.version ?? 0;
  const before = useRef(version);
  useEffect(() => {
    if (version === before.current) return;
    before.current = version;
    if (summary && summary.by.id !== reader.id) tell(say.changed(summary.by.name));
  }, [version, summary, reader, say, tell]);

  const unsent = pending.find(
    (command): command is PendingCommand<'summary.write'> => command.type === 'summary.write',
  );
  // Both versions are shown below then.
  const compared = unsent?.state === 'failed' && unsent.error?.code === 'summary.conflict';
  const body = summary?.body ?? '';
  // In a low window an empty one has no lines of its own: the palette leads here.
  const mayOpen = mayWrite && !writing && !unsent;
  useScreenAction(mayOpen ? (body === '' ? say.write : say.change) : null, open);
  if (body === '' && !mayWrite && !unsent) return null;
  const store = deviceStore();
  const begun =
    store !== null && readDraft(store, { personId: reader.id, taskId, place: SUMMARY_PLACE }) !== null;
  return (
    <section
      className={classes(styles.summary, body === '' && !writing && !unsent && styles.empty)}
      aria-labelledby={heading}
    >
      <div ref={head} className={styles.head}>
        <h2 id={heading}>{say.title}</h2>
        {summary && body !== '' && (
          <p className={styles.by} title={dateWords(words.language).full(summary.at)}>
            {say.by(summary.by.name, dateWords(words.language).relative(summary.at))}
          </p>
        )}
        {version > 1 && (
          <Button look="quiet" small onClick={onHistory}>
            {say.former}
          </Button>
        )}
        {mayOpen && (
          <Button look="quiet" small onClick={open}>
            <PencilLine size={18} aria-hidden="true" />
            {begun ? say.resume : body === '' ? say.write : say.change}
          </Button>
        )}
      </div>
      {writing ? (
        <Suspense fallback={<Skeleton lines={3} />}>
          <SummaryEditor summary={summary} onClose={close} />
        </Suspense>
      ) : body === '' ? (
        !unsent && <p className={styles.invite}>{say.invite}</p>
      ) : (
        !compared && <Body text={body} />
      )}
      {!writing && unsent && (
        <Suspense fallback={null}>
          <UnsentSummary command={unsent} summary={summary} />
        </Suspense>
      )}
    </section>
  );
});

/** A long one takes no more than a few lines until it is asked for. */
function Body({ text }: { text: string }) {
  const { summary: say } = useWords().workspace;
  const [whole, setWhole] = useState(false);
  const long = isLong(text);
  return (
    <div className={classes(long && !whole && styles.foldable)}>
      <div className={classes(styles.body, long && !whole && styles.short)}>
        <MessageText text={text} />
      </div>
      {long && (
        <Button
          look="quiet"
          small
          aria-expanded={whole}
          className={styles.fold}
          onClick={() => setWhole(!whole)}
        >
          {whole ? say.less : say.all}
        </Button>
      )}
    </div>
  );
}
