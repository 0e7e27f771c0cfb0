import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { BoardScope } from '#libs/contracts';
import type {
  Board,
  BoardView,
  ConnectionState,
  Inbox,
  InboxView,
  Observable,
  SimpulClient,
} from '#libs/client';

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
  const scopes = useMemo(() => [scope], [scope]);
  const [view] = useBoards(scopes);
  return view ?? loading(scope);
}

/** Several live boards at once, in the order asked for. Give the same array again while nothing changed. */
export function useBoards(scopes: readonly BoardScope[]): readonly BoardView[] {
  const client = useClient();
  const [held, setHeld] = useState<{ scopes: readonly BoardScope[]; boards: Board[] }>({
    scopes: [],
    boards: [],
  });
  const views = useRef<readonly BoardView[]>([]);

  useEffect(() => {
    const boards = scopes.map((scope) => client.board(scope));
    setHeld({ scopes, boards });
    return () => boards.forEach((board) => board.leave());
  }, [client, scopes]);

  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = held.boards.map((board) => board.view.subscribe(listener));
      return () => ends.forEach((end) => end());
    },
    [held],
  );
  // What is held may still be of the scopes before these.
  const boards = held.scopes === scopes ? held.boards : [];
  return useSyncExternalStore(subscribe, () => {
    const now = scopes.map((scope, i) => boards[i]?.view.get() ?? loading(scope));
    const before = views.current;
    if (now.length !== before.length || now.some((view, i) => view !== before[i])) views.current = now;
    return views.current;
  });
}

const NO_INBOX: InboxView = { status: 'loading', rows: [], counts: { action: 0, info: 0 }, more: false };

/** The person's inbox as long as somebody shows it. */
export function useInbox(client: SimpulClient | null): { inbox: Inbox | null; view: InboxView } {
  const [inbox, setInbox] = useState<Inbox | null>(null);
  useEffect(() => {
    if (!client) return undefined;
    const held = client.inbox();
    setInbox(held);
    return () => held.leave();
  }, [client]);
  const subscribe = useCallback(
    (listener: () => void) => inbox?.view.subscribe(listener) ?? (() => undefined),
    [inbox],
  );
  const view = useSyncExternalStore(subscribe, () => inbox?.view.get() ?? NO_INBOX);
  return { inbox, view };
}

const waiting = new Map<BoardScope, BoardView>();

function loading(scope: BoardScope): BoardView {
  let view = waiting.get(scope);
  if (!view)
    waiting.set(scope, (view = { status: 'loading', scope, rows: new Map(), version: 0, asOf: null }));
  return view;
}
