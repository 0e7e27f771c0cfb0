import { type ReactNode, useId } from 'react';
import { classes } from './button.js';
import styles from './choices.module.css';

export interface ShownChoice<V extends string> {
  value: V;
  label: ReactNode;
  /** What it means, below it. */
  note?: string;
}

/** One of a few, all of them seen: native radio buttons under a question. Arrow keys move between them. */
export function Choices<V extends string>({
  legend,
  choices,
  value,
  onPick,
}: {
  legend: string;
  choices: readonly ShownChoice<V>[];
  value: V;
  onPick: (value: V) => void;
}) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      <div className={styles.list}>
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={classes(styles.choice, choice.value === value && styles.chosen)}
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onPick(choice.value)}
            />
            <span className={styles.text}>
              {choice.label}
              {choice.note && <span className={styles.note}>{choice.note}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
