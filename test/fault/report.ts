import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from './checker.js';
import { RESULTS } from './scenario.js';
import { LONG, SEED } from './size.js';

const ROWS = join(RESULTS, 'rows');
/** Test files of one run share a process. */
const OURS = `${process.pid}-`;

type Row = [fault: string, ...figures: (string | number)[]];

const HEAD: Row = [
  'fault',
  'acked',
  'lost',
  'duplicated',
  'reordered',
  'phantom',
  'leaked',
  'converged (ms)',
];

/** The rows of one test file, beside those of the others of this run: one table, printed and kept as Markdown. */
export class Report {
  private readonly rows: Row[] = [];

  constructor(private readonly file: string) {}

  add(fault: string, verdict: Verdict): void {
    const { acked, lost, duplicated, reordered, phantom, leaked, convergeMs } = verdict;
    const counts = [lost, duplicated, reordered, phantom, leaked].map((found) => found.length);
    const converged = Number.isFinite(convergeMs) ? Math.round(convergeMs) : 'never';
    this.rows.push([fault, acked, ...counts, converged]);
    // At once: a long run shows that it lives.
    process.stdout.write(`  ${fault}: ${acked} acked, ${converged} ms\n`);
  }

  /** Could not be tried here: said plainly, and not counted as passed. */
  notRun(fault: string, why: string): void {
    this.rows.push([fault, `NOT RUN: ${why}`, '', '', '', '', '', '']);
  }

  print(): void {
    mkdirSync(ROWS, { recursive: true });
    for (const name of readdirSync(ROWS)) if (!name.startsWith(OURS)) rmSync(join(ROWS, name));
    writeFileSync(join(ROWS, `${OURS}${this.file}.json`), JSON.stringify(this.rows));
    const rows = readdirSync(ROWS).flatMap(
      (name) => JSON.parse(readFileSync(join(ROWS, name), 'utf8')) as Row[],
    );
    const text = `Seed ${SEED}${LONG ? ', long' : ''}\n\n${table([HEAD, ...rows, totalOf(rows)])}\n`;
    writeFileSync(join(RESULTS, 'table.md'), text);
    process.stdout.write(`\n${text}\n`);
  }
}

function totalOf(rows: Row[]): Row {
  const sums = HEAD.slice(1, -1).map((_, i) =>
    rows.reduce((sum, row) => sum + (typeof row[i + 1] === 'number' ? Number(row[i + 1]) : 0), 0),
  );
  return ['all', ...sums, ''];
}

function table(rows: Row[]): string {
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)));
  const line = (row: Row): string =>
    `| ${row.map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i] ?? 0) : String(cell).padStart(widths[i] ?? 0))).join(' | ')} |`;
  const [head, ...rest] = rows.map(line);
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [head, rule, ...rest].join('\n');
}
