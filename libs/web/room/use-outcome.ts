import { useCallback, useEffect, useRef, useState } from 'react';
import type { WireError } from '#libs/contracts';
import type { PendingCommand, Room } from '#libs/client';
import { errorWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { announce } from '../kit/index.js';

export type Outcome =
  | { state: 'idle' }
  | { state: 'sending' }
  | { state: 'done' }
  | { state: 'refused'; error: WireError };

/**
 * What became of a command whose form is still open. A refused one is taken out of the outbox again: its text is in
 * the form, and the form sends a new command.
 */
export function useOutcome(room: Room): {
  outcome: Outcome;
  follow: (command: PendingCommand) => void;
  reset: () => void;
} {
  const [outcome, setOutcome] = useState<Outcome>({ state: 'idle' });
  const words = useWords();
  const followed = useRef<string | null>(null);

  useEffect(
    () =>
      room.journal.subscribe((entry) => {
        if (entry.kind !== 'done' && entry.kind !== 'refused') return;
        if (entry.command.commandId !== followed.current) return;
        followed.current = null;
        if (entry.kind === 'done') setOutcome({ state: 'done' });
        else {
          room.discard(entry.command.commandId);
          setOutcome({ state: 'refused', error: entry.error });
          announce(errorWords(entry.error, words));
        }
      }),
    [room, words],
  );

  const follow = useCallback((command: PendingCommand) => {
    followed.current = command.commandId;
    setOutcome({ state: 'sending' });
  }, []);
  const reset = useCallback(() => {
    followed.current = null;
    setOutcome({ state: 'idle' });
  }, []);
  return { outcome, follow, reset };
}
