import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { BoardScope } from '#libs/contracts';
import type { Board, BoardView, ConnectionState, Observable, SimpulClient } from '#libs/client';

export const ClientContext = createContext<SimpulClient | null>(null);

/** The live client of the signed-in person; only inside the shell. */
export function useClient(): SimpulClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error('useClient outside the shell');
  return client;
}

/** Renders with a live value, again after each change. */
export function useObservable<T>(observable: Observable<T>): T {
  const subscribe = useCallback((listener: () => void) => observable.subscribe(listener), [observable]);
  return useSyncExternalStore(subscribe, () => observable.get());
}

/** The state of the connection. */
export function useConnection(): ConnectionState {
  return useObservable(useClient().connection);
}

/** A live board as long as the screen shows it. */
export function useBoard(scope: BoardScope): BoardView {
  const client = useClient();
  const [board, setBoard] = useState<Board | null>(null);
  useEffect(() => {
    const joined = client.board(scope);
    setBoard(joined);
    return () => joined.leave();
  }, [client, scope]);
  const subscribe = useCallback(
    (listener: () => void) => board?.view.subscribe(listener) ?? (() => undefined),
    [board],
  );
  const view = useSyncExternalStore(subscribe, () => board?.view.get());
  return view?.scope === scope ? view : loading(scope);
}

const waiting = new Map<BoardScope, BoardView>();

function loading(scope: BoardScope): BoardView {
  let view = waiting.get(scope);
  if (!view) waiting.set(scope, (view = { status: 'loading', scope, rows: new Map(), version: 0, asOf: null }));
  return view;
}
