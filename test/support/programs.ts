import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that tests start, each named like its Debian package. */
export type Program = 'redis-server' | 'haproxy' | typeof CHROMIUM | PythonPackage;
/** The same browser without windows that nobody would see: a third less work. */
const CHROMIUM = 'chromium-headless-shell';
type PythonPackage = 'python3-socketio' | 'python3-aiohttp';

/** Debian's own: the packages below are installed for this one, whatever else is in PATH. */
export const PYTHON = '/usr/bin/python3';
const MODULES = '/usr/lib/python3/dist-packages';

/** @throws when it is not installed; `node test/run.mjs` sees to that beforehand */
export function programPath(program: Program): string {
  const path = findProgram(program);
  if (path === undefined) throw new Error(`${program} is not installed`);
  return path;
}

export function findProgram(program: Program): string | undefined {
  if (program === CHROMIUM) return process.env.CHROMIUM_PATH || inPath(CHROMIUM) || inPath('chromium');
  if (program.startsWith('python3-')) return findModule(program.slice('python3-'.length));
  return inPath(program);
}

function inPath(name: string): string | undefined {
  // A normal user's PATH has no sbin, where Debian puts servers.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/**
 * Installs what is missing where we may.
 * @returns the one line that says what a normal user has to run first
 */
export function provide(programs: Program[]): string | undefined {
  const missing = programs.filter((program) => findProgram(program) === undefined);
  if (missing.length === 0) return undefined;
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0) {
    return `Belum terpasang / Not installed: ${missing.join(', ')}; jalankan / run: sudo apt-get ${install.join(' ')}`;
  }
  console.log(`Memasang / Installing: ${missing.join(', ')} …`);
  const patience = ['-o', 'DPkg::Lock::Timeout=300'];
  for (const command of [['update'], install]) {
    spawnSync('apt-get', [...patience, '-qq', ...command], {
      stdio: ['ignore', 'ignore', 'inherit'],
      // Not at runlevel 2: the packages would start their servers.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      timeout: 600_000,
    });
  }
  const still = missing.filter((program) => findProgram(program) === undefined);
  return still.length > 0 ? `Tidak bisa dipasang / Could not be installed: ${still.join(', ')}` : undefined;
}

function findModule(name: string): string | undefined {
  const folder = join(MODULES, name);
  return existsSync(PYTHON) && existsSync(folder) ? folder : undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
