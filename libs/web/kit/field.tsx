import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';
import { CircleAlert } from 'lucide-react';
import { useWords } from '../app/words.js';
import { classes } from './button.js';
import styles from './field.module.css';

interface Labels {
  label: string;
  /** Help that is there before anything is wrong. */
  hint?: string;
  /** What is wrong, in words; shown at the field and tied to it. */
  error?: string | null;
  /** The label is read, not seen. */
  hideLabel?: boolean;
}

/** What an input has to carry to belong to its label, hint and error. */
export interface FieldInput {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  className: string;
}

/** Label, hint and error around any input; `children` gets what ties them together. */
export function Field({
  label,
  hint,
  error,
  hideLabel,
  children,
}: Labels & { children: (input: FieldInput) => ReactNode }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
        className: classes(styles.input, error && styles.wrong),
      })}
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          <CircleAlert size={18} aria-hidden="true" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}

export function TextField({
  label,
  hint,
  error,
  hideLabel,
  ...rest
}: Labels & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel}>
      {(input) => <input type="text" {...rest} {...input} />}
    </Field>
  );
}

/** `max` shows how many letters are left once most are used. */
export function TextArea({
  label,
  hint,
  error,
  hideLabel,
  max,
  ...rest
}: Labels & { max?: number } & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const words = useWords();
  const left = max === undefined || typeof rest.value !== 'string' ? null : max - rest.value.length;
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel}>
      {(input) => (
        <>
          <textarea rows={4} {...rest} {...input} className={classes(input.className, styles.area)} />
          {left !== null && max !== undefined && left < max / 5 && (
            <p className={styles.count}>{words.common.lettersLeft(left)}</p>
          )}
        </>
      )}
    </Field>
  );
}

export interface Choice<V extends string = string> {
  value: V;
  label: string;
}

/** A native select whose values keep their type. */
export function Select<V extends string>({
  label,
  hint,
  error,
  hideLabel,
  choices,
  value,
  onPick,
  ...rest
}: Labels & {
  choices: readonly Choice<V>[];
  value: V;
  onPick: (value: V) => void;
} & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'onChange'>) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel}>
      {(input) => (
        <select
          {...rest}
          {...input}
          value={value}
          onChange={(event) => {
            const picked = choices.find((choice) => choice.value === event.target.value);
            if (picked) onPick(picked.value);
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
