import type { PublicQueueItem } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { Button, Time } from '../kit/index.js';
import styles from './publish.module.css';

export function QueueItem({
  item,
  onApprove,
  onReturn,
}: {
  item: PublicQueueItem;
  onApprove: () => void;
  onReturn: () => void;
}) {
  const words = useWords();
  const { update } = item;
  return (
    <li className={styles.item}>
      <h2 className={styles.task}>{item.taskTitle}</h2>
      <p className={styles.muted}>
        {item.opd} · {words.publish.draftedBy(update.draftedBy.name, update.draftedBy.opd)} ·{' '}
        <Time at={update.draftedAt} />
      </p>
      <figure className={styles.quote}>
        <figcaption>{words.publish.what}</figcaption>
        <blockquote>{update.body}</blockquote>
      </figure>
      {item.publicPath === null ? (
        <p className={styles.muted}>{words.publish.notPublic}</p>
      ) : (
        <a href={item.publicPath} target="_blank" rel="noreferrer" className={styles.page}>
          {words.publish.seePage}
        </a>
      )}
      <div className={styles.actions}>
        <Button look="quiet" onClick={onReturn}>
          {words.publish.giveBack}
        </Button>
        <Button onClick={onApprove}>{words.publish.approve}</Button>
      </div>
    </li>
  );
}
