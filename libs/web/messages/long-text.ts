const LETTERS = 900;
const LINES = 14;

/** The beginning of a text that is too long to show at once; `null` when it is short enough. */
export function shortened(text: string): string | null {
  const lines = text.split('\n', LINES + 1);
  const head = lines.length > LINES ? lines.slice(0, LINES).join('\n') : text;
  if (head.length === text.length && text.length <= LETTERS * 1.25) return null;
  if (head.length <= LETTERS) return `${head.trimEnd()} …`;
  const cut = head.slice(0, LETTERS);
  const blank = Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\n'));
  // A text without blanks is cut hard, but never through the middle of an emoji.
  const end = blank > LETTERS / 2 ? blank : LETTERS - (isHighSurrogate(cut.charCodeAt(LETTERS - 1)) ? 1 : 0);
  return `${cut.slice(0, end).trimEnd()} …`;
}

/** One line of a text, for a quote or an announcement. */
export function oneLine(text: string, max: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= max) return line;
  const end = isHighSurrogate(line.charCodeAt(max - 1)) ? max - 1 : max;
  return `${line.slice(0, end).trimEnd()}…`;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
