import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { formatHours, isDay, parseHours, type WorkingTimeKind, type WorkPattern } from '#libs/contracts';
import {
  cleanText,
  csvRows,
  Reporting,
  unknownOpd,
  type Cells,
  type Fault,
  type Importer,
  type ImportOptions,
  type ImportReport,
} from '../organization/import/import.module.js';
import { OrganizationService } from '../organization/organization.service.js';
import { WorkingTimeChanges, type BroughtIn, type NewWorkingTime } from './working-time-changes.js';

const WEEK = ['senin', 'selasa', 'rabu', 'kamis', 'jumat', 'sabtu', 'minggu'] as const;
const COLUMNS = {
  opd_code: { aliases: ['kode_opd', 'opd'] },
  kind: { aliases: ['jenis'] },
  pattern: { aliases: ['pola'] },
  valid_from: { aliases: ['mulai', 'berlaku_mulai'] },
  valid_to: { aliases: ['sampai', 'berlaku_sampai'] },
  senin: { aliases: ['monday'] },
  selasa: { aliases: ['tuesday'] },
  rabu: { aliases: ['wednesday'] },
  kamis: { aliases: ['thursday'] },
  jumat: { aliases: ['friday'] },
  sabtu: { aliases: ['saturday'] },
  minggu: { aliases: ['sunday'] },
  holidays: { aliases: ['hari_libur'] },
  joint_leave: { aliases: ['cuti_bersama'] },
} as const;

const KINDS: Readonly<Record<string, WorkingTimeKind>> = { biasa: 'ORDINARY', ramadan: 'RAMADAN' };
const PATTERNS: Readonly<Record<string, WorkPattern>> = {
  lima_hari: 'FIVE_DAY',
  enam_hari: 'SIX_DAY',
  giliran: 'SHIFT',
};
/** Whether a unit is at work on such a day. */
const AT_WORK: Readonly<Record<string, boolean>> = { masuk: true, libur: false };

/** Working hours of the city (without a code) and of units that have their own. */
@Injectable()
export class WorkingTimesImporter implements Importer {
  readonly kind = 'working-times';
  readonly title = 'Jam kerja kota dan OPD, juga jam kerja Ramadan';

  constructor(
    private readonly organization: OrganizationService,
    private readonly changes: WorkingTimeChanges,
  ) {}

  async run(file: AsyncIterable<Uint8Array>, options: ImportOptions = {}): Promise<ImportReport> {
    const reporting = new Reporting(options);
    return reporting.around(async () => {
      for await (const row of csvRows(file, COLUMNS)) {
        const rule = 'fault' in row ? row.fault : await this.read(row.cells);
        if ('reason' in rule) {
          reporting.refuse(row.line, rule);
          continue;
        }
        const came = await this.changes.bringIn(randomUUID(), rule, options.dryRun ?? false);
        if (came === 'begun' || came === 'decided') reporting.refuse(row.line, REFUSED[came]);
        else reporting.accept(row.line, came);
      }
    });
  }

  private async read(cells: Cells<keyof typeof COLUMNS>): Promise<Omit<NewWorkingTime, 'id'> | Fault> {
    const code = cells.opd_code.toUpperCase();
    const opd = code === '' ? null : await this.organization.opdByCode(code);
    if (code !== '' && !opd) return unknownOpd(code);
    const kind = KINDS[plain(cells.kind)];
    const pattern = PATTERNS[plain(cells.pattern)];
    const worksOnHolidays = AT_WORK[plain(cells.holidays)];
    const worksOnJointLeave = AT_WORK[plain(cells.joint_leave)];
    if (!kind) return notOneOf('kind', KINDS);
    if (!pattern) return notOneOf('pattern', PATTERNS);
    if (worksOnHolidays === undefined) return notOneOf('holidays', AT_WORK);
    if (worksOnJointLeave === undefined) return notOneOf('joint_leave', AT_WORK);
    const { valid_from: validFrom, valid_to: to } = cells;
    const validTo = to === '' ? null : to;
    if (!isDay(validFrom)) return BAD_DAY('valid_from');
    if (validTo === null ? kind === 'RAMADAN' : !isDay(validTo) || validTo < validFrom)
      return BAD_DAY('valid_to');
    // The city is never without ordinary hours.
    if (!opd && kind === 'ORDINARY' && validTo !== null) return NO_END;
    const week = WEEK.map((day) => parseHours(cleanText(cells[day])));
    const wrong = WEEK[week.indexOf(null)];
    if (wrong) return badHours(wrong);
    const hours = week.map((day) => formatHours(day ?? []));
    if (hours.every((day) => day === '')) return badHours('senin');
    return {
      opdId: opd?.id ?? null,
      kind,
      pattern,
      validFrom,
      validTo,
      hours,
      worksOnHolidays,
      worksOnJointLeave,
    };
  }
}

function plain(cell: string): string {
  return cell.toLowerCase().replaceAll(/[^a-z]+/g, '_');
}

function notOneOf(field: string, known: object): Fault {
  return {
    field,
    code: 'VALUE_UNKNOWN',
    reason: 'Isian tidak dikenal',
    remedy: `Isi salah satu: ${Object.keys(known).join(', ')}.`,
  };
}

const BAD_DAY = (field: string): Fault => ({
  field,
  code: 'DATE_FORMAT',
  reason: 'Tanggal berlaku tidak benar',
  remedy:
    'Tulis tahun-bulan-tanggal, misalnya 2027-01-31; hari terakhir tidak boleh sebelum hari pertama, dan jam kerja Ramadan perlu hari terakhir.',
});

const badHours = (field: string): Fault => ({
  field,
  code: 'HOURS_FORMAT',
  reason: 'Jam kerja tidak benar',
  remedy:
    'Tulis misalnya 07:15-12:00, 13:00-16:00; kosongkan hari libur. Sepekan tidak boleh kosong seluruhnya.',
});

const NO_END: Fault = {
  field: 'valid_to',
  code: 'CITY_NEEDS_HOURS',
  reason: 'Jam kerja biasa untuk seluruh kota tidak boleh berakhir',
  remedy: 'Kosongkan hari terakhir; baris dengan hari pertama yang lebih baru menggantikannya.',
};

const REFUSED: Readonly<Record<Exclude<BroughtIn, 'added' | 'changed' | 'unchanged'>, Fault>> = {
  begun: {
    field: 'valid_from',
    code: 'ALREADY_BEGUN',
    reason: 'Jam kerja ini sudah berlaku dengan isi yang lain',
    remedy: 'Yang sudah berlaku tidak diubah. Tulis jam kerja baru dengan hari pertama mulai besok.',
  },
  decided: {
    field: 'valid_from',
    code: 'PAST_DECIDED',
    reason: 'Untuk hari yang sudah lewat, jam kerja sudah ditetapkan',
    remedy: 'Pakai hari pertama mulai besok.',
  },
};
