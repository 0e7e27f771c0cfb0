import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { SessionView } from '#libs/contracts';
import type { SimpulClient } from '#libs/client';
import { noteWeek } from '../app/first-week.js';
import { ClientContext, useObservable } from '../app/live.js';
import {
  endOfSession,
  forgetSession,
  keepSessionFresh,
  SessionContext,
  useKnownSession,
} from '../app/session.js';
import { useSimpulClient } from '../app/simpul-client.js';
import { useWords } from '../app/words.js';
import { Button } from '../kit/button.js';
import { EmptyState } from '../kit/empty-state.js';
import { Skeleton } from '../kit/skeleton.js';
import { ConnectionBanner } from './connection-banner.js';
import { Header } from './header.js';
import { Overlays, useOpenOverlay } from './overlays.js';
import { Places } from './places.js';
import { useKeys } from './use-keys.js';
import styles from './shell.module.css';

/** The frame of every signed-in screen: header, places, connection, and the one live client. */
export function Shell() {
  const session = useKnownSession();
  const navigate = useNavigate();
  const { href } = useLocation();
  const ended = session === null;

  useEffect(() => {
    if (!ended) return;
    // The place is kept in the address, what was typed in the drafts and the outbox of this device.
    const why = endOfSession();
    void navigate({ to: '/masuk', search: why === 'left' ? { why } : { to: href, why }, replace: true });
    // eslint-disable-next-line react/exhaustive-deps -- only the end of the session moves the person, not a new address
  }, [ended]);

  useEffect(keepSessionFresh, []);

  if (!session) return null;
  return (
    <SessionContext.Provider value={session}>
      <SignedIn session={session} />
    </SessionContext.Provider>
  );
}

function SignedIn({ session }: { session: SessionView }) {
  const live = useSimpulClient(session.person.id);
  const client = live === 'failed' ? null : live;
  const words = useWords();
  useKeys(useOpenOverlay(), session.boards.length > 0);
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {words.shell.skip}
      </a>
      <Header session={session} client={client} />
      <Places session={session} client={client} />
      <div className={styles.main}>
        {client ? (
          <ClientContext.Provider value={client}>
            <Watch client={client} personId={session.person.id} />
            <ConnectionBanner client={client} />
            <main id="content" tabIndex={-1} className={styles.content}>
              <Outlet />
            </main>
            <Overlays />
          </ClientContext.Provider>
        ) : (
          <main id="content" tabIndex={-1} className={styles.content}>
            {live === 'failed' ? (
              <EmptyState
                title={words.shell.failed}
                action={
                  <Button look="primary" onClick={() => window.location.reload()}>
                    {words.shell.reload}
                  </Button>
                }
              >
                {words.shell.sessionUnknownText}
              </EmptyState>
            ) : (
              <Skeleton cards={3} />
            )}
          </main>
        )}
      </div>
    </div>
  );
}

/** Remembers on this device what was tried for the first time. */
function useNoticing(client: SimpulClient): void {
  const { pathname } = useLocation();
  const pending = useObservable(client.pending);
  useEffect(() => {
    if (/^\/tugas\/[0-9a-f-]{36}$/i.test(pathname)) noteWeek('task');
  }, [pathname]);
  useEffect(() => {
    for (const command of pending) {
      if (command.type !== 'message.post') continue;
      noteWeek('message');
      if ('mentions' in command.data && (command.data.mentions?.length ?? 0) > 0) noteWeek('mention');
    }
  }, [pending]);
}

/** Keeps the person's own board joined, so that Beranda and Tugas open at once; and notices the end of the sign-in. */
function Watch({ client, personId }: { client: SimpulClient; personId: string }) {
  const { state } = useObservable(client.connection);
  useNoticing(client);
  useEffect(() => {
    if (state === 'signed-out') forgetSession();
  }, [state]);
  useEffect(() => {
    const board = client.board(`person:${personId}`);
    return () => board.leave();
  }, [client, personId]);
  return null;
}
