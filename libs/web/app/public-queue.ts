import type { PublicQueueItem, ReviewPublicUpdate } from '#libs/contracts';
import { api } from './api.js';

/** How often the queue is asked for while somebody looks: few people do, and the question is small. */
export const QUEUE_MS = 5_000;

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
