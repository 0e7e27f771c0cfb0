import { isDay, type Day, type PositionMode } from '#libs/contracts';
import { normalName, splitName, type NameParts } from '../person-name.js';
import { cleanText, textFault } from './cell.js';
import { cleanGrade, isPppkGrade, judgeGrade, positionKindOf } from './grades.js';
import { cleanNip, isPppk, nipFault, nipWarning } from './nip.js';
import type { PersonCells } from './people.importer.js';
import type { Fault } from './report.js';

/** A row whose number and name are sound. What is wrong further on waits until the number was compared with others. */
export interface PersonCandidate extends NameParts {
  line: number;
  nip: string;
  normalName: string;
  opdCode: string;
  title: string;
  positionKind: string;
  grade: string | null;
  mode: PositionMode;
  email: string | null;
  validFrom: Day | null;
  /** Reported only when the number and the unit are in order, as the agreed order of checks asks. */
  later: { position: Fault | null; email: Fault | null };
  warnings: Fault[];
}

const EMAIL = /^[^\s@",;<>]+@[^\s@",;<>.]+(\.[^\s@",;<>.]+)+$/;
const ACTING = /^(plt|plh)\.?\s+/i;

/** Reads a row as far as it can be judged by itself. */
export function readPerson(line: number, cells: PersonCells, today: Day): PersonCandidate | Fault {
  const nip = cleanNip(cells.nip);
  const grade = cleanGrade(cells.grade);
  const fullName = cleanText(cells.name_with_titles);
  const name = splitName(fullName);
  const fault =
    nipFault(nip, today, isPppkGrade(grade)) ??
    textFault(fullName, { field: 'name_with_titles', label: 'Nama', code: 'NAME', max: 200 }) ??
    (/\p{L}/u.test(name.name) ? null : NO_NAME);
  if (fault) return fault;

  const written = cleanText(cells.position);
  const acting = ACTING.exec(written)?.[1]?.toUpperCase();
  const mode: PositionMode = acting === 'PLT' ? 'PLT' : acting === 'PLH' ? 'PLH' : 'DEFINITIVE';
  const title = written.replace(ACTING, '');
  const kind = positionKindOf(cells.position_kind);
  const email = cleanText(cells.email).toLowerCase();
  const judged = positionFaults(title, kind, grade, mode, isPppk(nip), cells.valid_from);
  return {
    line,
    nip,
    ...name,
    normalName: normalName(name.name),
    opdCode: cells.opd_code.trim().toUpperCase(),
    title,
    positionKind: kind ?? '',
    grade: grade || null,
    mode,
    email: email || null,
    validFrom: cells.valid_from || null,
    later: { position: judged.fault, email: email === '' || isEmail(email) ? null : BAD_EMAIL },
    warnings: [nipWarning(nip), judged.warning].filter((warning) => warning !== null),
  };
}

function positionFaults(
  title: string,
  kind: string | null,
  grade: string,
  mode: PositionMode,
  pppk: boolean,
  validFrom: string,
): { fault: Fault | null; warning: Fault | null } {
  const fault =
    textFault(title, { field: 'position', label: 'Jabatan', code: 'POSITION', max: 300 }) ??
    (kind === null ? NO_KIND : null) ??
    (validFrom !== '' && !isDay(validFrom) ? BAD_DAY : null);
  if (fault || kind === null) return { fault, warning: null };
  // Whoever stands in for a post keeps the grade of the own one.
  if (mode !== 'DEFINITIVE') return { fault: null, warning: null };
  return judgeGrade(grade, kind, title, pppk);
}

export function isEmail(email: string): boolean {
  return email.length <= 254 && EMAIL.test(email);
}

const NO_NAME: Fault = {
  field: 'name_with_titles',
  code: 'NAME_EMPTY',
  reason: 'Nama tidak memuat huruf',
  remedy: 'Isi nama.',
};
const NO_KIND: Fault = {
  field: 'position_kind',
  code: 'POSITION_KIND_UNKNOWN',
  reason: 'Jenis jabatan tidak dikenal',
  remedy: 'Isi salah satu: jpt_pratama, administrator, pengawas, fungsional, pelaksana.',
};
export const BAD_DAY: Fault = {
  field: 'valid_from',
  code: 'DATE_FORMAT',
  reason: 'TMT jabatan bukan tanggal yang benar',
  remedy: 'Tulis tahun-bulan-tanggal, misalnya 2026-01-31, atau kosongkan.',
};
export const BAD_EMAIL: Fault = {
  field: 'email',
  code: 'EMAIL_FORMAT',
  reason: 'Alamat surel tidak benar',
  remedy: 'Tulis seperti nama@jambikota.go.id, atau kosongkan.',
};
