import { dayOf, isDay, type Day } from '#libs/contracts';
import type { Fault } from './report.js';

/** Digits of a NIP as it may be typed or printed: without blanks and a spreadsheet's text mark. Always text. */
export function cleanNip(text: string): string {
  return text.replaceAll(/[\s\u00A0\u200B]/g, '').replace(/^'/, '');
}

const OLDEST_START = 60;
const USUAL_START = 35;

/**
 * What is wrong with a NIP, in the order the checks are agreed on. Eighteen digits: birth date, year and month of the
 * appointment (PNS) or year and contract code 21–29 (PPPK), sex, number. There is no check digit.
 * @param pppk what the grade says, for the reason given when the month is neither
 */
export function nipFault(nip: string, today: Day = dayOf(new Date()), pppk = false): Fault | null {
  if (nip === '') return fault('NIP_EMPTY', 'NIP kosong', 'Isi NIP 18 angka.');
  if (/^\d([.,]\d+)?e\+?\d+$/i.test(nip)) {
    return fault(
      'NIP_SCIENTIFIC',
      'NIP berubah menjadi notasi ilmiah, angkanya hilang',
      'Ambil lagi NIP dari sumbernya; atur kolom NIP sebagai Teks sebelum menempel.',
    );
  }
  if (!/^[0-9]+$/.test(nip)) {
    return fault(
      'NIP_NOT_NUMERIC',
      'NIP memuat tanda yang bukan angka',
      'Periksa huruf O dan I yang mirip 0 dan 1.',
    );
  }
  if (nip.length !== 18) {
    return fault(
      'NIP_LENGTH',
      `NIP berisi ${nip.length} angka, seharusnya 18`,
      'Lengkapi atau perbaiki NIP.',
    );
  }
  const birth = `${nip.slice(0, 4)}-${nip.slice(4, 6)}-${nip.slice(6, 8)}`;
  if (!isDay(birth) || birth > today) {
    return fault('NIP_BIRTH_DATE', 'Angka 1–8 NIP bukan tanggal lahir yang benar', 'Cocokkan NIP dengan SK.');
  }
  const start = startOf(nip);
  if (!start) {
    return pppk
      ? fault(
          'NIP_PPPK_CODE',
          'Angka 13–14 NIP bukan kode kontrak PPPK (21–29)',
          'Cocokkan nomor induk dengan SK.',
        )
      : fault(
          'NIP_CPNS_MONTH',
          'Angka 13–14 NIP bukan bulan pengangkatan (01–12; PPPK 21–29)',
          'Cocokkan NIP dengan SK.',
        );
  }
  if (start.first > today) {
    return fault('NIP_CPNS_FUTURE', 'Pengangkatan menurut NIP belum terjadi', 'Cocokkan NIP dengan SK.');
  }
  if (!/[12]/.test(nip.charAt(14))) {
    return fault('NIP_SEX_DIGIT', 'Angka ke-15 NIP harus 1 atau 2', 'Cocokkan NIP dengan SK.');
  }
  if (nip.endsWith('000')) {
    return fault('NIP_SEQUENCE', 'Nomor urut NIP 000, seharusnya mulai 001', 'Cocokkan NIP dengan SK.');
  }
  const age = yearsBetween(birth, start.last);
  if (age < 18 || age > OLDEST_START) {
    return fault(
      'NIP_AGE_AT_CPNS',
      `Umur saat pengangkatan menurut NIP ${age} tahun`,
      'Cocokkan NIP dengan SK.',
    );
  }
  return null;
}

/** An accepted NIP that is rare: honorary staff were appointed up to 46. */
export function nipWarning(nip: string): Fault | null {
  const start = startOf(nip);
  const birth = `${nip.slice(0, 4)}-${nip.slice(4, 6)}-${nip.slice(6, 8)}`;
  if (!start || start.pppk || yearsBetween(birth, start.last) <= USUAL_START) return null;
  return fault(
    'NIP_AGE_UNUSUAL',
    'Umur saat pengangkatan menurut NIP di atas 35 tahun',
    'Periksa bila bukan dari tenaga honorer.',
  );
}

/** Whether the number is a PPPK's. */
export function isPppk(nip: string): boolean {
  return startOf(nip)?.pppk ?? false;
}

/** First and last day the appointment may have been on: a PPPK's number tells the year only. */
function startOf(nip: string): { first: Day; last: Day; pppk: boolean } | null {
  const year = nip.slice(8, 12);
  const code = Number(nip.slice(12, 14));
  if (code >= 21 && code <= 29) return { first: `${year}-01-01`, last: `${year}-12-31`, pppk: true };
  if (code < 1 || code > 12) return null;
  const day = `${year}-${nip.slice(12, 14)}-01`;
  return { first: day, last: day, pppk: false };
}

function yearsBetween(birth: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}

function fault(code: string, reason: string, remedy: string): Fault {
  return { field: 'nip', code, reason, remedy };
}
