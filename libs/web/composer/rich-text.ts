import { linkPieces } from './links.js';

/** A piece of a line: plain text, or with one dress. */
export type Span =
  | { kind: 'text'; text: string }
  | { kind: 'bold'; spans: Span[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'mention'; text: string };

export type Block =
  | { kind: 'paragraph'; spans: Span[] }
  | { kind: 'quote'; spans: Span[] }
  | { kind: 'list'; ordered: boolean; items: Span[][] }
  | { kind: 'code'; text: string };

const FENCE = /^```/;
const QUOTE = /^> ?/;
const ITEM = /^[-*] +(?=\S)/;
const NUMBERED = /^\d{1,3}[.)] +(?=\S)/;

/**
 * A small part of Markdown: bold, code, lists, quotes and `https:` links. What is not that stays the text it is; there
 * is no way to write markup, pictures or other addresses.
 *
 * @param labels what is mentioned, marked where the text has an `@` before it
 */
export function blocksOf(text: string, labels: readonly string[] = []): Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  const spans = (part: string) => spansOf(part, labels);
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    const closing = FENCE.test(line) ? lines.findIndex((other, i) => i > at && FENCE.test(other)) : -1;
    if (closing > at) {
      blocks.push({ kind: 'code', text: lines.slice(at + 1, closing).join('\n') });
      at = closing + 1;
      continue;
    }
    const mark = [QUOTE, ITEM, NUMBERED].find((each) => each.test(line));
    const end = runEnd(lines, at, mark);
    const run = lines.slice(at, end);
    if (mark === QUOTE) {
      blocks.push({ kind: 'quote', spans: spans(run.map((each) => each.replace(QUOTE, '')).join('\n')) });
    } else if (mark) {
      const items = run.map((each) => spans(each.replace(mark, '')));
      blocks.push({ kind: 'list', ordered: mark === NUMBERED, items });
    } else {
      const paragraph = run.join('\n').replace(/^\n+|\n+$/g, '');
      if (paragraph !== '') blocks.push({ kind: 'paragraph', spans: spans(paragraph) });
    }
    at = end;
  }
  return blocks;
}

/** Where the lines end that belong together: all with the same mark, or all with none. */
function runEnd(lines: readonly string[], from: number, mark: RegExp | undefined): number {
  let end = from + 1;
  for (; end < lines.length; end++) {
    const line = lines[end] ?? '';
    const same = mark ? mark.test(line) : ![QUOTE, ITEM, NUMBERED, FENCE].some((each) => each.test(line));
    if (!same) break;
  }
  return end;
}

const DRESS = /`([^`\n]+)`|\*\*([^\s*](?:[^*\n]*[^\s*])?)\*\*/g;

function spansOf(text: string, labels: readonly string[]): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(DRESS)) {
    spans.push(...plain(text.slice(from, match.index), labels));
    const [whole, code, bold] = match;
    if (code !== undefined) spans.push({ kind: 'code', text: code });
    else spans.push({ kind: 'bold', spans: plain(bold ?? '', labels) });
    from = match.index + whole.length;
  }
  spans.push(...plain(text.slice(from), labels));
  return spans;
}

function plain(text: string, labels: readonly string[]): Span[] {
  return linkPieces(text).flatMap((piece): Span[] =>
    piece.href === undefined
      ? mentionSpans(piece.text, labels)
      : [{ kind: 'link', text: piece.text, href: piece.href }],
  );
}

function mentionSpans(text: string, labels: readonly string[]): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const label = longest(labels.filter((each) => isMentionAt(text, at, each)));
    if (label === undefined) continue;
    if (at > from) spans.push({ kind: 'text', text: text.slice(from, at) });
    from = at + 1 + label.length;
    spans.push({ kind: 'mention', text: text.slice(at, from) });
    at = from - 1;
  }
  if (from < text.length) spans.push({ kind: 'text', text: text.slice(from) });
  return spans;
}

/** Whether the `@` at this place calls on what is called `label`, and not on something longer. */
export function isMentionAt(text: string, at: number, label: string): boolean {
  const end = at + 1 + label.length;
  return label !== '' && text.slice(at + 1, end) === label && !/[\p{L}\p{N}]/u.test(text.charAt(end));
}

function longest(labels: readonly string[]): string | undefined {
  return [...labels].sort((a, b) => b.length - a.length)[0];
}
