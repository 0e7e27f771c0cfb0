import { MessageSquarePlus } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import { LIMITS, normalizeText } from '#libs/contracts';
import type { ThreadReading } from '#libs/client';
import { dateWords, fieldWords } from '#libs/content';
import { useScreenAction } from '../app/screen-actions.js';
import { useWords } from '../app/words.js';
import { Button, classes, TextField } from '../kit/index.js';
import { PendingState } from '../room/pending-state.js';
import { writtenProblem } from '../room/written-problem.js';
import { useRoomTools } from '../room/room-tools.js';
import type { TopicEntry } from './threads.js';
import { useDraft } from '../room/use-draft.js';
import styles from './discussion.module.css';

export interface ThreadListProps {
  topics: readonly TopicEntry[];
  chosen: string | null;
  /** How far the person has read in each topic. */
  reading: ReadonlyMap<string, ThreadReading>;
  mayOpen: boolean;
  onChoose: (threadId: string) => void;
}

/** The topics of the room, and a place to open another. */
export const ThreadList = memo(function ThreadList({
  topics,
  chosen,
  reading,
  mayOpen,
  onChoose,
}: ThreadListProps) {
  const words = useWords();
  const { thread: say, message, talk } = words.workspace;
  const dates = dateWords(words.language);
  const [opening, setOpening] = useState(false);
  const [all, setAll] = useState(false);
  useScreenAction(mayOpen ? say.open : null, () => setOpening(true));
  const settled = topics.filter(({ thread }) => thread.resolved !== null).length;
  const shown = topics.filter(({ thread }) => all || thread.resolved === null || thread.id === chosen);

  return (
    <nav className={styles.topics} aria-label={say.list}>
      {mayOpen &&
        (opening ? (
          <NewTopic
            onDone={(threadId) => {
              setOpening(false);
              if (threadId) onChoose(threadId);
            }}
          />
        ) : (
          <Button className={styles.newTopic} onClick={() => setOpening(true)}>
            <MessageSquarePlus size={20} aria-hidden="true" />
            {say.open}
          </Button>
        ))}
      {topics.length === 0 && <p className={styles.none}>{mayOpen ? say.empty : say.emptyReader}</p>}
      <ul role="list" className={styles.topicList}>
        {shown.map(({ thread, opening: command }) => {
          const unread = reading.get(thread.id)?.unread ?? 0;
          const about = say.about[thread.about.kind];
          return (
            <li key={thread.id}>
              <button
                type="button"
                className={classes(styles.topicItem, thread.id === chosen && styles.chosen)}
                aria-current={thread.id === chosen || undefined}
                onClick={() => onChoose(thread.id)}
              >
                <span className={styles.topicTitle} dir="auto">
                  {thread.title}
                </span>
                <span className={styles.topicFacts}>
                  {thread.resolved && <span className={styles.settledMark}>{talk.resolvedMark}</span>}
                  {about && <span>{about}</span>}
                  <span>{say.count(thread.messageCount)}</span>
                  {thread.lastMessageAt && (
                    <time dateTime={thread.lastMessageAt}>{dates.short(thread.lastMessageAt)}</time>
                  )}
                  {unread > 0 && <span className={styles.news}>{message.unread(unread)}</span>}
                </span>
              </button>
              {command && (command.state === 'failed' || command.state === 'old') && (
                <PendingState command={command} text={command.data.title} />
              )}
            </li>
          );
        })}
      </ul>
      {settled > 0 && (
        <Button look="quiet" className={styles.newTopic} aria-pressed={all} onClick={() => setAll(!all)}>
          {all ? talk.hideResolved : talk.showResolved(settled)}
        </Button>
      )}
    </nav>
  );
});

function NewTopic({ onDone }: { onDone: (threadId: string | null) => void }) {
  const words = useWords();
  const { thread: say } = words.workspace;
  const { room, reader, taskId } = useRoomTools();
  const { draft, change, clear } = useDraft(reader.id, taskId, 'new-topic');
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  const open = () => {
    const wrong = writtenProblem(draft.text, { max: LIMITS.threadTitle });
    if (wrong) {
      setProblem(fieldWords(wrong, say.title, words));
      return;
    }
    const threadId = crypto.randomUUID();
    room.send('thread.open', { threadId, title: normalizeText(draft.text) });
    clear();
    onDone(threadId);
  };

  return (
    <form
      ref={form}
      className={styles.openForm}
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <TextField
        label={say.title}
        hint={say.titleHint}
        error={problem}
        value={draft.text}
        dir="auto"
        autoComplete="off"
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone(null);
        }}
        onChange={(event) => {
          setProblem(null);
          change({ text: event.target.value });
        }}
      />
      <div className={styles.formActions}>
        <Button type="submit" look="primary">
          {say.create}
        </Button>
        <Button look="quiet" onClick={() => onDone(null)}>
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}
