import { isCalm } from '../app/display.js';

/** Brings a message into the middle, with the focus on it, and tints it for a moment. */
export function showRow(row: HTMLElement): void {
  row.scrollIntoView({ block: 'center' });
  row.focus({ preventScroll: true });
  if (isCalm()) return;
  row.animate([{ background: 'var(--tone-attention-soft)' }, {}], { duration: 2_000 });
}
