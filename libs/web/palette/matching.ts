import { folded } from '../tasks/task-filter.js';

export interface Searched {
  label: string;
  /** Also searched, but less than the label. */
  note?: string;
}

const LEAST_STEM = 4;
const NOTE_COST = 2;

/** Those that have every word of the query, best first; all of them, in their order, without a query. */
export function rank<T extends Searched>(entries: readonly T[], query: string): T[] {
  const sought = wordsOf(query);
  if (sought.length === 0) return [...entries];
  return entries
    .map((entry) => ({ entry, cost: cost(entry, sought) }))
    .filter(({ cost: sum }) => sum !== Infinity)
    .sort((a, b) => a.cost - b.cost)
    .map(({ entry }) => entry);
}

function cost({ label, note }: Searched, sought: readonly string[]): number {
  const first = wordsOf(label);
  const second = note === undefined ? [] : wordsOf(note);
  return sought.reduce((sum, word) => sum + Math.min(best(word, first), best(word, second) + NOTE_COST), 0);
}

function best(word: string, among: readonly string[]): number {
  return among.reduce((least, other) => Math.min(least, distance(word, other)), Infinity);
}

/** How far a word that was typed is from one that stands there; forgives what hurried hands and affixes do. */
function distance(word: string, other: string): number {
  if (word === other) return 0;
  if (other.startsWith(word)) return 1;
  if (other.includes(word)) return 2;
  if (stems(word).some((stem) => other.includes(stem))) return 3;
  // A number that is nearly another one is another one.
  const forgiven = word.length >= LEAST_STEM && !/\d/.test(word);
  if (forgiven && [-1, 0, 1].some((more) => isOneSlip(word, other.slice(0, word.length + more)))) return 4;
  return Infinity;
}

function wordsOf(text: string): string[] {
  return folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

const HEADS = [/^(me|di|pe|be|te|ke|se)/, /^(men|mem|mer|pen|pem|per|ber|ter)/, /^(meng|meny|peng|peny)/];

/**
 * What may be left of an Indonesian word without its affixes, and of a root whose first letter an affix swallows:
 * `menganggarkan` has `anggar`, and `tutup` is in `penutupan` as `utup`.
 */
function stems(word: string): string[] {
  const heads = [word, word.replace(/^[ktsp]/, ''), ...HEADS.map((head) => word.replace(head, ''))];
  const all = heads.flatMap((head) => [head, head.replace(/(kan|nya|an|i)$/, '')]);
  return [...new Set(all)].filter((stem) => stem !== word && stem.length >= LEAST_STEM);
}

/** One letter more, less, other, or two that changed places. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
