import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { HOLIDAY_KINDS, isDay, type HolidayKind } from '#libs/contracts';
import { Holiday } from '../holiday.entity.js';
import type { HolidayInput } from '../holiday.store.js';
import { OrganizationChanges } from '../organization-changes.js';
import { cleanText, textFault } from './cell.js';
import { csvRows, type Cells } from './csv.js';
import { Reporting, type Fault, type Importer, type ImportOptions, type ImportReport } from './report.js';

const COLUMNS = {
  date: { aliases: ['tanggal', 'hari'] },
  name: { aliases: ['nama', 'keterangan', 'hari_libur'] },
  kind: { aliases: ['jenis'] },
} as const;

/** Public holidays and joint leave. A day that was moved keeps its old entry: an import takes nothing away. */
@Injectable()
export class HolidaysImporter implements Importer {
  readonly kind = 'holidays';
  readonly title = 'Hari libur nasional dan cuti bersama';

  constructor(
    private readonly source: DataSource,
    private readonly changes: OrganizationChanges,
  ) {}

  async run(file: AsyncIterable<Uint8Array>, options: ImportOptions = {}): Promise<ImportReport> {
    const reporting = new Reporting(options);
    return reporting.around(async () => {
      const stored = new Map(
        (await this.source.getRepository(Holiday).find()).map((holiday) => [holiday.day, holiday]),
      );
      const seen = new Map<string, HolidayInput & { line: number }>();
      for await (const row of csvRows(file, COLUMNS)) {
        const holiday = 'fault' in row ? row.fault : readHoliday(row.cells);
        if ('reason' in holiday) {
          reporting.refuse(row.line, holiday);
          continue;
        }
        const twin = seen.get(holiday.day);
        const old = stored.get(holiday.day);
        if (twin && !isSame(twin, holiday)) reporting.refuse(row.line, twice(twin.line));
        else if (twin) reporting.accept(row.line, 'unchanged');
        else {
          seen.set(holiday.day, { ...holiday, line: row.line });
          reporting.accept(row.line, !old ? 'added' : isSame(old, holiday) ? 'unchanged' : 'changed');
        }
      }
      const different = [...seen.values()].filter((holiday) => {
        const old = stored.get(holiday.day);
        return !old || !isSame(old, holiday);
      });
      if (!options.dryRun && different.length > 0) {
        await this.changes.upsertHolidays(different.map(({ day, name, kind }) => ({ day, name, kind })));
      }
    });
  }
}

function readHoliday(cells: Cells<keyof typeof COLUMNS>): HolidayInput | Fault {
  const day = isoDay(cells.date);
  if (!isDay(day)) {
    return {
      field: 'date',
      code: 'DATE_FORMAT',
      reason: 'Tanggal tidak benar',
      remedy: 'Tulis tahun-bulan-tanggal, misalnya 2026-08-17.',
    };
  }
  const name = cleanText(cells.name);
  const fault = textFault(name, { field: 'name', label: 'Nama hari libur', code: 'NAME', max: 200 });
  if (fault) return fault;
  const kind = cells.kind.toLowerCase().replaceAll(/[^a-z]+/g, '_');
  if (!isKind(kind)) {
    return {
      field: 'kind',
      code: 'HOLIDAY_KIND_UNKNOWN',
      reason: 'Jenis hari libur tidak dikenal',
      remedy: `Isi salah satu: ${HOLIDAY_KINDS.join(', ')}.`,
    };
  }
  return { day, name, kind };
}

/** `17-08-2026` and `17/08/2026`, as people write dates here, beside `2026-08-17`. */
function isoDay(text: string): string {
  const [, day, month, year] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text) ?? [];
  return day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
}

function isKind(kind: string): kind is HolidayKind {
  return (HOLIDAY_KINDS as readonly string[]).includes(kind);
}

function isSame(a: HolidayInput, b: HolidayInput): boolean {
  return a.name === b.name && a.kind === b.kind;
}

function twice(line: number): Fault {
  return {
    field: 'date',
    code: 'DATE_DUPLICATE',
    reason: `Tanggal sama dengan baris ${line}, tetapi isinya lain`,
    remedy: 'Sisakan satu baris untuk satu tanggal.',
  };
}
