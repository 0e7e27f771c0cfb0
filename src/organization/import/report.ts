import type { Day } from '#libs/contracts';

/** What is wrong with one row, for the person who has to mend the file. Line 1 is the header. */
export interface ImportProblem {
  line: number;
  /** The column, by the name it has in our files. */
  field: string;
  code: string;
  /** In Indonesian. Never repeats personal data. */
  reason: string;
  /** In Indonesian: what to do. */
  remedy: string;
}

/** A problem that is not tied to a line yet. */
export type Fault = Omit<ImportProblem, 'line'>;

export interface ImportProgress {
  line: number;
  accepted: number;
  refused: number;
}

export interface ImportOptions {
  /** Checks everything and writes nothing. */
  dryRun?: boolean;
  /** The day the import is made on; today in Jambi by default. */
  day?: Day;
  /** From when new units and posts hold, where the file does not say; `day` by default. */
  validFrom?: Day;
  onProgress?: (progress: ImportProgress) => void;
}

export interface ImportReport {
  dryRun: boolean;
  /** Data rows read, without header and empty lines. `added + changed + unchanged + refused`. */
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  refused: number;
  /** One for each refused row, by line, up to `LISTED`; `refused` counts them all. */
  problems: ImportProblem[];
  /** Accepted rows that deserve a look, up to `LISTED`. */
  warnings: ImportProblem[];
  /** Why the file could not be read, or not to its end. Rows counted before are in. */
  stopped: ImportProblem | null;
}

/** One kind of file. The same source and answer whoever calls: command line, demo, an admin's upload. */
export interface Importer {
  kind: string;
  /** What the file holds, in Indonesian, for the command line's help. */
  title: string;
  run(source: AsyncIterable<Uint8Array>, options?: ImportOptions): Promise<ImportReport>;
}

/** The file as a whole cannot be used. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';

  constructor(readonly problem: ImportProblem) {
    super(problem.reason);
  }
}

// Enough to work through; a file that is wrong in every line must not fill the memory.
const LISTED = 10_000;

/** Collects a report while rows go by. */
export class Reporting {
  readonly report: ImportReport;
  private line = 1;

  constructor(private readonly options: ImportOptions) {
    this.report = {
      dryRun: options.dryRun ?? false,
      rows: 0,
      added: 0,
      changed: 0,
      unchanged: 0,
      refused: 0,
      problems: [],
      warnings: [],
      stopped: null,
    };
  }

  accept(line: number, outcome: 'added' | 'changed' | 'unchanged'): void {
    this.count(line);
    this.report[outcome] += 1;
  }

  refuse(line: number, fault: Fault): void {
    this.count(line);
    this.report.refused += 1;
    if (this.report.problems.length < LISTED) this.report.problems.push({ line, ...fault });
  }

  warn(line: number, fault: Fault): void {
    if (this.report.warnings.length < LISTED) this.report.warnings.push({ line, ...fault });
  }

  progress(): void {
    const { rows, refused } = this.report;
    this.options.onProgress?.({ line: this.line, accepted: rows - refused, refused });
  }

  /** Runs the work and closes the report; an unusable file becomes its `stopped`. */
  async around(work: () => Promise<void>): Promise<ImportReport> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.report.stopped = error.problem;
    }
    this.progress();
    this.report.problems.sort((a, b) => a.line - b.line);
    this.report.warnings.sort((a, b) => a.line - b.line);
    return this.report;
  }

  private count(line: number): void {
    this.report.rows += 1;
    this.line = Math.max(this.line, line);
  }
}
