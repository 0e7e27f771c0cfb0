import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { DataSource, type EntityManager } from 'typeorm';
import {
  AppError,
  meaningOf,
  mayRetry,
  READ_ONLY_STATUSES,
  type ActingRole,
  type Day,
  type TaskStatus,
  type WorkspaceRights,
} from '#libs/contracts';
import { WorkspaceLog, type Authority } from '#libs/database';
import { OrganizationService, rolesAmong } from '../organization/organization.service.js';
import { AccessCache } from './access.cache.js';
import { accessOf, type Access } from './access.policy.js';
import { findFacts, raiseAclVersions, raiseOwnStreams } from './access.queries.js';
import { Today } from './today.service.js';

/** What a person may do in a workspace, and the version of the access list this was read with. */
export interface StreamAccess extends Access {
  aclVersion: number;
  status: TaskStatus;
}

/** Rights, and where the history stood at the moment at which they were read. */
export interface Standing {
  access: StreamAccess;
  epoch: string;
  seq: number;
}

/** For `Change.authority`: the command counts only while the access list is the one that allowed it. */
export function authorityOf(workspaceId: string, access: StreamAccess): Authority {
  return { streamId: workspaceId, aclVersion: access.aclVersion };
}

/** Why somebody who sees a workspace may not write there: it is closed, or others may. */
export function refusalOf(access: StreamAccess, action: string, who: ActingRole[]): AppError {
  return READ_ONLY_STATUSES.has(access.status)
    ? new AppError('task.read-only', { status: access.status })
    : new AppError('forbidden', { action, who });
}

/** The part of it that screens are told. */
export function toRights(access: Access): WorkspaceRights {
  const {
    readMessages,
    post,
    openThread,
    moderate,
    mentionTeam,
    draftPublicUpdate,
    milestones,
    files,
    transitions,
    writeSummary,
    askOpds,
    answerOpds,
    appoint,
    readDecisions,
    askDecisions,
    decideAs,
    handOver,
  } = access;
  return {
    readMessages,
    post,
    openThread,
    moderate,
    mentionTeam,
    draftPublicUpdate,
    milestones,
    files,
    transitions,
    writeSummary,
    askOpds,
    answerOpds,
    appoint,
    readDecisions,
    askDecisions,
    decideAs,
    handOver,
  };
}

const TRIES = 5;

/** Answers "may this person" for HTTP, sockets and screens alike. */
@Injectable()
export class AccessService implements OnModuleDestroy {
  private readonly cache = new AccessCache<StreamAccess>();
  private readonly changes: Subscription;
  private raising: Promise<void> = Promise.resolve();

  constructor(
    private readonly source: DataSource,
    private readonly organization: OrganizationService,
    log: WorkspaceLog,
    private readonly today: Today,
  ) {
    log.onCommitted((frames) => {
      for (const { streamId, events } of frames) {
        if (events.some((event) => meaningOf(event.type)?.rights)) this.cache.forget(streamId);
      }
    });
    this.changes = organization.changed.subscribe((personIds) => {
      this.cache.clear();
      this.raising = this.raising.then(() => this.positionsChanged(personIds));
    });
    this.changes.add(today.turned.subscribe(() => this.cache.clear()));
  }

  /** Waits for what is being raised: an import ends its process right after its last change. */
  async onModuleDestroy(): Promise<void> {
    this.changes.unsubscribe();
    await this.raising;
  }

  /**
   * Asks the present. What may not be seen answers like what does not exist.
   *
   * @param tx a transaction to read in: its snapshot decides
   * @param day the day whose positions count; only the import asks for a past one
   * @throws AppError `not-found`
   */
  async of(
    personId: string,
    workspaceId: string,
    tx: EntityManager = this.source.manager,
    day: Day = this.today.day(),
  ): Promise<StreamAccess> {
    return (await this.standing(personId, workspaceId, tx, day)).access;
  }

  /** As `of`, with the history's head of the same moment. */
  async standing(
    personId: string,
    workspaceId: string,
    tx: EntityManager = this.source.manager,
    day: Day = this.today.day(),
  ): Promise<Standing> {
    const found = await findFacts(tx, personId, workspaceId, day);
    if (!found) throw new AppError('not-found', {});
    const { facts, aclVersion, epoch, seq } = found;
    const roles = rolesAmong(personId, found.posts, found.grants);
    const asistenOpdIds = await this.organization.fieldsOf([facts.coordinatingOpdId], tx);
    const access = accessOf({ personId, roles }, { ...facts, asistenOpdIds });
    if (access.see === 'nothing') throw new AppError('not-found', {});
    return { access: { ...access, aclVersion, status: facts.status }, epoch, seq };
  }

  /** The same, at most a minute old, for the hot path. A refusal is always a fresh one. */
  cached(personId: string, workspaceId: string): Promise<StreamAccess> {
    return this.cache.getOrAsk(workspaceId, personId, () => this.of(personId, workspaceId));
  }

  /** Whoever comes in writes by the rights that let them in, until these are old or refused by the fence. */
  remember(personId: string, workspaceId: string, access: StreamAccess): void {
    this.cache.keep(workspaceId, personId, access);
  }

  /**
   * The `authorise` of `WorkspaceLog.append`: `check` throws the refusal. The first ask may be answered from memory;
   * it is asked again only when the access list has changed, and then the present answers. A refusal never comes
   * from memory: who was let in on another instance a moment ago may write.
   */
  asker(personId: string, workspaceId: string, check: (access: StreamAccess) => void): () => Promise<number> {
    const load = () => this.of(personId, workspaceId);
    let used: Promise<StreamAccess> | undefined;
    return async () => {
      if (!used) {
        used = this.cache.get(workspaceId, personId, load);
        const aclVersion = await used.then((access) => versionIf(check, access), ifRefused);
        if (aclVersion !== null) return aclVersion;
      }
      used = this.cache.renew(workspaceId, personId, used, load);
      const access = await used;
      check(access);
      return access.aclVersion;
    };
  }

  /**
   * Positions or grants of these persons have changed: nothing that was allowed by the old ones may still be written
   * after this, and every instance where they are connected looks at their rights anew. Done for every change that
   * `OrganizationService` tells. @returns how many workspaces it concerned
   */
  async raise(personIds: readonly string[]): Promise<number> {
    if (personIds.length === 0) return 0;
    const raised = await raiseAclVersions(this.source, personIds);
    await raiseOwnStreams(this.source, personIds);
    return raised;
  }

  private async positionsChanged(personIds: readonly string[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.raise(personIds);
        this.cache.clear();
        return;
      } catch (error) {
        if (attempt < TRIES) {
          await pause(200 * attempt);
          continue;
        }
        Logger.error({ err: error, msg: 'rights could not be renewed' }, 'Access');
        return;
      }
    }
  }
}

function versionIf(check: (access: StreamAccess) => void, access: StreamAccess): number | null {
  try {
    check(access);
    return access.aclVersion;
  } catch (error) {
    return ifRefused(error);
  }
}

function ifRefused(error: unknown): null {
  if (error instanceof AppError && !mayRetry((error as AppError).code)) return null;
  throw error;
}
