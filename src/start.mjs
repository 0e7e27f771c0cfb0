import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BuildProblem, buildWhatChanged, ROOT, tool } from './build.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(`Perlu Node 20.19 atau lebih baru / Node 20.19 or newer is needed (this is ${process.versions.node})`);
}
if (!existsSync(join(ROOT, 'node_modules/@nestjs/core'))) stop('Jalankan dahulu / Run first: npm ci');

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const leave = (signal) => process.exit(signals[signal]);
for (const signal in signals) process.on(signal, leave);
try {
  await buildWhatChanged();
} catch (error) {
  if (error instanceof BuildProblem) stop(error.message);
  throw error;
}

const main = join(ROOT, 'dist/src/main.js');
if (process.argv.includes('--dev')) {
  develop();
} else {
  for (const signal in signals) process.off(signal, leave);
  followNpm();
  // In this process: its signals, its terminal and its exit code are then the app's own.
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(main).href);
}

/** npm starts us through a shell, and a SIGTERM to npm ends that shell only. */
function followNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
  for (const signal in signals) {
    process.once(signal, () => {
      clearInterval(watch);
      // The app is not far enough to take it.
      if (process.listenerCount(signal) === 0) leave(signal);
    });
  }
}

/** Rebuilds and restarts at each change; the web app comes from Vite, with the server behind it. */
function develop() {
  const commands = [
    tool('@nestjs/cli/bin/nest.js', 'build', '--watch', '--preserveWatchOutput'),
    ['--enable-source-maps', '--watch', '--watch-preserve-output', main],
    tool('vite/bin/vite.js', '--config', 'libs/web/vite.config.ts', '--clearScreen', 'false'),
  ];
  const children = commands.map((args) => spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }));
  let isEnding = false;
  // Once: to the app a second signal means "at once".
  const end = () => {
    if (!isEnding) children.forEach((child) => child.kill('SIGTERM'));
    isEnding = true;
  };
  for (const signal in signals) process.off(signal, leave).on(signal, end);
  for (const child of children) {
    child.once('exit', (code) => {
      process.exitCode ||= code ?? 0;
      end();
    });
  }
}

function stop(line) {
  console.error(line);
  process.exit(1);
}
