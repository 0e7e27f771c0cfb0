import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  AppError,
  cleanFileName,
  extensionOf,
  isAppError,
  LIMITS,
  mayRetry,
  type ActorView,
  type BeginUpload,
  type ErrorCode,
  type UploadView,
} from '#libs/contracts';
import { AccessService, refusalOf } from '../access/access.service.js';
import { Environment } from '../config/environment.js';
import { Turns } from '../realtime/turns.js';
import { FileReleases } from './file-releases.service.js';
import { FILE_STORE, type FileStore } from './file-store.js';
import { runsOnClick } from './file-type.js';
import { toUploadView, type FileRow } from './file.rows.js';
import {
  bytesTaken,
  findFile,
  insertUpload,
  isReplaceable,
  lockFile,
  lockQuota,
  openUploads,
  saveInspected,
  saveReceived,
  saveRemoved,
} from './files.queries.js';
import { inspect } from './inspection.js';

const MB = 1024 * 1024;

/** Bytes on their way in: begun, received piece by piece from wherever they stopped, finished once. */
@Injectable()
export class UploadsService {
  // A picture is held in memory while it is cleaned: one at a time.
  private readonly inspections = new Turns(1);
  // Each holds a connection to the database while the store writes: a slow store must not take them all.
  private readonly receipts = new Turns(2);

  constructor(
    private readonly source: DataSource,
    private readonly access: AccessService,
    private readonly environment: Environment,
    private readonly releases: FileReleases,
    @Inject(FILE_STORE) private readonly store: FileStore,
  ) {}

  /**
   * Promises room for a file. The same wish again is answered with how far it came.
   * @throws AppError `not-found`, `forbidden`, `task.read-only`, `command.reused`, `file.…`, `upload.too-many`
   */
  async begin(person: ActorView, taskId: string, wish: BeginUpload): Promise<UploadView> {
    await this.assertMayAdd(person.id, taskId);
    const name = cleanFileName(wish.name);
    const { id, size, replaces = null } = wish;
    const limit = this.environment.fileMb * MB;
    if (size === 0) throw new AppError('file.empty', {});
    if (size > limit) throw new AppError('file.too-large', { limit });
    if (runsOnClick(extensionOf(name))) throw new AppError('file.type-refused', { reason: 'PROGRAM' });
    return this.source.transaction(async (tx) => {
      await lockQuota(tx, taskId);
      const known = await findFile(tx, id);
      if (known) {
        const same =
          known.added_by === person.id &&
          known.task_id === taskId &&
          known.name === name &&
          Number(known.declared_size) === size &&
          known.replaces === replaces;
        if (!same) throw new AppError('command.reused', {});
        return toUploadView(known);
      }
      const open = await openUploads(tx, taskId, person.id);
      if (open.length >= LIMITS.uploadsAtOnce) {
        throw new AppError('upload.too-many', { limit: LIMITS.uploadsAtOnce });
      }
      const quota = this.environment.filesQuotaMb * MB;
      const left = quota - (await bytesTaken(tx, taskId));
      if (size > left) throw new AppError('file.quota', { limit: quota, left: Math.max(0, left) });
      if (replaces !== null && !(await isReplaceable(tx, taskId, replaces))) {
        throw new AppError('file.not-replaceable', {});
      }
      const key = randomBytes(16).toString('hex');
      await insertUpload(tx, { id, taskId, name, key, size, by: person.id, replaces });
      const begun = await findFile(tx, id);
      if (!begun) throw new Error('the upload that was just begun is not there');
      return toUploadView(begun);
    });
  }

  /**
   * Takes the piece that begins at `offset`. It is on the disk when this answers.
   * @throws AppError `upload.offset` with where to go on; `not-found`, `validation`
   */
  async receive(
    person: ActorView,
    taskId: string,
    id: string,
    offset: number,
    bytes: Buffer,
  ): Promise<UploadView> {
    await this.assertMayAdd(person.id, taskId);
    return this.receipts.run(() =>
      this.source.transaction(async (tx) => {
        const row = ownUpload(await lockFile(tx, id), person.id, taskId);
        if (row.state !== 'RECEIVING') return toUploadView(row);
        const received = Number(row.received);
        if (offset !== received) throw new AppError('upload.offset', { offset: received });
        if (offset + bytes.length > Number(row.declared_size)) {
          throw new AppError('validation', { fields: [{ field: 'size', rule: 'invalid' }] });
        }
        await this.store.receive(row.storage_key, offset, bytes);
        await saveReceived(tx, id, offset + bytes.length);
        return toUploadView({ ...row, received: String(offset + bytes.length) });
      }),
    );
  }

