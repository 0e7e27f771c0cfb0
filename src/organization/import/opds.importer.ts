import { Injectable } from '@nestjs/common';
import { dayOf } from '#libs/contracts';
import { OrganizationChanges } from '../organization-changes.js';
import { OrganizationService } from '../organization.service.js';
import type { OpdInput } from '../opd.store.js';
import { cleanText, textFault } from './cell.js';
import { csvRows, type Cells } from './csv.js';
import {
  FileProblem,
  Reporting,
  type Fault,
  type Importer,
  type ImportOptions,
  type ImportReport,
} from './report.js';

const COLUMNS = {
  code: { aliases: ['kode', 'kode_opd'] },
  name: { aliases: ['nama', 'nama_opd', 'nomenklatur'] },
  abbreviation: { aliases: ['singkatan', 'nama_singkat'] },
  kind: { aliases: ['jenis', 'jenis_opd'] },
  parent_code: { aliases: ['kode_induk', 'induk', 'opd_induk'] },
} as const;

/** Kinds of unit; what they lead to is in `position-roles.ts`. */
export const OPD_KINDS: readonly string[] = [
  'pemerintah_kota',
  'sekretariat_daerah',
  'staf_ahli',
  'asisten',
  'bagian',
  'sekretariat_dprd',
  'inspektorat',
  'dinas',
  'badan',
  'satuan',
  'rsud',
  'kecamatan',
  'kelurahan',
  'uptd',
];

const MAX_UNITS = 5_000;
type Row = OpdInput & { line: number };

/** The tree of units. Whole, since a parent may come after its children; a row is refused together with those below it. */
@Injectable()
export class OpdsImporter implements Importer {
  readonly kind = 'opd';
  readonly title = 'Perangkat daerah dan unitnya';

  constructor(
    private readonly organization: OrganizationService,
    private readonly changes: OrganizationChanges,
  ) {}

  async run(file: AsyncIterable<Uint8Array>, options: ImportOptions = {}): Promise<ImportReport> {
    const day = options.day ?? dayOf(new Date());
    const reporting = new Reporting(options);
    return reporting.around(async () => {
      const rows = await this.read(file, reporting);
      const stored = await this.organization.opds();
      const codeById = new Map(stored.map(({ id, code }) => [id, code]));
      const parents = new Map(
        stored.map(({ code, parentId }) => [code, (parentId && codeById.get(parentId)) || null]),
      );
      const good = withParents(rows, parents, (line, fault) => reporting.refuse(line, fault));

      const known = new Map(stored.map((opd) => [opd.code, opd]));
      const outcomeOf = (row: Row) => {
        const old = known.get(row.code);
        if (!old) return 'added';
        const same =
          old.name === row.name &&
          old.abbreviation === row.abbreviation &&
          old.kind === row.kind &&
          (parents.get(row.code) ?? null) === row.parentCode;
        return same ? 'unchanged' : 'changed';
      };
      const outcomes = good.map((row) => ({ row, outcome: outcomeOf(row) }) as const);
      const input = (of: 'added' | 'changed') =>
        outcomes.filter(({ outcome }) => outcome === of).map(({ row: { line: _, ...unit } }) => unit);
      if (!options.dryRun) {
        // New units hold from the given day, renamed ones are renamed on the day of the import.
        await this.changes.upsertOpds(input('added'), options.validFrom ?? day);
        await this.changes.upsertOpds(input('changed'), day);
      }
      for (const { row, outcome } of outcomes) reporting.accept(row.line, outcome);
    });
  }

  private async read(file: AsyncIterable<Uint8Array>, reporting: Reporting): Promise<Row[]> {
    const rows = new Map<string, Row>();
    for await (const row of csvRows(file, COLUMNS)) {
      const unit = 'fault' in row ? row.fault : readUnit(row.cells);
      if ('reason' in unit) {
        reporting.refuse(row.line, unit);
        continue;
      }
      const twin = rows.get(unit.code);
      if (twin)
        reporting.refuse(
          row.line,
          faultIn(
            'code',
            'OPD_DUPLICATE',
            `Kode sama dengan baris ${twin.line}`,
            'Beri setiap unit kode sendiri.',
          ),
        );
      else rows.set(unit.code, { ...unit, line: row.line });
      if (rows.size > MAX_UNITS) {
        throw new FileProblem({
          line: row.line,
          ...faultIn('', 'TOO_MANY_ROWS', `Lebih dari ${MAX_UNITS} unit`, 'Bagi menjadi beberapa berkas.'),
        });
      }
    }
    return [...rows.values()];
  }
}

