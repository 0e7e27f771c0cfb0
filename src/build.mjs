import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');

const LONGEST_BUILD_MS = 300_000;

const PARTS = [
  {
    name: 'server',
    words: 'server / the server',
    sources: [
      'src',
      'libs/contracts',
      'libs/content',
      'libs/database',
      'libs/images',
      'libs/pages',
      'libs/realtime',
    ],
    settings: ['nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json'],
    result: 'src/main.js',
    command: ['@nestjs/cli/bin/nest.js', 'build'],
    after: removeOrphans,
  },
  {
    name: 'web',
    words: 'aplikasi web / the web app',
    sources: ['libs/web', 'libs/client', 'libs/contracts', 'libs/content'],
    settings: ['tsconfig.json', 'package.json', 'package-lock.json'],
    result: 'web/index.html',
    command: ['vite/bin/vite.js', 'build', '--config', 'libs/web/vite.config.ts', '--logLevel', 'warn'],
  },
];

export class BuildProblem extends Error {}

/** The command line of a tool that npm installed. */
export const tool = (path, ...args) => [join(ROOT, 'node_modules', path), ...args];

/**
 * Builds what is missing or older than its sources, by content. One build at a time: a second one waits and
 * then finds nothing to do. Throws BuildProblem with what the compiler said.
 */
export async function buildWhatChanged(say = console.log) {
  if (PARTS.every(isFresh)) return;
  const release = await waitForTurn();
  try {
    const stale = PARTS.filter((part) => !isFresh(part));
    const builds = await Promise.allSettled(stale.map((part) => build(part, say)));
    const failed = builds.find(({ status }) => status === 'rejected');
    if (failed) throw failed.reason;
  } finally {
    release();
  }
}

async function build(part, say) {
  say(`Membangun / Building: ${part.words} …`);
  // Taken before: what changes during the build is built next time.
  const stamp = stampOf(part);
  rmSync(stampFile(part), { force: true });
  const { code, output } = await run(tool(...part.command));
  if (code !== 0 || !existsSync(join(DIST, part.result))) {
    throw new BuildProblem(`${output.trim()}\nGagal dibangun / The build failed: ${part.words}`);
  }
  part.after?.();
  writeFileSync(stampFile(part), stamp);
}

const stampFile = (part) => join(DIST, `.${part.name}.stamp`);

function isFresh(part) {
  if (!existsSync(join(DIST, part.result)) || !existsSync(stampFile(part))) return false;
  return readFileSync(stampFile(part), 'utf8') === stampOf(part);
}

function stampOf({ sources, settings }) {
  const hash = createHash('sha256');
  const files = sources
    .flatMap((folder) => filesIn(join(ROOT, folder)))
    .filter((file) => !/\.spec\.tsx?$/.test(file));
  for (const file of [...files, ...settings.map((name) => join(ROOT, name))].toSorted()) {
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** A source that is gone must not live on in dist; emptying dist first would pull it from under a running app. */
function removeOrphans() {
  for (const file of ['src', 'libs'].flatMap((folder) => filesIn(join(DIST, folder)))) {
    const source = join(ROOT, relative(DIST, file));
    const written = source.replace(/\.js(\.map)?$/, '');
    if (![source, `${written}.ts`, `${written}.tsx`].some((path) => existsSync(path))) rmSync(file);
  }
}

async function waitForTurn() {
  const lock = join(DIST, '.building');
  mkdirSync(DIST, { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isHeld(lock)) rmSync(lock, { force: true });
    await delay(200);
  }
}

function isHeld(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    const age = Date.now() - statSync(lock).mtimeMs;
    // Just made and not yet written; or so old that the number is another process by now.
    if (!pid || age > LONGEST_BUILD_MS) return age < 2_000;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Ends with us, also when only we are asked to end. */
function run(args) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    const kill = () => child.kill();
    let output = '';
    process.once('exit', kill);
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', fail).once('close', (code) => {
      process.off('exit', kill);
      done({ code, output });
    });
  });
}
