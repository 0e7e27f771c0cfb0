/** One form for search: small letters, no accents, apostrophes gone, every other sign a blank. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}'’‘`ʼ]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const WORDS = 6;
const LETTERS = 40;

/** The first few words of what a citizen typed, ready for `to_tsquery`: letters and digits only. */
export function searchWords(typed: string): string[] {
  return fold(typed.slice(0, 400))
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, WORDS)
    .map((word) => word.slice(0, LETTERS));
}

/** The decorative part of an address. */
export function slugOf(title: string): string {
  const slug = fold(title)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return slug || 'pekerjaan';
}
