import type { BoardRow } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { decisionsFor, inTrouble, type TaskFilter, type Viewer } from '../tasks/task-filter.js';
import styles from './board.module.css';

/** The first line: how many are in trouble and how many decisions wait for the reader. Each number opens its list. */
export function Sentence({
  rows,
  viewer,
  onShow,
}: {
  rows: ReadonlyMap<string, BoardRow>;
  viewer: Viewer;
  onShow: (view: TaskFilter['view']) => void;
}) {
  const { sentence } = useWords().board;
  const all = [...rows.values()];
  const trouble = all.filter(inTrouble).length;
  const mine = all.reduce((count, row) => count + decisionsFor(row, viewer).length, 0);
  if (all.length === 0) return null;
  return (
    <p className={styles.sentence}>
      {trouble > 0 ? (
        <button type="button" className={styles.number} onClick={() => onShow('trouble')}>
          {sentence.trouble(trouble, all.length)}
          {mine > 0 ? ',' : '.'}
        </button>
      ) : (
        `${sentence.calm(all.length)}${mine > 0 ? ',' : '.'}`
      )}{' '}
      {mine > 0 && (
        <button type="button" className={styles.number} onClick={() => onShow('mine')}>
          {sentence.mine(mine)}.
        </button>
      )}
    </p>
  );
}
