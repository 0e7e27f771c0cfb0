import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Room, RoomView } from '#libs/client';
import { useClient } from '../app/live.js';

const WAITING: RoomView = {
  status: 'loading',
  pending: [],
  presence: null,
  typing: [],
  passages: {},
  loadingThreads: [],
  reading: new Map(),
  outdated: false,
};

/** A workspace as long as the screen shows it; `again` leaves it and joins anew. */
export function useRoom(taskId: string): { room: Room | null; view: RoomView; again: () => void } {
  const client = useClient();
  const [turn, setTurn] = useState(0);
  const [room, setRoom] = useState<Room | null>(null);

  useEffect(() => {
    const joined = client.workspace(taskId);
    setRoom(joined);
    return () => {
      setRoom(null);
      joined.leave();
    };
  }, [client, taskId, turn]);

  const subscribe = useCallback(
    (listener: () => void) => room?.view.subscribe(listener) ?? (() => undefined),
    [room],
  );
  const view = useSyncExternalStore(subscribe, () => room?.view.get() ?? WAITING);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { room, view, again };
}
