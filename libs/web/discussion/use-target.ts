import { useCallback, useEffect, useState } from 'react';
import { useWords } from '../app/words.js';
import { showToast } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';

/** Leads to a message by its number: the one of the address as soon as there is a connection, others by `go`. */
export function useTarget(
  threadId: string,
  messageNo: number | null,
  ready: boolean,
): {
  target: { no: number } | null;
  /** On the way: the message is not there yet. */
  leading: boolean;
  go: (no: number) => void;
} {
  const { room } = useRoomTools();
  const { talk: say } = useWords().workspace;
  const [target, setTarget] = useState<{ no: number } | null>(null);
  const [ways, setWays] = useState(0);
  const go = useCallback(
    (no: number) => {
      setWays((before) => before + 1);
      room
        .openAt(threadId, no)
        .then(
          (found) => {
            if (found) setTarget({ no });
            else showToast({ text: say.notThere });
          },
          () => showToast({ text: say.notLoaded }),
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
