import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import type { CatchUpItem } from '#libs/contracts';
import { dateWords, type Words } from '#libs/content';
import type { RoomView } from '#libs/client';
import { useWords } from '../app/words.js';
import { Button, Time } from '../kit/index.js';
import { historyLine, type HistoryNames } from '../history/history-sentence.js';
import { sentenceOf } from '../room/notice-row.js';
import { useRoomTools } from '../room/room-tools.js';
import { placeOfItem, unreadOf } from './catch-up-items.js';
import styles from './catch-up.module.css';

/** One thing that was missed: what it is, where it leads, and that it was seen. */
export function CatchUpRow({
  item,
  names,
  reading,
  onMark,
  onFollow,
}: {
  item: CatchUpItem;
  names: HistoryNames;
  reading: RoomView['reading'];
  onMark: () => void;
  /** The reader goes to its place. */
  onFollow: () => void;
}) {
  const words = useWords();
  const { catchUp: say } = words.workspace;
  const { taskId } = useRoomTools();
  const { sentence, quote, at, facts } = tell(item, { words, names, reading });
  const [mark, markOf] =
    item.section === 'MINE'
      ? [words.inbox.done, words.inbox.doneOf]
      : item.section === 'TALK'
        ? [say.read, say.readOf]
        : [say.seen, say.seenOf];
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <Link
          to="/tugas/$taskId"
          params={{ taskId }}
          search={placeOfItem(item, reading)}
          resetScroll={false}
          className={styles.link}
          onClick={onFollow}
        >
          {sentence}
        </Link>
        {quote !== null && (
          <p dir="auto" className={styles.quote}>
            {quote}
          </p>
        )}
        {(facts.length > 0 || at !== null) && (
          <span className={styles.note}>
            {facts.map((fact) => `${fact} · `).join('')}
            {at !== null && <Time at={at} />}
          </span>
        )}
      </div>
      <Button small aria-label={markOf(sentence)} onClick={onMark}>
        <Check size={18} aria-hidden="true" />
        {mark}
      </Button>
    </li>
  );
}

interface Told {
  sentence: string;
  quote: string | null;
  at: string | null;
  facts: string[];
}

function tell(
  item: CatchUpItem,
  { words, names, reading }: { words: Words; names: HistoryNames; reading: RoomView['reading'] },
): Told {
  const { catchUp: say } = words.workspace;
  if (item.section === 'MINE')
    return { sentence: sentenceOf(item.row, words), quote: null, at: item.row.at, facts: [] };
  if (item.section === 'TALK')
    return {
      sentence: say.unread(unreadOf(item, reading), item.threadTitle),
      ...{ quote: null, at: null, facts: [] },
    };
  const { event, seqs } = item;
  const facts: string[] = [];
  if (seqs.length > 1) facts.push(say.earlier(seqs.length - 1));
  const dates = dateWords(words.language);
  if (
    event.type === 'task.updated' ||
    event.type === 'milestone.added' ||
    event.type === 'milestone.changed'
  ) {
    const { dueDate } = event.type === 'task.updated' ? event.data.task : event.data.milestone;
    const before = event.type === 'task.updated' ? event.data.task.originalDueDate : null;
    const was = before !== null && before !== dueDate ? `, ${say.dueWas(dates.shortDay(before))}` : '';
    if (dueDate !== null) facts.push(`${say.dueNow(dates.shortDay(dueDate))}${was}`);
  }
  return { ...historyLine(event, words.workspace, names), at: event.at, facts };
}
