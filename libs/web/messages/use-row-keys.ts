import { type FocusEvent, type KeyboardEvent, useState } from 'react';
import { isFreeKey } from '../app/free-key.js';

const rowOf = (target: EventTarget): HTMLElement | null =>
  target instanceof HTMLElement ? target.closest<HTMLElement>('[data-message]') : null;

/** A list of messages is one stop for the Tab key; the arrow keys lead from message to message, R answers one. */
export function useRowKeys(onReply: ((messageId: string) => void) | null): {
  /** The message that has or had the focus. */
  chosen: string | null;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onFocus: (event: FocusEvent<HTMLElement>) => void;
} {
  const [chosen, setChosen] = useState<string | null>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = rowOf(event.target);
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-message]')];
      const next = rows[rows.indexOf(row) + (event.key === 'ArrowUp' ? -1 : 1)];
      event.preventDefault();
      next?.focus();
      next?.scrollIntoView({ block: 'nearest' });
    } else if (
      event.key.toLowerCase() === 'r' &&
      onReply &&
      row.dataset.message &&
      isFreeKey(event.nativeEvent)
    ) {
      event.preventDefault();
      onReply(row.dataset.message);
    }
  };
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const id = rowOf(event.target)?.dataset.message;
    if (id) setChosen(id);
  };
  return { chosen, onKeyDown, onFocus };
}
