import 'reflect-metadata';
import { createReadStream, type ReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { AppError, isDay, type Day } from '#libs/contracts';
import { withServices } from './command.js';
import {
  ImportRegistry,
  type Importer,
  type ImportReport,
  describeReport,
  problemsAsCsv,
} from './organization/import/import.module.js';
import { startProblem } from './start-problems.js';

const USAGE =
  'Pemakaian: npm run import -- JENIS BERKAS [--dry-run] [--valid-from TTTT-BB-HH] [--report BERKAS.csv]';

class UsageProblem extends Error {}

interface Wish {
  kind: string;
  path: string;
  dryRun: boolean;
  validFrom: Day | undefined;
  report: string | undefined;
}

async function main(): Promise<number> {
  const wish = readArguments();
  if (!(await stat(wish.path).catch(() => null))?.isFile()) {
    throw new UsageProblem(`Berkas tidak ada atau tidak bisa dibaca: ${wish.path}`);
  }
  return withServices((services) => runWith(services.get(ImportRegistry), wish));
}

function readArguments(): Wish {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        'valid-from': { type: 'string' },
        report: { type: 'string' },
      },
    });
    const [kind, path, ...more] = positionals;
    const validFrom = values['valid-from'];
    if (!kind || !path || more.length > 0 || (validFrom !== undefined && !isDay(validFrom)))
      throw new UsageProblem();
    return { kind, path, dryRun: values['dry-run'] ?? false, validFrom, report: values.report };
  } catch {
    throw new UsageProblem(`${USAGE}\nJENIS: opd, people, leaders, holidays, working-times, tasks`);
  }
}

async function runWith(registry: ImportRegistry, wish: Wish): Promise<number> {
  const importer = registry.get(wish.kind);
  if (!importer) throw new UsageProblem(`${USAGE}\n${registry.all().map(helpLine).join('\n')}`);
  const report = await importFile(importer, wish);
  process.stdout.write(`${describeReport(report).join('\n')}\n`);
  if (wish.report !== undefined)
    await writeFile(wish.report, problemsAsCsv(report.problems), { mode: 0o600 });
  return report.stopped ? 2 : report.refused > 0 ? 1 : 0;
}

async function importFile(importer: Importer, { path, dryRun, validFrom }: Wish): Promise<ImportReport> {
  const file = createReadStream(path);
  const stop = () =>
    file.destroy(new UsageProblem('Dihentikan. Baris yang sudah dibaca sudah masuk; impor ulang aman.'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await importer.run(file, {
      dryRun,
      ...(validFrom !== undefined && { validFrom }),
      onProgress: ({ line, refused }) => showProgress(line, refused, file),
    });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'unavailable')) throw error;
    throw new UsageProblem(
      'Database tidak menjawab. Baris sebelumnya sudah masuk; jalankan impor ini sekali lagi.',
    );
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function showProgress(line: number, refused: number, file: ReadStream): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r… baris ${line}, ditolak ${refused}${file.closed ? '\n' : ''}`);
}

function helpLine({ kind, title }: Importer): string {
  return `  ${kind.padEnd(10)} ${title}`;
}

/** Exit codes: 0 all rows are in, 1 some rows were refused, 2 the file or the command could not be used. */
process.exitCode = await main().catch((error: unknown) => {
  const problem = error instanceof UsageProblem ? error.message : startProblem(error);
  process.stderr.write(`${problem}\n`);
  return 2;
});
