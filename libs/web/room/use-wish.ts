import { useEffect } from 'react';
import type { WireError } from '#libs/contracts';
import type { PendingCommand, Room } from '#libs/client';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { showToast } from '../kit/index.js';
import { useRoomTools } from './room-tools.js';
import { useOutcome } from './use-outcome.js';

/**
 * The wish of a dialog: `onDone` once it was granted, or at once without a network, where the outbox sees to it.
 * `onDone` has to stay the same function.
 */
export function useWish(onDone: () => void): {
  room: Room;
  follow: (command: PendingCommand) => void;
  sending: boolean;
  refusal: WireError | null;
  reset: () => void;
} {
  const { team: say } = useWords().workspace;
  const { room } = useRoomTools();
  const online = useConnection().state === 'online';
  const { outcome, follow, reset } = useOutcome(room);
  const sending = outcome.state === 'sending';
  useEffect(() => {
    if (outcome.state !== 'done' && !(sending && !online)) return;
    if (sending) showToast({ text: say.queued });
    onDone();
  }, [outcome, sending, online, onDone, say]);
  return {
    room,
    follow,
    sending,
    refusal: outcome.state === 'refused' ? outcome.error : null,
    reset,
  };
}
