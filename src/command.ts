import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { chooseDataDir, migrate, runningPostgres, startEmbeddedPostgres } from '#libs/database';
import { CommandModule } from './command.module.js';
import { Environment } from './config/environment.js';

// The same database as the server's own start uses.
const DATABASE = 'simpul';
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** Does a command's work on the app's services and database, whether or not the app is running. */
export async function withServices<T>(work: (services: INestApplicationContext) => Promise<T>): Promise<T> {
  const database = await openDatabase(Environment.read());
  try {
    await migrate(database.environment.databaseUrl ?? '');
    const services = await NestFactory.createApplicationContext(CommandModule.for(database.environment), {
      logger: ['error', 'fatal'],
      abortOnError: false,
    });
    try {
      return await work(services);
    } finally {
      await services.close();
    }
  } finally {
    await database.close();
  }
}

/** The configured database, that of a running server on this computer, or our own for the time of a command. */
async function openDatabase(
  environment: Environment,
): Promise<{ environment: Environment; close(): Promise<void> }> {
  if (environment.databaseUrl !== undefined) return { environment, close: async () => undefined };
  const dataDir = await chooseDataDir({ configured: environment.dataDir, projectDir: PROJECT });
  const running = await runningPostgres(dataDir, DATABASE);
  if (running !== null)
    return { environment: environment.withDatabase(running), close: async () => undefined };
  const own = await startEmbeddedPostgres({ dataDir });
  return {
    environment: environment.withDatabase(await own.ensureDatabase(DATABASE)),
    close: () => own.stop(),
  };
}