  /** How far it came. @throws AppError `not-found` */
  async state(person: ActorView, taskId: string, id: string): Promise<UploadView> {
    return toUploadView(ownUpload(await findFile(this.source.manager, id), person.id, taskId));
  }

  /** What this person has under way here. */
  async open(person: ActorView, taskId: string): Promise<UploadView[]> {
    await this.assertMayAdd(person.id, taskId);
    return (await openUploads(this.source.manager, taskId, person.id)).map(toUploadView);
  }

  /**
   * All bytes are sent: looks at them, and makes them a file of the workspace, or gives them to the scanner first.
   * Again is the same, also the refusal.
   * @throws AppError `upload.offset` when bytes are missing; `file.…`, `not-found`, `forbidden`, `task.read-only`
   */
  async finish(person: ActorView, taskId: string, id: string): Promise<UploadView> {
    await this.assertMayAdd(person.id, taskId);
    const row = ownUpload(await findFile(this.source.manager, id), person.id, taskId);
    if (row.state === 'REMOVED') throw refusalIn(row);
    if (row.state === 'RECEIVING') {
      if (row.received !== row.declared_size) {
        throw new AppError('upload.offset', { offset: Number(row.received) });
      }
      await this.inspections.run(() => this.take(row));
    }
    await this.releases.begin(id);
    return this.state(person, taskId, id);
  }

  /** Gives an upload up; one that became a file meanwhile stays. @throws AppError `not-found` */
  async cancel(person: ActorView, taskId: string, id: string): Promise<void> {
    const key = await this.source.transaction(async (tx) => {
      const row = ownUpload(await lockFile(tx, id), person.id, taskId);
      if (row.state !== 'RECEIVING' && row.state !== 'SCANNING') return null;
      await saveRemoved(tx, id, { by: null });
      return row.storage_key;
    });
    if (key !== null) await this.releases.dropBytes(key);
  }

  private async take(row: FileRow): Promise<void> {
    const { id, storage_key: key } = row;
    try {
      const inspected = await inspect(this.store, row);
      const taken = await saveInspected(this.source.manager, id, inspected);
      if (taken) {
        await this.store.forget(key);
        return;
      }
    } catch (error) {
      // What came in is gone once somebody else has taken it, in another tab or a moment before.
      const now = await findFile(this.source.manager, id);
      if (now?.state === 'SCANNING' || now?.state === 'READY') return;
      if (isAppError(error) && !mayRetry(error.code)) {
        await saveRemoved(this.source.manager, id, { by: null, refusal: error.toWire() });
        await this.releases.dropBytes(key);
      }
      throw error;
    }
    const now = await findFile(this.source.manager, id);
    if (now?.state !== 'REMOVED') return;
    // Given up while it was looked at.
    await this.releases.dropBytes(key);
    throw refusalIn(now);
  }

  private async assertMayAdd(personId: string, taskId: string): Promise<void> {
    const access = await this.access.cached(personId, taskId);
    if (access.files !== 'none') return;
    // A refusal never comes from memory.
    const fresh = await this.access.of(personId, taskId);
    if (fresh.files === 'none') throw refusalOf(fresh, 'file.add', ['KETUA_TIM', 'ANGGOTA']);
  }
}

/** Somebody else's upload does not exist. */
function ownUpload(row: FileRow | null, personId: string, taskId: string): FileRow {
  if (row?.added_by !== personId || row.task_id !== taskId) throw new AppError('not-found', {});
  return row;
}

function refusalIn({ refusal }: FileRow): AppError {
  if (!refusal) return new AppError('not-found', {});
  return new AppError<ErrorCode>(refusal.code, refusal.details);
}
