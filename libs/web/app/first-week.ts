import { useSyncExternalStore } from 'react';
import { knownSession } from './session.js';

/** What somebody new tries first. Only this device knows what was tried; nothing of it is ever sent. */
export const WEEK_STEPS = ['task', 'message', 'mention', 'unread', 'display'] as const;
export type WeekStep = (typeof WEEK_STEPS)[number];

const CLOSED = 'closed';
const listeners = new Set<() => void>();

// By person: on a shared PC each begins anew.
const keyOf = () => `simpul.week.${knownSession()?.person.id ?? ''}`;

function kept(): string {
  try {
    return localStorage.getItem(keyOf()) ?? '';
  } catch {
    // Where nothing can be kept the list would come back for ever: it does not begin.
    return CLOSED;
  }
}

/** Remembers that this was tried, or that the list was closed. */
export function noteWeek(step: WeekStep | typeof CLOSED): void {
  const before = kept().split(' ').filter(Boolean);
  if (before.includes(step) || before.includes(CLOSED)) return;
  try {
    localStorage.setItem(keyOf(), [...before, step].join(' '));
  } catch {
    // No room: the list says less than was done, and nothing depends on it.
  }
  for (const listener of listeners) listener();
}

/** Whether the list is still shown to the signed-in person. */
export function isWeekOpen(): boolean {
  return !kept().split(' ').includes(CLOSED);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** What was tried so far; `null` once the list was closed. */
export function useFirstWeek(): ReadonlySet<WeekStep> | null {
  const steps = useSyncExternalStore(subscribe, kept).split(' ');
  return steps.includes(CLOSED) ? null : new Set(WEEK_STEPS.filter((step) => steps.includes(step)));
}
