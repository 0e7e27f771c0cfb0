import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { StartProblem } from './start-problem.js';

const run = promisify(execFile);

/** `undefined`: PostgreSQL runs as we do. */
export type ServerUser = { uid: number; gid: number } | undefined;

/** PostgreSQL refuses to run as root. Then it runs as whoever owns its data already, else as `postgres`. */
export async function serverUser(pgdata: string): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(pgdata).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await idsOf('postgres')) ?? (await createUser('postgres'));
}

/** Asks the system itself, as that user: modes, groups, access lists and every parent folder count. */
export async function canReach(path: string, user: ServerUser): Promise<boolean> {
  const asked = user
    ? run('/bin/sh', ['-c', 'test -x "$0"', path], { ...user, cwd: '/' })
    : access(path, constants.X_OK);
  return asked.then(
    () => true,
    () => false,
  );
}

async function idsOf(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function createUser(name: string): Promise<{ uid: number; gid: number }> {
  try {
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      name,
    ]);
  } catch {
    // Another start may have made it meanwhile; what counts is whether it is there.
  }
  const ids = await idsOf(name);
  if (ids) return ids;
  throw new StartProblem(
    `PostgreSQL tidak mau jalan sebagai root dan pengguna "${name}" tidak bisa dibuat; jalankan sebagai pengguna biasa` +
      ` / PostgreSQL refuses to run as root and the user "${name}" could not be created; start as a normal user`,
  );
}
