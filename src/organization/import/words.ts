import type { ImportProblem, ImportReport } from './report.js';

const SHOWN = 50;

/** A report in lines for the terminal, in Indonesian. */
export function describeReport(report: ImportReport): string[] {
  const { rows, added, changed, unchanged, refused, problems, warnings, stopped, dryRun } = report;
  return [
    ...(stopped ? [`Berhenti di ${describe(stopped)}`] : []),
    ...some(problems, refused, 'Ditolak'),
    ...some(warnings, warnings.length, 'Diterima, tetapi perlu diperiksa'),
    `${rows} baris: ${added} baru, ${changed} berubah, ${unchanged} tetap, ${refused} ditolak.`,
    ...(dryRun ? ['Uji coba: tidak ada yang ditulis.'] : []),
  ];
}

/** The problems as a CSV file, to work through in a spreadsheet. */
export function problemsAsCsv(problems: readonly ImportProblem[]): string {
  const quoted = (text: string | number) => `"${String(text).replaceAll('"', '""')}"`;
  const rows = problems.map(({ line, field, code, reason, remedy }) =>
    [line, field, code, reason, remedy].map(quoted).join(','),
  );
  return `\uFEFF${['baris,kolom,kode,alasan,perbaikan', ...rows].join('\r\n')}\r\n`;
}

function some(problems: readonly ImportProblem[], count: number, title: string): string[] {
  if (count === 0) return [];
  const shown = problems.slice(0, SHOWN).map((problem) => `  ${describe(problem)}`);
  const rest = count - shown.length;
  return [
    `${title}:`,
    ...shown,
    ...(rest > 0 ? [`  … dan ${rest} baris lagi; tulis semuanya dengan --report BERKAS.csv`] : []),
  ];
}

function describe({ line, field, code, reason, remedy }: ImportProblem): string {
  return `baris ${line}${field ? `, kolom ${field}` : ''}: ${reason}. ${remedy} [${code}]`;
}
