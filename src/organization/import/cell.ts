import { textProblem } from '#libs/contracts';
import type { Fault } from './report.js';

const WORDS: Readonly<Record<string, [code: string, reason: string, remedy: string]>> = {
  required: ['EMPTY', 'kosong', 'Isi kolom ini.'],
  blank: ['EMPTY', 'kosong', 'Isi kolom ini.'],
  'too-long': ['TOO_LONG', 'terlalu panjang', 'Singkat isinya.'],
};
const ODD: [string, string, string] = [
  'CHARACTERS',
  'memuat karakter yang tidak diperbolehkan',
  'Ketik ulang isi sel, jangan salin dari aplikasi lain.',
];

/** What is wrong with a cell of plain words: `NAME_EMPTY`, `NAME_TOO_LONG`, `NAME_CHARACTERS` and so on. */
export function textFault(
  text: string,
  rule: { field: string; label: string; code: string; max: number },
): Fault | null {
  const problem = textProblem(text, { max: rule.max });
  if (!problem) return null;
  const [code, reason, remedy] = WORDS[problem.rule] ?? ODD;
  const limit = problem.limit ? ` (paling banyak ${problem.limit} huruf)` : '';
  return {
    field: rule.field,
    code: `${rule.code}_${code}`,
    reason: `${rule.label} ${reason}${limit}`,
    remedy,
  };
}

/** One blank between words, in one Unicode form. */
export function cleanText(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}
