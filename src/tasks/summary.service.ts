import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  AppError,
  dayOf,
  isAppError,
  withoutSummaryWords,
  type ActorView,
  type SummaryView,
  type WriteSummary,
} from '#libs/contracts';
import { commandOf, event, WorkspaceLog, type Receipt } from '#libs/database';
import { AccessService, authorityOf, refusalOf } from '../access/access.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { TaskSummary, toSummaryView } from './task-summary.entity.js';
import { afterAll, lockTask } from './task.lock.js';

/** What stands at the top of a workspace. Nobody writes over what they have not read. */
@Injectable()
export class SummaryService {
  constructor(
    private readonly source: DataSource,
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
  ) {}

  /**
   * A new version in place of the one that was read.
   *
   * @throws AppError `not-found`, `task.read-only`, `forbidden`, `summary.conflict` with the present version
   */
  async write(actor: ActorView, wish: WriteSummary): Promise<Receipt> {
    const { workspaceId, base, body } = wish;
    try {
      return await this.log.record(commandOf(actor, 'summary.write', wish), async (tx, now) => {
        await lockTask(tx, workspaceId);
        const access = await this.access.of(actor.id, workspaceId, tx, dayOf(now));
        if (!access.writeSummary) throw refusalOf(access, 'summary.write', ['KETUA_TIM', 'KEPALA_OPD']);
        const last = await newestIn(tx, workspaceId);
        const version = last?.version ?? 0;
        // Without the text: refusals are kept, and the answer to a repeated one tells what is there by then.
        if (version !== base) throw new AppError('summary.conflict', { version, body: '', by: '' });
        const row = tx.create(TaskSummary, {
          taskId: workspaceId,
          version: version + 1,
          body,
          byId: actor.id,
          at: afterAll(now, last?.at),
        });
        await tx.insert(TaskSummary, row);
        return {
          events: [event('summary.written', workspaceId, { summary: toSummaryView(row, actor) })],
          authority: [authorityOf(workspaceId, access)],
        };
      });
    } catch (error) {
      if (isAppError(error) && error.code === 'summary.conflict') {
        throw await this.conflict(actor.id, workspaceId);
      }
      throw error;
    }
  }

  /** The version that is shown, for the first view of a workspace; `null` when nothing was written. */
  async newest(tx: EntityManager, workspaceId: string, isReadable: boolean): Promise<SummaryView | null> {
    const row = await newestIn(tx, workspaceId);
    if (!row) return null;
    const names = await this.organization.namesOf([row.byId], [], tx);
    const view = toSummaryView(row, names.person(row.byId));
    return isReadable ? view : withoutSummaryWords(view);
  }

  /** The refusal with what stands there at this moment, to whoever may read it. */
  private async conflict(personId: string, workspaceId: string): Promise<AppError> {
    const access = await this.access.of(personId, workspaceId);
    const now = await this.newest(this.source.manager, workspaceId, access.readDecisions);
    if (!now) return new AppError('not-found', {});
    return new AppError('summary.conflict', { version: now.version, body: now.body, by: now.by.name });
  }
}

function newestIn(tx: EntityManager, taskId: string): Promise<TaskSummary | null> {
  return tx.findOne(TaskSummary, { where: { taskId }, order: { version: 'DESC' } });
}
