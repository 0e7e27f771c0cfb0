import type { Day } from '#libs/contracts';
import { dateWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { Button } from './button.js';
import { TextField } from './field.js';
import styles from './field.module.css';
import { asTyped, typedDay } from './typed-day.js';

/** A day that is typed, with days to press beside it; what was understood is said in full below. */
export function DayField({
  label,
  hint,
  error,
  value,
  onChange,
  shortcuts = [],
  'data-field': field,
}: {
  label: string;
  hint?: string;
  error?: string | null;
  /** As typed. */
  value: string;
  onChange: (typed: string) => void;
  shortcuts?: readonly { label: string; day: Day }[];
  'data-field'?: string;
}) {
  const words = useWords();
  const day = typedDay(value);
  return (
    <div className={styles.day}>
      <TextField
        label={label}
        hint={hint ?? words.common.dayHint}
        error={error}
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        data-field={field}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {shortcuts.length > 0 && (
        <div className={styles.shortcuts}>
          {shortcuts.map((one) => (
            <Button key={one.label} small onClick={() => onChange(asTyped(one.day))}>
              {one.label}
            </Button>
          ))}
        </div>
      )}
      {day !== null && <p className={styles.read}>{dateWords(words.language).day(day)}</p>}
    </div>
  );
}
