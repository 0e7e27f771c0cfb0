import { fileURLToPath } from 'node:url';
import { chooseDataDir, runningPostgres, startEmbeddedPostgres } from '#libs/database';
import type { Environment } from './config/environment.js';

// The same database as the server's own start uses.
const DATABASE = 'simpul';
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** The configured database, that of a running server on this computer, or our own for the time of a command. */
export async function openDatabase(
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
