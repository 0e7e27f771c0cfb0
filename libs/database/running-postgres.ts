import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

/**
 * The PostgreSQL that a running start serves from this data folder: the connection string of one of its databases,
 * or null when none answers. For programs beside the app that must not start a second one, such as an import.
 */
export async function runningPostgres(dataDir: string, database: string): Promise<string | null> {
  // The lock file and the password are those of startEmbeddedPostgres.
  const port = portIn(await textOf(join(dataDir, 'simpul.lock')));
  const password = (await textOf(join(dataDir, 'postgres-password'))).trim();
  if (port === null || password === '') return null;
  const url = `postgresql://simpul:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return (await answers(url)) ? url : null;
}

/** A lock may be left over, and its port may be another program's now: only who knows the password is ours. */
async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // A connection that breaks later is answered by the next line that uses it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

function portIn(lock: string): number | null {
  try {
    const { databasePort } = JSON.parse(lock) as { databasePort?: unknown };
    return Number.isInteger(databasePort) ? Number(databasePort) : null;
  } catch {
    return null;
  }
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
