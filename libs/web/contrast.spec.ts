import { readdirSync, readFileSync } from 'node:fs';
import { THEME_TOKENS } from '#libs/content';

type Tokens = Readonly<Record<string, string>>;

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(tokens: Tokens, a: string, b: string): number {
  const [dark = 0, light = 0] = [a, b].map((name) => luminance(tokens[name] ?? '')).sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const root = new URL('.', import.meta.url);
const css = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.css') && path !== 'tokens.css')
  .map((path) => readFileSync(new URL(path, root), 'utf8'))
  .join('\n');

/** The innermost blocks of the stylesheets, as what they set to a token. */
const blocks = [...css.matchAll(/\{([^{}]*)\}/g)].map(([, block = '']) => {
  const token = (property: string) =>
    new RegExp(`(?:^|[;\\s])${property}:[^;]*var\\(--([\\w-]+)\\)`).exec(block)?.[1];
  return { ink: token('color'), ground: token('background(?:-color)?'), line: token('border(?:-color)?') };
});

/** What most things stand on, when the rule of the letters says nothing of it. */
const GROUNDS = ['paper', 'surface'];
/** Letters that stand only on a ground which their own part gives them. */
const ELSEWHERE = new Set(['on-primary', 'paper']);

function pairs(): [string, string][] {
  const found = new Map<string, [string, string]>();
  for (const { ink, ground } of blocks) {
    if (ink === undefined && ground === undefined) continue;
    const inks = ink === undefined ? ['text'] : [ink];
    const grounds = ground !== undefined ? [ground] : ELSEWHERE.has(inks[0] ?? '') ? [] : GROUNDS;
    // A ground that only fills a line or a bar carries no words.
    if (ink === undefined && ground !== undefined && /^(line|primary|accent|tone-\w+|focus.*)$/.test(ground))
      continue;
    for (const one of inks) for (const other of grounds) found.set(`${one} ${other}`, [one, other]);
  }
  // The tick of a box that is still empty: it is there to be seen once the box is filled.
  found.delete('on-primary surface');
  for (const one of ['text', 'muted', 'primary']) found.set(`${one} sunken`, [one, 'sunken']);
  return [...found.values()];
}

const inUse = pairs();

it('finds the pairs in the stylesheets', () => {
  expect(inUse).toContainEqual(['on-primary', 'primary']);
  expect(inUse).toContainEqual(['tone-trouble', 'tone-trouble-soft']);
  expect(inUse.length).toBeGreaterThan(30);
});

describe.each(Object.entries(THEME_TOKENS))('in %s', (theme, tokens) => {
  const high = theme.endsWith('contrast');

  it.each(inUse)('%s can be read on %s', (ink, ground) => {
    expect(contrast(tokens, ink, ground)).toBeGreaterThanOrEqual(high ? 7 : 4.5);
  });

  const lines = high
    ? ['line', 'line-strong', 'tone-trouble', 'primary']
    : ['line-strong', 'tone-trouble', 'primary'];
  it.each(lines.flatMap((line) => GROUNDS.map((ground) => [line, ground] as const)))(
    'a border of %s is seen on %s',
    (line, ground) => {
      expect(contrast(tokens, line, ground)).toBeGreaterThanOrEqual(3);
    },
  );

  it.each(['paper', 'surface', 'sunken', 'primary-soft'])('the focus is seen on %s', (ground) => {
    const rings = [contrast(tokens, 'focus', ground), contrast(tokens, 'focus-outer', ground)];
    expect(Math.max(...rings)).toBeGreaterThanOrEqual(3);
  });
});
