import { parse } from 'csv-parse/sync';
import { linesOf, type Line } from './lines.js';
import { FileProblem, type Fault } from './report.js';

/** A column we read: its name in our files, and other words a file may head it with. */
export interface ColumnRule {
  name: string;
  aliases: readonly string[];
  /** A file without it is fine. */
  optional?: boolean;
}

export type Cells<C extends string> = Record<C, string>;

export type CsvRow<C extends string> = { line: number; cells: Cells<C> } | { line: number; fault: Fault };

// A cell may hold line breaks (Alt+Enter); more than this is a quotation mark nobody closed.
const MAX_JOINED = 5;
const DELIMITERS = [',', ';', '\t'] as const;

/**
 * Rows of a CSV file with a header, `,` or `;` between the cells. Columns are found by their headings, in any order;
 * others are left alone. A row that cannot be read is answered with its fault and does not disturb its neighbours.
 * Columns that are optional and missing are empty. @throws FileProblem
 */
export async function* csvRows<C extends string>(
  source: AsyncIterable<Uint8Array>,
  columns: Readonly<Record<C, Omit<ColumnRule, 'name'>>>,
): AsyncGenerator<CsvRow<C>> {
  const lines = new Lookahead(linesOf(source));
  const { delimiter, width, places } = await readHeader(lines, columns);
  lines.delimiter = delimiter;
  let rows = 0;
  for (let line = await lines.next(); line; line = await lines.next()) {
    if (line.fault) {
      rows += 1;
      yield { line: line.no, fault: line.fault };
      continue;
    }
    const cells = await cellsOf(line, lines, delimiter, width);
    if (Array.isArray(cells) && cells.every((cell) => cell === '')) continue;
    rows += 1;
    if (!Array.isArray(cells)) yield { line: line.no, fault: cells };
    else {
      const named = Object.entries<number | null>(places).map(([name, at]) => [
        name,
        at === null ? '' : cells[at],
      ]);
      yield { line: line.no, cells: Object.fromEntries(named) as Cells<C> };
    }
  }
  if (rows === 0)
    throw headerProblem('FILE_WITHOUT_ROWS', 'Berkas hanya berisi judul kolom', 'Isi data mulai baris 2.');
}

async function readHeader<C extends string>(
  lines: Lookahead,
  columns: Readonly<Record<C, Omit<ColumnRule, 'name'>>>,
) {
  const names = Object.keys(columns) as C[];
  const needed = names.filter((name) => !columns[name].optional);
  const expected = `Baris pertama harus berisi judul kolom: ${needed.join(', ')}.`;

  let line = await lines.next();
  // A hint for spreadsheets, not data.
  if (line && /^"?sep=.$/i.test(line.text.replace(/"$/, ''))) line = await lines.next();
  while (line && !line.fault && line.text.trim() === '') line = await lines.next();
  if (!line) throw headerProblem('FILE_EMPTY', 'Berkas kosong', expected);
  if (line.fault) throw new FileProblem({ line: line.no, ...line.fault });

  const { text } = line;
  const delimiter = DELIMITERS.reduce((best, next) =>
    occurrences(text, next) > occurrences(text, best) ? next : best,
  );
  const headings = (parseLine(text, delimiter) ?? []).map(plain);
  const places = Object.fromEntries(
    names.map((name) => {
      const at = headings.flatMap((heading, i) =>
        [name, ...columns[name].aliases].map(plain).includes(heading) ? [i] : [],
      );
      if (at.length > 1) {
        throw headerProblem(
          'COLUMN_TWICE',
          `Judul kolom "${name}" ada lebih dari satu kali`,
          'Sisakan satu kolom.',
          name,
        );
      }
      return [name, at[0] ?? null];
    }),
  ) as Record<C, number | null>;
  const missing = needed.filter((name) => places[name] === null);
  if (missing.length > 0) {
    throw headerProblem('COLUMN_MISSING', `Kolom tidak ada: ${missing.join(', ')}`, expected, missing[0]);
  }
  return { delimiter, width: headings.length, places };
}

