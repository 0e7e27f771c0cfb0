import { useWords } from '../app/words.js';
import { classes } from '../kit/index.js';
import type { Candidate } from './mentions.js';
import styles from './composer.module.css';

/** Who can be mentioned, above the field; the keys stay in the field. */
export function MentionList({
  id,
  candidates,
  chosen,
  onPick,
}: {
  id: string;
  candidates: readonly Candidate[];
  chosen: number;
  onPick: (candidate: Candidate) => void;
}) {
  const { talk: say } = useWords().workspace;
  return (
    <div role="listbox" id={id} aria-label={say.mentions} className={styles.mentions}>
      {candidates.map((candidate, at) => (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the focus and the keys
        <div
          key={`${candidate.kind} ${candidate.id}`}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          className={classes(styles.option, at === chosen && styles.chosen)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(candidate)}
        >
          <strong>{candidate.label}</strong>
          <span>{candidate.about || say.mentionKinds[candidate.kind]}</span>
        </div>
      ))}
    </div>
  );
}
