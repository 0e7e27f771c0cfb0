import type { PublicQueueItem, ReviewPublicUpdate } from '#libs/contracts';
import { api } from './api.js';

export interface QueuePage {
  items: PublicQueueItem[];
  /** Where the next page begins; `null` on the last. */
  next: string | null;
}

export function queuePage(after: string | null): Promise<QueuePage> {
  const more = after === null ? '' : `&after=${encodeURIComponent(after)}`;
  return api<QueuePage>('GET', `/api/public-updates?status=PENDING${more}`);
}

/** Publishes an update or gives it back. The command id is the caller's, so that pressing again repeats nothing. */
export function review(command: ReviewPublicUpdate): Promise<unknown> {
  return api('POST', `/api/public-updates/${encodeURIComponent(command.updateId)}/review`, command);
}