/** The cells of the row that begins at a line, or what is wrong with it. Takes further lines only if they belong to it. */
async function cellsOf(
  first: ReadLine,
  lines: Lookahead,
  delimiter: string,
  width: number,
): Promise<string[] | Fault> {
  if (first.cells) return fitted(first.cells, width);
  let text = first.text;
  for (let joined = 1; joined <= MAX_JOINED; joined++) {
    if (occurrences(text, '"') % 2 === 0) {
      const cells = parseLine(text, delimiter);
      if (joined > 1 && cells?.length !== width) break;
      if (joined > 1) await lines.skip(joined - 1);
      return cells ? fitted(cells, width) : BAD_QUOTES;
    }
    const more = await lines.peek(joined - 1);
    if (!more || more.fault) break;
    text += `\n${more.text}`;
  }
  return BAD_QUOTES;
}

function fitted(cells: string[], width: number): string[] | Fault {
  const used = cells.findLastIndex((cell) => cell !== '') + 1;
  if (used === 0) return [];
  if (cells.length === width || (cells.length > width && used <= width)) return cells;
  return {
    field: '',
    code: 'COLUMN_COUNT',
    reason: `Baris ini berisi ${cells.length} kolom, judulnya ${width}`,
    remedy:
      'Apit isi yang memuat pemisah kolom dengan tanda kutip ("…"), dan isi kolom yang kosong dengan pemisah saja.',
  };
}

const BAD_QUOTES: Fault = {
  field: '',
  code: 'QUOTES',
  reason: 'Tanda kutip tidak berpasangan',
  remedy: 'Tutup tanda kutip di baris ini, atau tulis tanda kutip di dalam isi dua kali ("").',
};

function parseLine(text: string, delimiter: string): string[] | null {
  const rows = parseText(text, delimiter);
  return rows && rows.length <= 1 ? (rows[0] ?? ['']) : null;
}

function parseText(text: string, delimiter: string): string[][] | null {
  try {
    return parse(text, { delimiter, relax_column_count: true, trim: true });
  } catch {
    return null;
  }
}

/** Headings are compared without case, blanks and signs: "Kode OPD" is `kode_opd`. */
function plain(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^a-z0-9]+/g, '');
}

function occurrences(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

function headerProblem(code: string, reason: string, remedy: string, field = ''): FileProblem {
  return new FileProblem({ line: 1, field, code, reason, remedy });
}

interface ReadLine extends Line {
  /** The cells, where the line is whole in itself; otherwise it is looked at closely. */
  cells?: string[];
}

const BLOCK = 500;

/** Lines that may be looked at before they are taken. Once the delimiter is known, they are parsed many at a time. */
class Lookahead {
  delimiter: string | null = null;
  private ahead: ReadLine[] = [];
  private taken = 0;

  constructor(private readonly lines: AsyncGenerator<Line>) {}

  async next(): Promise<ReadLine | undefined> {
    const line = await this.peek(0);
    if (line) this.taken += 1;
    return line;
  }

  /** The line `offset` places further on, without taking it. */
  async peek(offset: number): Promise<ReadLine | undefined> {
    if (this.ahead.length <= this.taken + offset) await this.fill(offset);
    return this.ahead[this.taken + offset];
  }

  async skip(count: number): Promise<void> {
    for (let i = 0; i < count; i++) await this.next();
  }

  private async fill(offset: number): Promise<void> {
    const block: ReadLine[] = [];
    const size = this.delimiter === null ? offset + 1 : BLOCK;
    while (block.length < size) {
      const read = await this.lines.next();
      if (read.done) break;
      block.push(read.value);
    }
    if (this.delimiter !== null) parseBlock(block, this.delimiter);
    this.ahead = [...this.ahead.slice(this.taken), ...block];
    this.taken = 0;
  }
}

/** One call of the parser for a whole block, as long as every line has its quotes in pairs and gives one row. */
function parseBlock(block: readonly ReadLine[], delimiter: string): void {
  const whole = block.filter((line) => !line.fault && occurrences(line.text, '"') % 2 === 0);
  const rows = parseText(whole.map(({ text }) => text).join('\n'), delimiter);
  if (rows?.length !== whole.length) return;
  for (const [at, line] of whole.entries()) line.cells = rows[at] ?? [];
}
