import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PIECE = Buffer.alloc(64 * 1024);

/** A disk in memory that can be full: only root may mount one, and not in every container. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  /** Undefined where it is not possible. */
  static mount(megabytes: number): SmallDisk | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'simpul-disk-'));
    chmodSync(folder, 0o755);
    const options = `size=${megabytes}m,mode=0755`;
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], {
      stdio: 'ignore',
    });
    if (status === 0) return new SmallDisk(folder);
    rmdirSync(folder);
    return undefined;
  }

  /** To the last byte. */
  fill(): void {
    const file = openSync(join(this.folder, 'filler'), 'w');
    try {
      for (let length = PIECE.length; length > 0; length = Math.floor(length / 2)) {
        while (wrote(file, length));
      }
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(join(this.folder, 'filler'), { force: true });
  }

  unmount(): void {
    spawnSync('umount', ['--lazy', this.folder], { stdio: 'ignore' });
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function wrote(file: number, length: number): boolean {
  try {
    return writeSync(file, PIECE, 0, length) === length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}
