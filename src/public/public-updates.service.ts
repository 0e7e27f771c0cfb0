import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError, LIMITS, type ActorView, type Instant, type PublicUpdateView } from '#libs/contracts';
import { uuidOf } from '#libs/database';
import { OrganizationService } from '../organization/organization.service.js';

/** A row of `public_updates`: what citizens are told of a task, or shall be. */
export interface PublicUpdateRow {
  id: string;
  task_id: string;
  body: string;
  status: PublicUpdateView['status'];
  drafted_by: string;
  drafted_at: Date;
  reviewed_by: string | null;
  reviewed_at: Date | null;
  reason: string | null;
}

/** The sentences for citizens as rows. Whoever calls has made sure the actor may. */
@Injectable()
export class PublicUpdates {
  constructor(private readonly organization: OrganizationService) {}

  /**
   * A new sentence; it waits for the PPID from now on. The command's id names it, so that a repeat is the same.
   * @throws AppError `public-update.too-many`
   */
  async draft(
    tx: EntityManager,
    actor: ActorView,
    { workspaceId, commandId }: { workspaceId: string; commandId: string },
    body: string,
    at: Instant,
  ): Promise<PublicUpdateView> {
    const pending = await tx.query<unknown[]>(
      `SELECT 1 FROM public_updates WHERE task_id = $1 AND status = 'PENDING' LIMIT $2`,
      [workspaceId, LIMITS.publicUpdatesPending],
    );
    if (pending.length >= LIMITS.publicUpdatesPending) {
      throw new AppError('public-update.too-many', { limit: LIMITS.publicUpdatesPending });
    }
    const update: PublicUpdateView = {
      id: uuidOf(`public-update ${actor.id} ${commandId}`),
      taskId: workspaceId,
      body,
      status: 'PENDING',
      draftedBy: actor,
      draftedAt: at,
      reviewedBy: null,
      reviewedAt: null,
      reason: null,
    };
    await this.insert(tx, update);
    return update;
  }

  async insert(tx: EntityManager, update: PublicUpdateView): Promise<void> {
    const { id, taskId, body, status, draftedBy, draftedAt, reviewedBy, reviewedAt, reason } = update;
    await tx.query(
      `INSERT INTO public_updates (id, task_id, body, status, drafted_by, drafted_at, reviewed_by, reviewed_at, reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, taskId, body, status, draftedBy.id, draftedAt, reviewedBy?.id ?? null, reviewedAt, reason],
    );
  }

  async saveReview(
    tx: EntityManager,
    { id, status, reviewedBy, reviewedAt, reason }: PublicUpdateView,
  ): Promise<void> {
    await tx.query(
      'UPDATE public_updates SET status = $2, reviewed_by = $3, reviewed_at = $4, reason = $5 WHERE id = $1',
      [id, status, reviewedBy?.id ?? null, reviewedAt, reason],
    );
  }

  /** The newest ones of a task, in the order of time. */
  async newest(tx: EntityManager, taskId: string): Promise<PublicUpdateView[]> {
    const rows = await tx.query<PublicUpdateRow[]>(
      `SELECT id, task_id, body, status, drafted_by, drafted_at, reviewed_by, reviewed_at, reason
       FROM public_updates WHERE task_id = $1 ORDER BY drafted_at DESC, id DESC LIMIT $2`,
      [taskId, LIMITS.publicUpdatesInSnapshot],
    );
    return this.toViews(rows.reverse(), tx);
  }

  async toViews(rows: PublicUpdateRow[], db: EntityManager): Promise<PublicUpdateView[]> {
    const names = await this.organization.namesOf(
      rows.flatMap((row) => [row.drafted_by, row.reviewed_by]),
      [],
      db,
    );
    return rows.map((row) => ({
      id: row.id,
      taskId: row.task_id,
      body: row.body,
      status: row.status,
      draftedBy: names.person(row.drafted_by),
      draftedAt: row.drafted_at.toISOString(),
      reviewedBy: row.reviewed_by === null ? null : names.person(row.reviewed_by),
      reviewedAt: row.reviewed_at?.toISOString() ?? null,
      reason: row.reason,
    }));
  }
}
