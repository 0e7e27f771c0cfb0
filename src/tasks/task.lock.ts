import type { EntityManager } from 'typeorm';
import { AppError, type Instant } from '#libs/contracts';
import { Task } from './task.entity.js';

/**
 * The task's row until the end of the transaction: changes of one task wait for each other here, and each sees what
 * the one before left. Locked before anything of the history, always. @throws AppError `not-found`
 */
export async function lockTask(tx: EntityManager, taskId: string): Promise<Task> {
  // Not FOR UPDATE: rows that point at the task may be written meanwhile.
  const task = await tx.findOne(Task, { where: { id: taskId }, lock: { mode: 'for_no_key_update' } });
  if (!task) throw new AppError('not-found', {});
  return task;
}

/**
 * `at`, or just after `last` when that is not earlier: a transaction that waited for the lock began before the one
 * it waited for, and the database's clock may have been set back.
 */
export function afterAll(at: Instant, last: Date | null | undefined): Date {
  return new Date(Math.max(Date.parse(at), (last?.getTime() ?? Number.NEGATIVE_INFINITY) + 1));
}
