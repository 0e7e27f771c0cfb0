import { randomBytes } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, copyFile, mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '#libs/contracts';
import { StartProblem } from '#libs/database';
import type { ByteRange, FileStore } from './file-store.js';

const KEY = /^[0-9a-f]{32}$/;

/** Files in a folder of their own; several instances need the same one. */
export class DiskStore implements FileStore {
  /** @param folder undefined: this installation has no place for files, and says so when one is wanted */
  constructor(private readonly folder: string | undefined) {}

  async check(): Promise<void> {
    if (this.folder === undefined) return;
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await access(this.folder, constants.W_OK | constants.X_OK);
    } catch (error) {
      throw new StartProblem(
        `Folder berkas tidak bisa ditulis; periksa SIMPUL_FILES_DIR` +
          ` / The folder for files is not writable; check SIMPUL_FILES_DIR: ${this.folder}`,
        { cause: error },
      );
    }
  }

  async receive(key: string, offset: number, bytes: Buffer): Promise<void> {
    const path = this.incoming(key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await using(await open(path, constants.O_RDWR | constants.O_CREAT, 0o600), async (file) => {
      await file.write(bytes, 0, bytes.length, offset);
      await file.datasync();
    });
  }

  async peek(key: string, { first, last }: ByteRange): Promise<Buffer> {
    return using(await open(this.incoming(key), 'r'), async (file) => {
      const bytes = Buffer.alloc(last - first + 1);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, first);
      return bytes.subarray(0, bytesRead);
    });
  }

  async keep(key: string, content?: Buffer): Promise<void> {
    const path = this.kept(key);
    const folder = dirname(path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = join(folder, `.${key}.${randomBytes(6).toString('hex')}`);
    try {
      if (!content) await copyFile(this.incoming(key), temporary, constants.COPYFILE_FICLONE);
      const flags = content ? constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL : constants.O_RDWR;
      await using(await open(temporary, flags, 0o600), async (file) => {
        if (content) await file.writeFile(content);
        await file.sync();
      });
      await rename(temporary, path);
      await using(await open(folder, 'r'), (opened) => opened.sync());
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async forget(key: string): Promise<void> {
    await rm(this.incoming(key), { force: true });
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const path = this.kept(key);
    await stat(path);
    return createReadStream(path, range && { start: range.first, end: range.last });
  }

  async remove(key: string): Promise<void> {
    const path = this.kept(key);
    await rm(path, { force: true });
    await this.forget(key);
    // What a killed process left of a file it was about to keep.
    const left = await readdir(dirname(path)).catch(() => []);
    for (const name of left)
      if (name.startsWith(`.${key}.`)) await rm(join(dirname(path), name), { force: true });
  }

  private incoming(key: string): string {
    return join(this.root(key), 'incoming', key);
  }

  private kept(key: string): string {
    return join(this.root(key), 'kept', key.slice(0, 2), key);
  }

  private root(key: string): string {
    if (!KEY.test(key)) throw new Error('not a key of this store');
    if (this.folder === undefined) throw new AppError('unavailable', {});
    return this.folder;
  }
}

async function using<T>(file: FileHandle, work: (file: FileHandle) => Promise<T>): Promise<T> {
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
