/** A name in its parts, as it is stored. */
export interface NameParts {
  frontTitles: string;
  name: string;
  backTitles: string;
}

/** `Dr. Ir. H. Nama Lengkap, S.T., M.Si.` */
export function composeName({ frontTitles, name, backTitles }: NameParts): string {
  const front = frontTitles ? `${frontTitles} ${name}` : name;
  return backTitles ? `${front}, ${backTitles}` : front;
}

// Only titles that are always written with a full stop, so that no name is ever taken for one.
const FRONT = /^(?:prof|dr|drg|drh|drs|dra|ir|hj|h|k\.\s?h|apt|ns)\.\s*/i;

/**
 * Takes titles off a name, carefully: known ones in front, and what follows the first comma. Whatever is not surely
 * a title stays in the name.
 */
export function splitName(text: string): NameParts {
  const clean = text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  const comma = clean.indexOf(',');
  let name = comma < 0 ? clean : clean.slice(0, comma).trim();
  const backTitles =
    comma < 0
      ? ''
      : clean
          .slice(comma + 1)
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean)
          .join(', ');
  const front: string[] = [];
  for (;;) {
    const found = FRONT.exec(name)?.[0];
    if (!found || found.length === name.length) break;
    front.push(found.trim());
    name = name.slice(found.length);
  }
  return { frontTitles: front.join(' '), name, backTitles };
}

/** One form for comparing and searching names: no case, accents, apostrophes, hyphens or full stops. */
export function normalName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’‘`ʼ´.]/gu, '')
    .replaceAll(/[-‐‑–]/g, ' ')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .trim();
}
