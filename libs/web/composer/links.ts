/** A piece of text as it is shown: plain, or with an address to open. */
export interface TextPiece {
  text: string;
  href?: string;
}

const ADDRESS = /https:\/\/[^\s<>"“”]+/gi;
const TRAILING = ".,;:!?'’…";
/** Longer ones are no address that somebody means to open. */
const LONGEST = 2_000;

/** Finds `https:` addresses in a text. Other schemes, and addresses that hide a user name before the host, stay text. */
export function linkPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const shown = trimmed(match[0]);
    const href = shown.length > LONGEST ? null : safeAddress(shown);
    if (!href) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ text: shown, href });
    from = match.index + shown.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

// A sentence's own full stop or bracket does not belong to the address in it.
function trimmed(address: string): string {
  let surplus = count(address, ')') - count(address, '(');
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    if (TRAILING.includes(last)) continue;
    if (last !== ')' || surplus <= 0) break;
    surplus--;
  }
  return address.slice(0, end);
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

function safeAddress(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // Not an address after all; URL.canParse is younger than the oldest browser we serve.
    return null;
  }
  return url.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname.includes('.')
    ? url.href
    : null;
}
