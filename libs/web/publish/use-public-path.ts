import { useEffect, useState } from 'react';
import { type PublicAddress, STATUS_RULES, type TaskView } from '#libs/contracts';
import { api } from '../app/api.js';
import { useConnection } from '../app/live.js';

/** The page is made right after the change that opens it. */
const AGAIN_MS = 1_500;
const TRIES = 4;

/** Where citizens find the task; null while it has no page, and while that is not known. */
export function usePublicPath({ id, published, status }: TaskView): string | null {
  const [path, setPath] = useState<string | null>(null);
  const online = useConnection().state === 'online';
  const shown = published && STATUS_RULES[status].publicLabel !== null;
  useEffect(() => {
    if (!shown) setPath(null);
    if (!shown || !online) return undefined;
    let timer: number | undefined;
    let current = true;
    const ask = (tries: number) => {
      const again = () => {
        if (current && tries > 1) timer = window.setTimeout(() => ask(tries - 1), AGAIN_MS);
      };
      api<PublicAddress>('GET', `/api/workspaces/${encodeURIComponent(id)}/public-page`).then((answer) => {
        if (current && answer.path !== null) setPath(answer.path);
        else again();
        // Only a link is missing meanwhile; whatever is wrong is said where it matters.
      }, again);
    };
    ask(TRIES);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [id, shown, online]);
  return path;
}
