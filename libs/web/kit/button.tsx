import type { ButtonHTMLAttributes } from 'react';
import styles from './button.module.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` is the one filled button of a screen. */
  look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  /** At work: cannot be pressed again, keeps its place and focus. */
  busy?: boolean;
  small?: boolean;
  /** Only an icon is shown: the button is square. Give it an `aria-label`. */
  square?: boolean;
}

export function Button({
  look = 'secondary',
  busy,
  small,
  square,
  className,
  onClick,
  type,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type === 'submit' ? 'submit' : 'button'}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={classes(
        styles.button,
        styles[look],
        small && styles.small,
        square && styles.square,
        className,
      )}
    />
  );
}

/** The classes of a button for something that is a link. */
export function buttonClass(look: NonNullable<ButtonProps['look']> = 'secondary', small = false): string {
  return classes(styles.button, styles[look], small && styles.small);
}

/** Joins the class names that are there. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
