import { useCallback, useEffect, useState } from 'react';
import type { CatchUpTask, WireError } from '#libs/contracts';
import { asAppError } from '../app/api.js';
import { useClient, useConnection, useInbox } from '../app/live.js';

/** What a task's line says is looked up anew at most so often while things happen, and at least so often. */
const SOON_MS = 2_000;
const SLOW_MS = 60_000;

/** What was missed in all tasks; the last that is known stays while it is asked for again. */
export function useMissed(): {
  /** `null` while that is not known. */
  tasks: readonly CatchUpTask[] | null;
  /** There are more tasks than are told. */
  more: boolean;
  error: WireError | null;
  retry: () => void;
} {
  const client = useClient();
  const { state } = useConnection();
  const { view } = useInbox(client);
  const [found, setFound] = useState<{ tasks: readonly CatchUpTask[]; more: boolean } | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const online = state === 'online';

  const load = useCallback(() => {
    if (document.visibilityState !== 'visible') return;
    client.overview().then(
      (overview) => {
        setFound(overview);
        setError(null);
      },
      (cause: unknown) => setError(asAppError(cause).toWire()),
    );
  }, [client]);

  useEffect(() => {
    if (!online) return undefined;
    load();
    const timer = setInterval(load, SLOW_MS);
    document.addEventListener('visibilitychange', load);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', load);
    };
  }, [online, load]);

  // The inbox is live: what changes there has most likely changed here too.
  const { rows } = view;
  useEffect(() => {
    if (!online) return undefined;
    const timer = setTimeout(load, SOON_MS);
    return () => clearTimeout(timer);
  }, [online, rows, load]);

  return { tasks: found?.tasks ?? null, more: found?.more ?? false, error, retry: load };
}