function readUnit(cells: Cells<keyof typeof COLUMNS>): OpdInput | Fault {
  const code = cells.code.trim().toUpperCase();
  const name = cleanText(cells.name);
  const abbreviation = cleanText(cells.abbreviation);
  const kind = cells.kind
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  const problem =
    (/^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(code) && code.length <= 40
      ? null
      : faultIn(
          'code',
          'OPD_CODE_FORMAT',
          'Kode unit kosong atau salah tulis',
          'Tulis huruf, angka, dan tanda hubung, misalnya KEC-JT.',
        )) ??
    textFault(name, { field: 'name', label: 'Nama unit', code: 'NAME', max: 200 }) ??
    textFault(abbreviation, { field: 'abbreviation', label: 'Singkatan', code: 'ABBREVIATION', max: 60 }) ??
    (OPD_KINDS.includes(kind)
      ? null
      : faultIn(
          'kind',
          'OPD_KIND_UNKNOWN',
          'Jenis unit tidak dikenal',
          `Isi salah satu: ${OPD_KINDS.join(', ')}.`,
        ));
  return (
    problem ?? { code, name, abbreviation, kind, parentCode: cells.parent_code.trim().toUpperCase() || null }
  );
}

/** Refuses rows whose parent is nowhere, or is itself refused, or that stand below themselves. */
function withParents(
  rows: Row[],
  stored: ReadonlyMap<string, string | null>,
  refuse: (line: number, why: Fault) => void,
): Row[] {
  let good = rows;
  for (;;) {
    const known = new Set([...stored.keys(), ...good.map(({ code }) => code)]);
    const orphans = good.filter(({ parentCode }) => parentCode !== null && !known.has(parentCode));
    if (orphans.length === 0) break;
    for (const { line } of orphans) {
      refuse(
        line,
        faultIn(
          'parent_code',
          'PARENT_UNKNOWN',
          'Unit induk tidak ada',
          'Perbaiki kode induk, atau tambahkan unit induknya.',
        ),
      );
    }
    good = good.filter((row) => !orphans.includes(row));
  }
  const parentOf = new Map([
    ...stored,
    ...good.map(({ code, parentCode }): [string, string | null] => [code, parentCode]),
  ]);
  const circles = good.filter(({ code }) => isBelowItself(code, parentOf));
  for (const { line } of circles) {
    refuse(
      line,
      faultIn('parent_code', 'PARENT_CIRCLE', 'Unit berada di bawah dirinya sendiri', 'Perbaiki kode induk.'),
    );
  }
  return good.filter((row) => !circles.includes(row));
}

function isBelowItself(code: string, parentOf: ReadonlyMap<string, string | null>): boolean {
  const passed = new Set<string>();
  for (let at = parentOf.get(code) ?? null; at !== null && !passed.has(at); at = parentOf.get(at) ?? null) {
    if (at === code) return true;
    passed.add(at);
  }
  // A unit below a circle is no part of it, but has no root either.
  return (
    passed.size > 0 && [...passed].some((at) => passed.has(parentOf.get(at) ?? '') && isCircle(at, parentOf))
  );
}

function isCircle(code: string, parentOf: ReadonlyMap<string, string | null>): boolean {
  let at = parentOf.get(code) ?? null;
  for (let steps = 0; at !== null && steps <= parentOf.size; steps++) {
    if (at === code) return true;
    at = parentOf.get(at) ?? null;
  }
  return false;
}

function faultIn(field: string, code: string, reason: string, remedy: string): Fault {
  return { field, code, reason, remedy };
}
