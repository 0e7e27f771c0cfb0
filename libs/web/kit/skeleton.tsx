import { useWords } from '../app/words.js';
import { classes } from './button.js';
import styles from './skeleton.module.css';

/** Stands for content that is on its way; seen only when it takes longer than 300 ms. */
export function Skeleton({ lines = 3, cards }: { lines?: number; cards?: number }) {
  const words = useWords();
  const count = cards ?? lines;
  return (
    <div className={styles.skeleton} aria-busy="true">
      <span className="visually-hidden">{words.common.loading}</span>
      {Array.from({ length: count }, (_, i) => (
        <div key={i} aria-hidden="true" className={classes(styles.bar, cards !== undefined && styles.card)} />
      ))}
    </div>
  );
}
