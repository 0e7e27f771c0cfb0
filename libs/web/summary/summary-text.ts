import type { SummaryView } from '#libs/contracts';

/** Where its draft is kept. */
export const SUMMARY_PLACE = 'ringkasan';

const LETTERS = 240;
const LINES = 4;

/** Whether a summary would push the discussion out of sight. */
export function isLong(text: string): boolean {
  return text.length > LETTERS || text.split('\n').length > LINES;
}

/** What somebody else wrote over the version that a text was begun from. */
export interface OtherVersion {
  version: number;
  body: string;
  by: string;
}

/**
 * The version to compare with, or `null` when there is none: the newest that is known, from the room or from a refusal,
 * if the text was begun from an earlier one and says something else.
 */
export function otherVersion(
  text: string,
  base: number,
  shown: SummaryView | null,
  refused: OtherVersion | null,
): OtherVersion | null {
  const known = shown && { version: shown.version, body: shown.body, by: shown.by.name };
  const newest = refused && (!known || refused.version > known.version) ? refused : known;
  return newest && newest.version > base && newest.body !== text.trim() ? newest : null;
}
