import { useMemo } from 'react';
import { type PublicQueueItem, type ReviewPublicUpdate, reviewScopesOf } from '#libs/contracts';
import { api } from './api.js';
import { useBoards } from './live.js';
import { useSession } from './session.js';

/** In case nobody told us: how often the queue is asked for while somebody looks. */
export const QUEUE_MS = 60_000;

export interface QueuePage {
  items: PublicQueueItem[];
  /** Where the next page begins; `null` on the last. */
  next: string | null;
}

/** Another value whenever what waits for this PPID has changed, and when the connection to who tells it is there. */
export function useQueueVersion(): string {
  const { roles } = useSession();
  const scopes = useMemo(() => reviewScopesOf(roles), [roles]);
  return useBoards(scopes)
    .map(({ status, version }) => `${status} ${version}`)
    .join();
}

export function queuePage(after: string | null): Promise<QueuePage> {
  const more = after === null ? '' : `&after=${encodeURIComponent(after)}`;
  return api<QueuePage>('GET', `/api/public-updates?status=PENDING${more}`);
}

/** Publishes an update or gives it back. The command id is the caller's, so that pressing again repeats nothing. */
export function review(command: ReviewPublicUpdate): Promise<unknown> {
  return api('POST', `/api/public-updates/${encodeURIComponent(command.updateId)}/review`, command);
}
