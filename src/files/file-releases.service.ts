import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AppError, isAppError, mayRetry, type ActorView, type Instant } from '#libs/contracts';
import { commandOf, event, SYSTEM_ACTOR, WorkspaceLog } from '#libs/database';
import { AccessService, authorityOf, refusalOf } from '../access/access.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { SCANNER, type Scanner } from './clamd.js';
import { FILE_STORE, type FileStore } from './file-store.js';
import { toFileView, type FileRow } from './file.rows.js';
import {
  findFile,
  isReplaceable,
  lockFile,
  saveReady,
  saveRemoved,
  scanAgain,
  takeDue,
} from './files.queries.js';

const EVERY_MS = 5_000;
const AT_ONCE = 4;

/**
 * From "all bytes are here" to a file that others see. With a scanner only what it found clean gets there; while it is
 * away files wait, on whichever instance comes first when it is back.
 */
@Injectable()
export class FileReleases implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Files');
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private isAway = false;

  constructor(
    private readonly source: DataSource,
    private readonly log: WorkspaceLog,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
    @Inject(FILE_STORE) private readonly store: FileStore,
    @Inject(SCANNER) private readonly scanner: Scanner | null,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.store.check();
    this.timer = setInterval(() => void this.releaseDue(), EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  /** Without a scanner it is a file when this answers; with one its turn has come, and the caller does not wait. */
  async begin(id: string): Promise<void> {
    const row = await findFile(this.source.manager, id);
    if (row?.state !== 'SCANNING') return;
    if (this.scanner === null) await this.publish(row);
    else {
      await this.source.query(
        `UPDATE files SET due_at = now() WHERE id = $1 AND state = 'SCANNING' AND tries = 0`,
        [id],
      );
      void this.releaseDue();
    }
  }

  /** What is due, on this instance; one round at a time. */
  releaseDue(): Promise<void> {
    this.round ??= this.releaseRound().finally(() => {
      this.round = undefined;
    });
    return this.round;
  }

  /** At once when it can be; what stays is swept later. */
  async dropBytes(key: string): Promise<void> {
    try {
      await this.store.remove(key);
    } catch (error) {
      this.logger.warn({ err: error, msg: 'bytes of a removed file stay until the next sweep' });
    }
  }

  private async releaseRound(): Promise<void> {
    try {
      for (let rows = await takeDue(this.source, 'SCANNING', AT_ONCE); rows.length > 0;) {
        await Promise.all(rows.map((row) => this.release(row)));
        rows = await takeDue(this.source, 'SCANNING', AT_ONCE);
      }
    } catch (error) {
      // The next round does it.
      this.logger.warn({ err: error, msg: 'files that wait could not be released' });
    }
  }

  private async release(row: FileRow): Promise<void> {
    try {
      if (this.scanner) {
        const verdict = await this.scanner.scan(await this.store.open(row.storage_key));
        this.tellAway(false);
        if (!verdict.clean) {
          await this.refuseInfected(row);
          return;
        }
      }
      await this.publish(row);
    } catch (error) {
      if (isAppError(error) && !mayRetry(error.code)) return;
      this.tellAway(true, error);
      await scanAgain(this.source.manager, row.id);
    }
  }

  /** The rights of its owner are those of this moment: who was removed meanwhile adds nothing. */
  private async publish(row: FileRow): Promise<void> {
    const actor = await this.organization.personView(row.added_by);
    const wish = { commandId: row.id, workspaceId: row.task_id };
    const command = commandOf(actor, 'file.add', wish);
    try {
      await this.log.record(command, async (tx, at) => this.makeReady(tx, actor, row.id, at));
    } catch (error) {
      if (isAppError(error) && !mayRetry(error.code)) {
        await saveRemoved(this.source.manager, row.id, { by: null, refusal: error.toWire() });
        await this.dropBytes(row.storage_key);
      }
      throw error;
    }
  }

  private async makeReady(tx: EntityManager, actor: ActorView, id: string, at: Instant) {
    const row = await lockFile(tx, id);
    if (row?.state !== 'SCANNING') throw new AppError('not-found', {});
    const access = await this.access.of(actor.id, row.task_id, tx);
    if (access.files === 'none') throw refusalOf(access, 'file.add', ['KETUA_TIM', 'ANGGOTA']);
    let version = 1;
    if (row.replaces !== null) {
      // Locked: of two who replace it the second sees the first.
      const before = await lockFile(tx, row.replaces);
      if (!before || !(await isReplaceable(tx, row.task_id, before.id))) {
        throw new AppError('file.not-replaceable', {});
      }
      version = before.version + 1;
    }
    const opdId = access.memberOpdId;
    await saveReady(tx, id, { version, opdId, at });
    const names = await this.organization.namesOf([row.added_by], [opdId], tx);
    const file = toFileView(
      { ...row, version, added_opd_id: opdId, added_at: new Date(at), removed_by: null, removed_at: null },
      names,
    );
    return {
      events: [event('file.added', row.task_id, { file })],
      authority: [authorityOf(row.task_id, access)],
    };
  }

  private async refuseInfected(row: FileRow): Promise<void> {
    const wish = { commandId: row.id, workspaceId: row.task_id };
    const command = commandOf(SYSTEM_ACTOR, 'file.refuse', wish);
    await this.log.record(command, async (tx, at) => {
      const now = await lockFile(tx, row.id);
      if (now?.state !== 'SCANNING') throw new AppError('not-found', {});
      await saveRemoved(tx, row.id, { by: null, at, refusal: { code: 'file.infected', details: {} } });
      const data = { fileId: row.id, name: row.name, by: SYSTEM_ACTOR, reason: 'INFECTED' as const };
      return { events: [event('file.removed', row.task_id, data)] };
    });
    this.logger.warn('the virus scanner found something in an upload; it was removed');
    await this.dropBytes(row.storage_key);
  }

  /** Once a change, not once a file. */
  private tellAway(isAway: boolean, error?: unknown): void {
    if (this.isAway === isAway) return;
    this.isAway = isAway;
    if (isAway)
      this.logger.warn({ err: error, msg: 'uploads wait: the virus scanner or the storage is away' });
    else this.logger.log('uploads are released again');
  }
}
