import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, PREVIEW_TYPES, type ActorView, type FileLink, type LinkUse } from '#libs/contracts';
import { commandOf, event, uuidOf, WorkspaceLog } from '#libs/database';
import { AccessService, authorityOf, refusalOf } from '../access/access.service.js';
import { Environment } from '../config/environment.js';
import { FileReleases } from './file-releases.service.js';
import { FILE_STORE, type FileStore } from './file-store.js';
import type { FileRow } from './file.rows.js';
import { findFile, lockFile, saveRemoved } from './files.queries.js';
import { LinkSeal, type LinkContent } from './link-seal.js';

const LINK_MS = 5 * 60_000;

/** Files that are there: handing them out, and taking them away. */
@Injectable()
export class FilesService {
  constructor(
    private readonly source: DataSource,
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
    private readonly environment: Environment,
    private readonly seal: LinkSeal,
    private readonly releases: FileReleases,
    @Inject(FILE_STORE) readonly store: FileStore,
  ) {}

  /**
   * An address for this person and the next minutes. @throws AppError `not-found`, also for who may not read here and
   * for a preview of what no browser should show by itself
   */
  async link(personId: string, taskId: string, fileId: string, use: LinkUse): Promise<FileLink> {
    const access = await this.access.of(personId, taskId);
    const row = access.readMessages ? await findFile(this.source.manager, fileId) : null;
    if (!isThere(row) || row.task_id !== taskId) throw new AppError('not-found', {});
    if (use === 'preview' && !PREVIEW_TYPES.has(row.media_type ?? '')) throw new AppError('not-found', {});
    const until = Date.now() + LINK_MS;
    const token = await this.seal.seal({ fileId, personId, use, until });
    return {
      url: `${this.environment.filesOrigin ?? ''}/files/${token}`,
      expiresAt: new Date(until).toISOString(),
    };
  }

  /** What a link leads to, as long as its person may read it now. @throws AppError `not-found` */
  async follow(token: string): Promise<{ row: FileRow; link: LinkContent }> {
    const link = await this.seal.open(token);
    const row = link && (await findFile(this.source.manager, link.fileId));
    if (!link || !isThere(row)) throw new AppError('not-found', {});
    const access = await this.access.of(link.personId, row.task_id);
    if (!access.readMessages) throw new AppError('not-found', {});
    return { row, link };
  }

  /**
   * Takes a version away; the one before it, if there is one, is the newest again. Its bytes go after the commit.
   * @throws AppError `not-found`, `forbidden`, `task.read-only`
   */
  async remove(actor: ActorView, taskId: string, fileId: string): Promise<void> {
    const row = await findFile(this.source.manager, fileId);
    if (row?.task_id !== taskId || row.added_at === null) throw new AppError('not-found', {});
    if (row.state === 'REMOVED') {
      const { readMessages } = await this.access.of(actor.id, taskId);
      if (!readMessages) throw new AppError('not-found', {});
      return;
    }
    const wish = { commandId: uuidOf(`file.remove ${fileId}`), taskId };
    await this.log.record(commandOf(actor, 'file.remove', wish), async (tx, at) => {
      const access = await this.access.of(actor.id, taskId, tx);
      if (!access.readMessages) throw new AppError('not-found', {});
      const now = await lockFile(tx, fileId);
      if (!isThere(now)) throw new AppError('not-found', {});
      const mayRemove = access.files === 'all' || (access.files === 'own' && now.added_by === actor.id);
      if (!mayRemove) throw refusalOf(access, 'file.remove', ['KETUA_TIM']);
      await saveRemoved(tx, fileId, { by: actor.id, at });
      const data = { fileId, name: now.name, by: actor, reason: 'BY_PERSON' as const };
      return {
        events: [event('file.removed', taskId, data)],
        authority: [authorityOf(taskId, access)],
      };
    });
    await this.releases.dropBytes(row.storage_key);
  }
}

function isThere(row: FileRow | null): row is FileRow {
  return row?.state === 'READY';
}
