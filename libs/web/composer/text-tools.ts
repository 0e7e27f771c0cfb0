export type Tool = 'bold' | 'list' | 'link' | 'quote' | 'code';

/** A text and what is selected in it. */
export interface Selection {
  text: string;
  from: number;
  to: number;
}

/** The text with the marks of a tool around, or at the lines of, what is selected; used twice it is as before. */
export function applyTool(tool: Tool, { text, from, to }: Selection): Selection {
  switch (tool) {
    case 'bold':
      return wrapped({ text, from, to }, '**');
    case 'code':
      return wrapped({ text, from, to }, '`');
    case 'list':
      return prefixed({ text, from, to }, '- ');
    case 'quote':
      return prefixed({ text, from, to }, '> ');
    case 'link': {
      // Addresses are links by themselves: this begins one.
      const at = to;
      const gap = at > 0 && !/\s/.test(text.charAt(at - 1)) ? ' ' : '';
      const added = `${gap}https://`;
      const caret = at + added.length;
      return { text: text.slice(0, at) + added + text.slice(at), from: caret, to: caret };
    }
  }
}

function wrapped({ text, from, to }: Selection, mark: string): Selection {
  const { length } = mark;
  const inside = text.slice(from, to);
  if (text.slice(from - length, from) === mark && text.slice(to, to + length) === mark) {
    const bare = text.slice(0, from - length) + inside + text.slice(to + length);
    return { text: bare, from: from - length, to: to - length };
  }
  const dressed = text.slice(0, from) + mark + inside + mark + text.slice(to);
  return { text: dressed, from: from + length, to: to + length };
}

function prefixed({ text, from, to }: Selection, mark: string): Selection {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const lines = text.slice(start, to).split('\n');
  const bare = lines.every((line) => line.startsWith(mark));
  const changed = lines.map((line) => (bare ? line.slice(mark.length) : mark + line)).join('\n');
  const end = start + changed.length;
  const caret = from === to ? end : start;
  return { text: text.slice(0, start) + changed + text.slice(to), from: caret, to: end };
}
