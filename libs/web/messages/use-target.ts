import { useCallback, useEffect, useState } from 'react';
import { useWords } from '../app/words.js';
import { showToast } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';

/** Where the reader is led. `quiet`: nobody asked for it, so the focus and whatever is being typed stay. */
export interface Target {
  no: number;
  quiet: boolean;
}

/** Leads to a message by its number: the one of the address as soon as there is a connection, others by `go`. */
export function useTarget(
  threadId: string,
  messageNo: number | null,
  ready: boolean,
): {
  target: Target | null;
  /** On the way: the message is not there yet. */
  leading: boolean;
  go: (no: number, quiet?: boolean) => void;
} {
  const { room } = useRoomTools();
  const { talk: say } = useWords().workspace;
  const [target, setTarget] = useState<Target | null>(null);
  const [ways, setWays] = useState(0);
  const go = useCallback(
    (no: number, quiet = false) => {
      setWays((before) => before + 1);
      room
        .openAt(threadId, no)
        .then(
          (found) => {
            if (found) setTarget({ no, quiet });
            else if (!quiet) showToast({ text: say.notThere });
          },
          () => {
            if (!quiet) showToast({ text: say.notLoaded });
          },
        )
        .finally(() => setWays((before) => before - 1));
    },
    [room, threadId, say],
  );
  // Led there once: with the next connection the reader is somewhere else.
  const [led, setLed] = useState<number | null>(null);
  const due = messageNo !== null && ready && led !== messageNo;
  useEffect(() => {
    if (!due) return;
    setLed(messageNo);
    go(messageNo);
  }, [due, messageNo, go]);
  return { target, leading: due || ways > 0, go };
}
