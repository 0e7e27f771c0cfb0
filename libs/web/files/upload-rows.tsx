import { RotateCcw, X } from 'lucide-react';
import { errorWords, sizeWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { Button } from '../kit/index.js';
import panels from '../room/panels.module.css';
import styles from './files.module.css';
import type { UploadQueue, UploadRow } from './upload-queue.js';

/** What is on its way, and what came of it. */
export function UploadRows({ rows, queue }: { rows: readonly UploadRow[]; queue: UploadQueue }) {
  const { files: say } = useWords().workspace;
  if (rows.length === 0) return null;
  return (
    <ul role="list" aria-label={say.uploads} className={panels.cards}>
      {rows.map((row) => (
        <Upload key={row.id} row={row} queue={queue} />
      ))}
    </ul>
  );
}

function Upload({ row, queue }: { row: UploadRow; queue: UploadQueue }) {
  const words = useWords();
  const { files: say } = words.workspace;
  const { id, name, size, sent, state, problem } = row;
  const bytes = (value: number) => sizeWords(value, words.language);
  const text =
    state === 'refused'
      ? problem === null || problem === 'unreadable'
        ? say.unreadable
        : errorWords(problem, words)
      : state === 'sending'
        ? say.states.sending(bytes(sent), bytes(size))
        : say.states[state];
  return (
    <li className={panels.card}>
      <div className={styles.row}>
        <p className={styles.name}>
          <bdi>{name}</bdi>
        </p>
        <div className={styles.actions}>
          {state === 'refused' && (
            <Button small aria-label={say.retryOf(name)} onClick={() => queue.retry(id)}>
              <RotateCcw size={18} aria-hidden="true" />
              {say.retry}
            </Button>
          )}
          <Button
            small
            look="quiet"
            aria-label={state === 'refused' ? say.dismissOf(name) : say.cancelOf(name)}
            onClick={() => queue.cancel(id)}
          >
            <X size={18} aria-hidden="true" />
            {state === 'refused' ? say.dismiss : say.cancel}
          </Button>
        </div>
      </div>
      {state !== 'refused' && (
        <progress className={styles.progress} aria-label={say.progress(name)} max={size} value={sent} />
      )}
      <p className={state === 'refused' ? styles.problem : panels.muted}>{text}</p>
    </li>
  );
}
