import type { Fault } from './report.js';

/** Kinds of post a staff file may give, with the words files use for them. */
export const POSITION_KINDS: Readonly<Record<string, readonly string[]>> = {
  jpt_pratama: ['jptpratama', 'jabatanpimpinantinggipratama', 'jpt', 'pimpinantinggipratama'],
  administrator: ['administrator', 'jabatanadministrator'],
  pengawas: ['pengawas', 'jabatanpengawas'],
  fungsional: ['fungsional', 'jabatanfungsional', 'jf'],
  pelaksana: ['pelaksana', 'jabatanpelaksana'],
};

/** The kind of post a word means, or null. */
export function positionKindOf(text: string): string | null {
  const plain = text.toLowerCase().replaceAll(/[^a-z]+/g, '');
  return Object.entries(POSITION_KINDS).find(([, words]) => words.includes(plain))?.[0] ?? null;
}

const PNS = ['I', 'II', 'III', 'IV'].flatMap((rank) =>
  ['a', 'b', 'c', 'd', ...(rank === 'IV' ? ['e'] : [])].map((step) => `${rank}/${step}`),
);
const PPPK = [
  'I',
  'II',
  'III',
  'IV',
  'V',
  'VI',
  'VII',
  'VIII',
  'IX',
  'X',
  'XI',
  'XII',
  'XIII',
  'XIV',
  'XV',
  'XVI',
  'XVII',
];

interface GradeRange {
  usual: readonly [string, string];
  /** Held in fact by some, from before today's rules or by long service; outside it the row is refused. */
  possible: readonly [string, string];
}

// Usual ranges as in the field's reference; possible ones are an assumption, to be confirmed by BKPSDMD.
const RANGES: Readonly<Record<string, GradeRange>> = {
  jpt_pratama: { usual: ['IV/b', 'IV/d'], possible: ['IV/a', 'IV/e'] },
  administrator: { usual: ['III/d', 'IV/b'], possible: ['III/c', 'IV/c'] },
  pengawas: { usual: ['III/c', 'III/d'], possible: ['III/a', 'IV/b'] },
  pelaksana: { usual: ['II/a', 'III/b'], possible: ['I/a', 'III/d'] },
};
const LEVELS: Readonly<Record<string, GradeRange>> = {
  'ahli pertama': { usual: ['III/a', 'III/b'], possible: ['III/a', 'III/d'] },
  'ahli muda': { usual: ['III/c', 'III/d'], possible: ['III/a', 'IV/b'] },
  'ahli madya': { usual: ['IV/a', 'IV/c'], possible: ['III/c', 'IV/d'] },
  'ahli utama': { usual: ['IV/d', 'IV/e'], possible: ['IV/c', 'IV/e'] },
  pemula: { usual: ['II/a', 'II/b'], possible: ['I/a', 'II/d'] },
  terampil: { usual: ['II/c', 'II/d'], possible: ['II/a', 'III/b'] },
  mahir: { usual: ['III/a', 'III/b'], possible: ['II/c', 'III/d'] },
  penyelia: { usual: ['III/c', 'III/d'], possible: ['III/a', 'III/d'] },
};

/** Whether the grade is written as a PPPK's: a Roman number without a letter. */
export function isPppkGrade(grade: string): boolean {
  return PPPK.includes(grade);
}

/** One way of writing a grade: `iii / A` is `III/a`. */
export function cleanGrade(text: string): string {
  const [rank = '', step] = text.replaceAll(/\s+/g, '').split('/');
  return step === undefined ? rank.toUpperCase() : `${rank.toUpperCase()}/${step.toLowerCase()}`;
}

export interface GradeVerdict {
  fault: Fault | null;
  warning: Fault | null;
}

/** Whether a grade can go with a post, and with the number being a PPPK's. */
export function judgeGrade(grade: string, kind: string, title: string, pppk: boolean): GradeVerdict {
  if (!PNS.includes(grade) && !PPPK.includes(grade)) {
    return refuse(`Golongan tidak dikenal`, 'Tulis I/a sampai IV/e untuk PNS, I sampai XVII untuk PPPK.');
  }
  if (pppk !== PPPK.includes(grade)) {
    return pppk
      ? refuse(
          'Nomor induk PPPK tidak bisa bergolongan PNS',
          'Isi golongan PPPK (I sampai XVII) atau perbaiki nomor induk.',
        )
      : refuse('NIP PNS tidak bisa bergolongan PPPK', 'Isi golongan PNS (misalnya III/a) atau perbaiki NIP.');
  }
  // A PPPK's grade follows the contract, not the kind of post.
  if (pppk) return { fault: null, warning: null };
  const range = kind === 'fungsional' ? levelOf(title) : RANGES[kind];
  if (!range) return { fault: null, warning: null };
  if (!within(grade, range.possible)) {
    return refuse(
      `Golongan ${grade} tidak cocok dengan jabatan ini (${range.usual.join(' sampai ')})`,
      'Perbaiki golongan, jenis jabatan, atau nama jabatan.',
    );
  }
  if (within(grade, range.usual)) return { fault: null, warning: null };
  return {
    fault: null,
    warning: {
      field: 'grade',
      code: 'GRADE_UNUSUAL',
      reason: `Golongan ${grade} jarang untuk jabatan ini (biasanya ${range.usual.join(' sampai ')})`,
      remedy: 'Periksa; data tetap dimasukkan.',
    },
  };
}

function levelOf(title: string): GradeRange | undefined {
  const lower = title.toLowerCase().trim();
  return Object.entries(LEVELS).find(([level]) => lower.endsWith(` ${level}`))?.[1];
}

function within(grade: string, [low, high]: readonly [string, string]): boolean {
  const rank = PNS.indexOf(grade);
  return rank >= PNS.indexOf(low) && rank <= PNS.indexOf(high);
}

function refuse(reason: string, remedy: string): GradeVerdict {
  return { fault: { field: 'grade', code: 'GRADE_MISMATCH', reason, remedy }, warning: null };
}
