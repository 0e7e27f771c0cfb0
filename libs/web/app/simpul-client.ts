import { useEffect, useState } from 'react';
import type { SimpulClient } from '#libs/client';

/** The live part is a chunk of its own: nobody needs it before signing in. */
export function fetchClient(): Promise<typeof import('#libs/client')> {
  return import('#libs/client');
}

/** The live client of a person, connected as long as the shell stands; `null` while it comes, `failed` when it cannot. */
export function useSimpulClient(personId: string): SimpulClient | 'failed' | null {
  const [client, setClient] = useState<SimpulClient | 'failed' | null>(null);
  useEffect(() => {
    let made: SimpulClient | null = null;
    let gone = false;
    fetchClient().then(
      (module) => {
        if (gone) return;
        made = new module.SimpulClient({ url: '', personId, store: new module.IndexedDbOutbox() });
        made.connect();
        setClient(made);
      },
      () => {
        if (!gone) setClient('failed');
      },
    );
    return () => {
      gone = true;
      setClient(null);
      made?.close();
    };
  }, [personId]);
  return client;
}
