import { execFile } from 'node:child_process';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { StartProblem } from './start-problem.js';

interface Holder {
  pid: number;
  /** Tells this process from a later one with the same number. */
  born: string;
  address?: string;
  databasePort?: number;
}

export interface StartLock {
  /** Completes what a second start is told. */
  tell(about: Pick<Holder, 'address' | 'databasePort'>): Promise<void>;
  release(): Promise<void>;
}

/**
 * One start at a time for a data folder. The lock of a process that is gone counts for nothing.
 * @throws StartProblem that says where the other one serves.
 */
export async function takeStartLock(path: string): Promise<StartLock> {
  let mine: Holder = { pid: process.pid, born: (await birth(process.pid)) ?? '' };
  const draft = `${path}.${process.pid}`;
  const write = () => writeFile(draft, `${JSON.stringify(mine)}\n`, { mode: 0o644 });

  await write();
  try {
    while (!(await linked(draft, path))) {
      const text = await readIfThere(path);
      if (text === undefined) continue;
      const holder = parse(text);
      if (holder && (await birth(holder.pid)) === holder.born) throw new StartProblem(busy(path, holder));
      await removeIfStill(path, text);
    }
  } finally {
    await rm(draft, { force: true });
  }

  return {
    async tell(about) {
      mine = { ...mine, ...about };
      await write();
      await rename(draft, path);
    },
    release: () => rm(path, { force: true }),
  };
}

function busy(path: string, { pid, address }: Holder): string {
  const where = address ?? '…';
  return `Simpul sudah berjalan di ${where} / already running at ${where} (proses/process ${pid}, ${path})`;
}

/** Two starts may meet over the same dead lock: a lock that is no longer the dead one goes back. */
async function removeIfStill(path: string, text: string): Promise<void> {
  const aside = `${path}.${process.pid}.old`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== text) await linked(aside, path);
  await rm(aside, { force: true });
}

/** A hard link appears whole or not at all, so nobody reads a half-written lock. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

/** When the process began, by the system's own count; nothing when it is gone (a zombie is). */
async function birth(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
    }
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** By shape: an error of Node's core is not an `Error` of the realm that a test runs in. */
function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
