import { AppError, READ_ONLY_STATUSES, type ActingRole } from '#libs/contracts';
import type { StreamAccess } from './access.service.js';

/** Why somebody who sees a workspace may not write there: it is closed, or others may. */
export function refusalOf(access: StreamAccess, action: string, who: ActingRole[]): AppError {
  return READ_ONLY_STATUSES.has(access.status)
    ? new AppError('task.read-only', { status: access.status })
    : new AppError('forbidden', { action, who });
}
