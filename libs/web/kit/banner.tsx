import { CircleCheck, Info, OctagonX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './button.js';
import styles from './banner.module.css';

const ICONS = { info: Info, attention: TriangleAlert, trouble: OctagonX, good: CircleCheck };

/** A sentence about the whole screen. `action` is its one button. It does not announce itself: use `announce` for that. */
export function Banner({
  tone = 'info',
  action,
  children,
}: {
  tone?: keyof typeof ICONS;
  action?: ReactNode;
  children: ReactNode;
}) {
  const Icon = ICONS[tone];
  return (
    <div className={classes(styles.banner, styles[tone])}>
      <Icon size={20} aria-hidden="true" />
      <div className={styles.text}>{children}</div>
      {action}
    </div>
  );
}
