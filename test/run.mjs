/**
 * Runs the tests and sums them up:
 *   node test/run.mjs [architecture|unit|integration|e2e|fault|browser …] [path …] [--long] [--seed N] [-t name | -- …]
 * Without a name all of them, in this order. What follows `-t` or `--` goes to Jest or Playwright as it is.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import './support/typescript.mjs';
import { BuildProblem, buildWhatChanged, ROOT, tool } from '../src/build.mjs';

const { provide } = await import('./support/programs.ts');

/** In seconds, several times what each takes on two idle cores: a hang must not hold up the rest for ever. */
const RUNNERS = {
  architecture: { limit: 240, programs: [], run: jest },
  unit: { limit: 480, programs: [], run: jest },
  integration: { limit: 1_200, programs: ['redis-server'], run: jest },
  e2e: {
    limit: 700,
    programs: ['redis-server', 'haproxy', 'python3-socketio', 'python3-aiohttp'],
    run: jest,
    built: true,
  },
  fault: { limit: 700, programs: ['redis-server', 'haproxy'], run: jest, built: true },
  browser: { limit: 1_500, programs: ['chromium-headless-shell'], run: playwright, built: true },
};
const WHOLE_RUN_LIMIT = 4_200;
const LONG_LIMIT = 7_200;
/** What a runner gets to leave after its last test. */
const GRACE_MS = 15_000;

const asked = read(process.argv.slice(2));
const results = mkdtempSync(join(tmpdir(), 'simpul-results-'));
const deadline = Date.now() + (asked.long ? LONG_LIMIT : WHOLE_RUN_LIMIT) * 1_000;
// PostgreSQL's own user must get through when we are root.
chmodSync(results, 0o755);
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.on(signal, () => {
    signalAll('SIGKILL');
    removeResults();
    process.exit(code);
  });
}

process.exitCode = await main();
removeResults();

async function main() {
  const runners = asked.names.map((name) => ({ name, ...RUNNERS[name] }));
  const missing = provide([...new Set(runners.flatMap(({ programs }) => programs))]);
  if (missing) {
    console.error(missing);
    return 1;
  }
  const sum = { passed: 0, failed: 0 };
  const failed = [];
  const notes = [];
  try {
    if (runners.some(({ built }) => built)) await buildWhatChanged();
    for (const runner of runners) {
      const counts = await count(runner);
      sum.passed += counts.passed;
      sum.failed += counts.failed;
      failed.push(...counts.failures);
      notes.push(...counts.notes.map((note) => `${runner.name}: ${note}`));
    }
  } catch (error) {
    if (!(error instanceof BuildProblem)) throw error;
    notes.push(error.message);
    sum.failed += 1;
  }
  for (const title of failed) console.log(`failed: ${title}`);
  for (const note of notes) console.log(note);
  console.log(`${sum.passed} passed, ${sum.failed} failed`);
  return sum.passed > 0 && sum.failed === 0 && notes.length === 0 ? 0 : 1;
}

/** Every note makes the run fail; a failed count only says how much. */
async function count(runner) {
  console.log(`\n── ${runner.name}`);
  const file = join(results, `${runner.name}.json`);
  const limit = asked.long ? LONG_LIMIT : runner.limit;
  const { code, hung } = await runner.run(runner.name, file, Math.min(limit * 1_000, deadline - Date.now()));
  const notes = [];
  if (!existsSync(file)) {
    notes.push(hung ? 'did not end in time' : `no result (exit code ${code})`);
    return { passed: 0, failed: 1, notes, failures: [] };
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const counts = summed(report);
  if (hung) notes.push('did not end after its last test');
  if (counts.skipped > 0 && !asked.narrowed) notes.push(`${counts.skipped} skipped`);
  if (counts.passed + counts.failed === 0 && !asked.narrowed) notes.push('no tests');
  if (code !== 0 && counts.failed === 0 && notes.length === 0) notes.push(`exit code ${code}`);
  return { ...counts, notes, failures: failures(report) };
}

function summed(report) {
  if (!report.stats) {
    return {
      passed: report.numPassedTests,
      // A file that cannot even be loaded has no tests to fail.
      failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  }
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
}

/** Named once more at the end: the first lines of a long run are out of sight by then. */
function failures(report) {
  if (report.stats) return report.suites.flatMap(failuresOfSuite);
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    const file = relative(ROOT, name);
    if (tests.length === 0 && status === 'failed') return [`${file}: ${brief(message)}`];
    return tests.map((test) => `${file}: ${test.fullName}\n${brief(test.failureMessages.join('\n'))}`);
  });
}

