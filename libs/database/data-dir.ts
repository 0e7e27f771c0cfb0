import { chmod, constants, access, mkdir, rmdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { canReach, serverUser } from './server-user.js';
import { StartProblem } from './start-problem.js';

export interface DataDirWish {
  /** `SIMPUL_DATA_DIR`, when it is set: then it is that folder or none. */
  configured?: string;
  projectDir: string;
}

/**
 * The folder for our own database and secrets, made if missing: the configured one, else `.simpul` in the
 * project where PostgreSQL's user can enter it, else `/var/lib/simpul` (root) or `~/.local/share/simpul`.
 * @throws StartProblem when that folder cannot be used.
 */
export async function chooseDataDir({ configured, projectDir }: DataDirWish): Promise<string> {
  if (configured) return usable(resolve(configured));
  const home = process.getuid?.() === 0 ? '/var/lib/simpul' : join(homedir(), '.local/share/simpul');
  return usable(join(projectDir, '.simpul')).catch(() => usable(home));
}

/**
 * Makes the folder if it is missing, and proves that we can write to it and PostgreSQL's user can enter it.
 * @throws StartProblem
 */
export async function usable(dir: string): Promise<string> {
  let made = false;
  try {
    made = await make(dir);
    // Secrets in here have their own mode; the folder itself must let PostgreSQL's user through.
    if (made && process.getuid?.() === 0) await chmod(dir, 0o755);
    await access(dir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(
      `Folder data tidak bisa ditulis / Data folder is not writable: ${dir} (${reason})`,
      {
        cause: error,
      },
    );
  }
  if (await canReach(dir, await serverUser(join(dir, 'postgres')))) return dir;
  if (made) await rmdir(dir);
  throw new StartProblem(
    `Pengguna PostgreSQL tidak bisa masuk ke folder data; pilih folder lain dengan SIMPUL_DATA_DIR` +
      ` / PostgreSQL's user cannot enter the data folder; choose another with SIMPUL_DATA_DIR: ${dir}`,
  );
}

/** Not `recursive`: where the system says ENOENT below a folder that exists (/proc), Node then never returns. */
async function make(dir: string): Promise<boolean> {
  try {
    await mkdir(dir);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return false;
    if (code !== 'ENOENT' || dirname(dir) === dir) throw error;
  }
  await make(dirname(dir));
  await mkdir(dir);
  return true;
}
