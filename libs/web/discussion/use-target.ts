import { useCallback, useEffect, useState } from 'react';
import { useWords } from '../app/words.js';
import { showToast } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';

/** Leads to a message by its number: the one of the address as soon as there is a connection, others by `go`. */
export function useTarget(
  threadId: string,
  messageNo: number | null,
  ready: boolean,
): { target: { no: number } | null; go: (no: number) => void } {
  const { room } = useRoomTools();
  const { talk: say } = useWords().workspace;
  const [target, setTarget] = useState<{ no: number } | null>(null);
  const go = useCallback(
    (no: number) => {
      room.openAt(threadId, no).then(
        (found) => {
          if (found) setTarget({ no });
          else showToast({ text: say.notThere });
        },
        () => showToast({ text: say.notLoaded }),
      );
    },
    [room, threadId, say],
  );
  // Led there once: with the next connection the reader is somewhere else.
  const [led, setLed] = useState<number | null>(null);
  useEffect(() => {
    if (messageNo === null || !ready || led === messageNo) return;
    setLed(messageNo);
    go(messageNo);
  }, [messageNo, ready, led, go]);
  return { target, go };
}
