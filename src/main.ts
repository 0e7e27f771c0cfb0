import 'reflect-metadata';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { chooseDataDir, migrate, startEmbeddedPostgres } from '#libs/database';
import { addressOf, createApplication, listen, WEB_CLIENT } from './application.js';
import { Environment } from './config/environment.js';
import { demoPassword, DemoSeed } from './demo/demo.module.js';
import { createLogger } from './http/logging.js';
import { isWebClientBuilt } from './http/web-client.js';
import { describeDemo, describeStart, GOODBYE } from './start-words.js';
import { startProblem } from './start-problems.js';

const STOP_MS = 10_000;
const CLOSE_CONNECTIONS_MS = 7_000;
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** What must be undone, last first. */
const opened: (() => Promise<void>)[] = [];
let isStopping = false;
let started: Promise<void> = Promise.resolve();
let report: (error: unknown) => void = complain;
/** Said to a person at a terminal who ends it. */
let goodbye: string | undefined;

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A second wish to stop is meant.
    if (isStopping) process.exit(1);
    if (goodbye !== undefined) say('', goodbye);
    void stop(0);
  });
}
for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(fault, (error: unknown) => {
    report(error);
    void stop(1);
  });
}

started = start().catch((error: unknown) => {
  complain(error);
  void stop(1);
});

async function start(): Promise<void> {
  let environment = Environment.read();
  const logger = createLogger(environment);
  if (environment.mode === 'embedded') goodbye = GOODBYE;
  report = (error) => logger.fatal({ err: error }, 'a fault nobody handled');

  const address = addressOf(environment.host, environment.port);
  if (environment.databaseUrl === undefined) {
    environment = environment.withDatabase(await openEmbeddedDatabase(environment, address));
  }
  environment = await withPlaceForFiles(environment, logger);
  if (isStopping) return;
  await assertPortIsFree(environment);
  await migrate(environment.databaseUrl ?? '');
  if (isStopping) return;

  const app = await createApplication(environment, logger);
  opened.push(() => close(app));
  await app.init();
  if (isStopping) return;
  const password = environment.demo ? await prepareDemo(app, environment) : null;
  if (isStopping) return;
  const words = describeStart(environment, await listen(app, environment), isWebClientBuilt(WEB_CLIENT));
  // At a terminal for a person; elsewhere a line of the log like all others. A password never goes to the log.
  if (environment.mode === 'embedded') say('', ...words, '');
  else for (const line of words) logger.info(line);
  if (password !== null) say(...describeDemo(password), '');
}

/** Files lie beside our other data. With a database of somebody else's a start without a place for files is fine. */
async function withPlaceForFiles(environment: Environment, logger: Logger): Promise<Environment> {
  if (environment.filesDir !== undefined) return environment;
  try {
    const dataDir = await chooseDataDir({ configured: environment.dataDir, projectDir: PROJECT });
    return environment.withFilesDir(join(dataDir, 'files'));
  } catch (error) {
    if (environment.mode === 'embedded') throw error;
    logger.warn({ err: error }, 'no folder for files: set SIMPUL_FILES_DIR');
    return environment;
  }
}

/** Makes the demo city on the first start. Answers the password of its accounts. */
async function prepareDemo(app: NestExpressApplication, environment: Environment): Promise<string> {
  const dataDir = await chooseDataDir({ configured: environment.dataDir, projectDir: PROJECT });
  const password = await demoPassword(dataDir, environment.demoPassword);
  await app.get(DemoSeed).seed(password, say);
  return password;
}

function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function openEmbeddedDatabase(environment: Environment, address: string): Promise<string> {
  const dataDir = await chooseDataDir({ configured: environment.dataDir, projectDir: PROJECT });
  const database = await startEmbeddedPostgres({
    dataDir,
    address,
    onExit: (reason) => {
      report(new Error(reason));
      void stop(1);
    },
  });
  opened.push(() => database.stop());
  return database.ensureDatabase('simpul');
}

/** Found out before anything is written, not after the demo city was made. */
async function assertPortIsFree({ port, host }: Environment): Promise<void> {
  const probe = createServer();
  await new Promise<void>((done, fail) => probe.once('error', fail).listen(port, host, done));
  await new Promise((done) => probe.close(done));
}

/** Accepts nothing new, finishes what was accepted, then closes; what never ends is cut. */
async function close(app: NestExpressApplication): Promise<void> {
  const server = app.getHttpServer();
  const accepting = server.listening;
  if (accepting) server.close();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => server.closeAllConnections(), CLOSE_CONNECTIONS_MS);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(cut);
  }
}

async function stop(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), STOP_MS).unref();
  await started;
  let result = code;
  for (const undo of opened.toReversed()) {
    try {
      await undo();
    } catch (error) {
      report(error);
      result = 1;
    }
  }
  process.exit(result);
}

function complain(error: unknown): void {
  process.stderr.write(`${startProblem(error)}\n`);
}
