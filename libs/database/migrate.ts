import { DataSource } from 'typeorm';
import { dataSourceOptions, MIGRATIONS } from './data-source.js';

/** The data were written by a newer Simpul than this one. Nothing was changed. */
export class NewerDataError extends Error {
  constructor(readonly unknown: string[]) {
    super(`the database was written by a newer version (${unknown.join(', ')})`);
    this.name = 'NewerDataError';
  }
}

// One instance migrates, the others wait here and then find nothing to do.
const MIGRATION_LOCK = 20_251_124;

/** Brings the database to this version. Safe with many instances starting at once; each migration is one transaction. */
export async function migrate(url: string): Promise<void> {
  const options = dataSourceOptions(url, 2);
  const source = await new DataSource({
    ...options,
    // A migration may take longer than a request.
    extra: { connectionTimeoutMillis: 5_000, statement_timeout: 0, lock_timeout: 60_000 },
  }).initialize();
  try {
    await source.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
      const unknown = await unknownMigrations(source);
      if (unknown.length > 0) throw new NewerDataError(unknown);
      await source.runMigrations({ transaction: 'each' });
    });
  } finally {
    await source.destroy();
  }
}

async function unknownMigrations(source: DataSource): Promise<string[]> {
  const [table] = await source.query<{ present: boolean }[]>(
    `SELECT to_regclass('migrations') IS NOT NULL AS present`,
  );
  if (!table?.present) return [];
  const known = new Set(MIGRATIONS.map((migration) => migration.name));
  const done = await source.query<{ name: string }[]>('SELECT name FROM migrations');
  return done.map((row) => row.name).filter((name) => !known.has(name));
}
