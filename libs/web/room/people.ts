import type { MemberView } from '#libs/contracts';

/** Two letters for a small round mark: `Dr. Ir. H. Dedi Kurniawan, S.T.` is `DK`. Titles end in a dot or follow a comma. */
export function initials(name: string): string {
  const words = (name.split(',')[0] ?? '').split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const proper = words.filter((word) => !word.endsWith('.'));
  const used = proper.length > 0 ? proper : words;
  const first = used[0] ?? '';
  const last = used.length > 1 ? (used.at(-1) ?? '') : '';
  return `${letter(first)}${letter(last)}`.toLocaleUpperCase('id-ID');
}

function letter(word: string): string {
  return [...word][0] ?? '';
}

export interface Presence {
  count: number;
  /** Whether the reader is among them; one person then means "only you". */
  includesReader: boolean;
  /** Up to five with a mark of their own. */
  shown: { id: string; name: string; initials: string }[];
  more: number;
}

const SHOWN = 5;

/** Who is in the room, for the header. `null` while that is not known: then nothing is claimed. */
export function presence(
  people: readonly string[] | null,
  members: readonly MemberView[],
  reader: { id: string; name: string },
): Presence | null {
  if (people === null || people.length === 0) return null;
  const names = new Map(members.map(({ person }) => [person.id, person.name]));
  names.set(reader.id, reader.name);
  // Leaders who look in are counted but carry no name here: the room knows its members only.
  const known = [...new Set(people)].flatMap((id) => {
    const name = names.get(id);
    return name === undefined ? [] : [{ id, name, initials: initials(name) }];
  });
  const count = new Set(people).size;
  const shown = known.slice(0, SHOWN);
  return { count, includesReader: people.includes(reader.id), shown, more: count - shown.length };
}