function brief(message) {
  const lines = message.split('\n').filter((line) => !/node_modules|^\s*at new Promise/.test(line));
  return lines.slice(0, 20).join('\n');
}

function failuresOfSuite({ suites = [], specs = [] }) {
  const failed = specs.filter(({ ok }) => !ok);
  return [...failed.map(({ file, title }) => `${file}: ${title}`), ...suites.flatMap(failuresOfSuite)];
}

function jest(name, file, ms) {
  const isQuick = name === 'unit';
  const args = [
    ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    ...tool('jest/bin/jest.js', '--config', 'test/jest.config.mjs', '--selectProjects', name),
    ...['--json', '--outputFile', file, '--passWithNoTests'],
    ...(isQuick ? ['--testTimeout', '10000'] : []),
    ...(name === 'e2e' || name === 'fault' ? ['--runInBand'] : []),
    ...(asked.paths.length > 0 ? ['--testPathPatterns', ...asked.paths] : []),
    ...asked.rest,
  ];
  return launch(args, file, ms);
}

function playwright(_name, file, ms) {
  const config = ['test', '--config', 'test/browser/playwright.config.ts', '--pass-with-no-tests'];
  const args = tool(
    '@playwright/test/cli.js',
    ...config,
    '--reporter',
    'list,json',
    ...asked.paths,
    ...asked.rest,
  );
  return launch(args, file, ms, { PLAYWRIGHT_JSON_OUTPUT_NAME: file, NODE_OPTIONS: '--conditions=source' });
}

/** Its temporary files lie among our results, and so we know its processes when it leaves some behind. */
async function launch(args, file, ms, env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      ...(asked.long && { SIMPUL_FAULT_LONG: '1' }),
      ...(asked.seed && { SIMPUL_FAULT_SEED: asked.seed }),
      TMPDIR: results,
      ...env,
    },
  });
  const exit = new Promise((done) => {
    child.once('error', () => done({ code: -1 })).once('exit', (code) => done({ code: code ?? -1 }));
  });
  const result = await Promise.race([exit, timeUp(ms, file)]);
  const end = Date.now() + 5_000;
  while (signalAll('SIGTERM') && Date.now() < end) await delay(200);
  signalAll('SIGKILL');
  return result;
}

/** Also up when the results are there and the runner still does not leave. */
async function timeUp(ms, file) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    await delay(500, undefined, { ref: false });
    if (existsSync(file)) {
      await delay(GRACE_MS, undefined, { ref: false });
      break;
    }
  }
  return { code: -1, hung: true };
}

/** To every process of the tests, also those that went into a group of their own. Whether there was one. */
function signalAll(signal) {
  const pids = existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  const ours = pids.filter((pid) => isOfTests(`/proc/${pid}`));
  for (const pid of ours) {
    try {
      process.kill(Number(pid), signal);
    } catch {
      // It ended meanwhile.
    }
  }
  return ours.length > 0;
}

/** Servers may write over their variables and their command line; then they are still in their folder. */
function isOfTests(folder) {
  try {
    if (readlinkSync(`${folder}/cwd`).startsWith(results)) return true;
    return ['environ', 'cmdline'].some((about) =>
      readFileSync(`${folder}/${about}`, 'latin1').includes(results),
    );
  } catch {
    return false;
  }
}

function removeResults() {
  // Small disks of tests that were killed; whoever may not mount has none.
  const mounts = existsSync('/proc/mounts') ? readFileSync('/proc/mounts', 'utf8').split('\n') : [];
  for (const [, folder] of mounts.map((line) => line.split(' '))) {
    if (folder?.startsWith(results)) spawnSync('umount', ['--lazy', folder]);
  }
  rmSync(results, { recursive: true, force: true, maxRetries: 10 });
}

function read(words) {
  const wish = { names: [], paths: [], rest: [], long: false, seed: undefined, narrowed: false };
  while (words.length > 0) {
    const word = words.shift();
    if (word === '--') wish.rest.push(...words.splice(0));
    else if (word === '-t') wish.rest.push('-t', ...words.splice(0));
    else if (word === '--long') wish.long = true;
    else if (word === '--seed') wish.seed = words.shift();
    else if (word in RUNNERS) wish.names.push(word);
    else wish.paths.push(word);
  }
  wish.narrowed = wish.paths.length + wish.rest.length > 0;
  if (wish.names.length === 0) wish.names = Object.keys(RUNNERS);
  return wish;
}
