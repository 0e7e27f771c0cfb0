/** Design tokens: one source for the client's `tokens.css` and the inline stylesheet of the citizens' pages. */
const STEADY = {
  'radius-small': '6px',
  radius: '10px',
  'radius-card': '14px',
  'radius-pill': '999px',
  s1: '4px',
  s2: '8px',
  s3: '12px',
  s4: '16px',
  s5: '24px',
  s6: '32px',
  s7: '48px',
  s8: '64px',
  'raise-1': '0 1px 2px rgb(27 35 38 / 0.08)',
  'raise-2': '0 6px 24px rgb(27 35 38 / 0.16)',
  fast: '120ms',
  medium: '200ms',
  ease: 'cubic-bezier(0.2, 0.7, 0.3, 1)',
  touch: '48px',
  measure: '68ch',
} as const;

const LIGHT = {
  paper: '#f7f5f0',
  surface: '#ffffff',
  sunken: '#eeebe3',
  text: '#1b2326',
  muted: '#4d595e',
  line: '#d8d3c7',
  'line-strong': '#7b837f',
  primary: '#0b5a5e',
  'primary-strong': '#084347',
  'primary-soft': '#e0f0ef',
  'on-primary': '#ffffff',
  accent: '#a3432a',
  'accent-soft': '#fbeae4',
  focus: '#1b2326',
  'focus-outer': '#f2b705',
  'tone-neutral': '#4a5560',
  'tone-neutral-soft': '#edeff0',
  'tone-running': '#0a559f',
  'tone-running-soft': '#e3effb',
  'tone-decision': '#5f3a99',
  'tone-decision-soft': '#efe8fa',
  'tone-attention': '#7a4a00',
  'tone-attention-soft': '#fff0cf',
  'tone-trouble': '#a3260f',
  'tone-trouble-soft': '#fde7e1',
  'tone-good': '#0a6647',
  'tone-good-soft': '#dff3ea',
  'tone-quiet': '#55504a',
  'tone-quiet-soft': '#f0eeeb',
  /** Around what is otherwise told apart by its ground alone. */
  edge: 'transparent',
} as const;

const DARK: Partial<Record<keyof typeof LIGHT, string>> = {
  paper: '#12191b',
  surface: '#1a2326',
  sunken: '#0d1315',
  text: '#ecefec',
  muted: '#a9b5b5',
  line: '#2f3b3e',
  'line-strong': '#75858a',
  primary: '#6fc7c3',
  'primary-strong': '#9addd9',
  'primary-soft': '#143a3c',
  'on-primary': '#12191b',
  accent: '#f0997f',
  'accent-soft': '#3f2018',
  focus: '#ecefec',
  'tone-neutral': '#b8c3c8',
  'tone-neutral-soft': '#262f33',
  'tone-running': '#8fc2f5',
  'tone-running-soft': '#12293f',
  'tone-decision': '#c9b0f2',
  'tone-decision-soft': '#2a1e42',
  'tone-attention': '#f2c261',
  'tone-attention-soft': '#382806',
  'tone-trouble': '#ff9c85',
  'tone-trouble-soft': '#42170f',
  'tone-good': '#77d3ac',
  'tone-good-soft': '#0f3325',
  'tone-quiet': '#b9b3aa',
  'tone-quiet-soft': '#2a2825',
};

/** High contrast: 7:1 for what is read, 3:1 for every line. */
const LIGHT_CONTRAST: Partial<Record<keyof typeof LIGHT, string>> = {
  paper: '#ffffff',
  surface: '#ffffff',
  sunken: '#f0f0ee',
  text: '#000000',
  muted: '#2b3337',
  line: '#5c6468',
  'line-strong': '#1b2326',
  primary: '#053f43',
  'primary-strong': '#022a2d',
  'primary-soft': '#e0f0ef',
  'on-primary': '#ffffff',
  accent: '#7a2411',
  'accent-soft': '#fbeae4',
  focus: '#000000',
  'tone-neutral': '#2f373e',
  'tone-neutral-soft': '#edeff0',
  'tone-running': '#073d74',
  'tone-running-soft': '#e3effb',
  'tone-decision': '#45277a',
  'tone-decision-soft': '#efe8fa',
  'tone-attention': '#573400',
  'tone-attention-soft': '#fff0cf',
  'tone-trouble': '#7d1906',
  'tone-trouble-soft': '#fde7e1',
  'tone-good': '#064530',
  'tone-good-soft': '#dff3ea',
  'tone-quiet': '#3a3631',
  'tone-quiet-soft': '#f0eeeb',
  edge: 'currentcolor',
};

const DARK_CONTRAST: Partial<Record<keyof typeof LIGHT, string>> = {
  paper: '#000000',
  surface: '#000000',
  sunken: '#161a1c',
  text: '#ffffff',
  muted: '#d5dcdc',
  line: '#8a979b',
  'line-strong': '#c7d1d4',
  primary: '#86e3de',
  'primary-strong': '#b8f3f0',
  'primary-soft': '#06292b',
  'on-primary': '#000000',
  accent: '#ffb8a3',
  'accent-soft': '#331108',
  focus: '#ffffff',
  'tone-neutral': '#d3dbdf',
  'tone-neutral-soft': '#1c2326',
  'tone-running': '#b3d8fb',
  'tone-running-soft': '#0b1d2f',
  'tone-decision': '#dccbf8',
  'tone-decision-soft': '#1f1533',
  'tone-attention': '#f9d68b',
  'tone-attention-soft': '#271b03',
  'tone-trouble': '#ffbdad',
  'tone-trouble-soft': '#2f0f09',
  'tone-good': '#a0e6c8',
  'tone-good-soft': '#0a2419',
  'tone-quiet': '#d5d0c8',
  'tone-quiet-soft': '#1f1d1b',
  edge: 'currentcolor',
};

function declarations(tokens: Record<string, string>, indent: string): string {
  return Object.entries(tokens)
    .map(([name, value]) => `${indent}--${name}: ${value};\n`)
    .join('');
}

/** The tokens of each theme whole, for whoever measures them. */
export const THEME_TOKENS: Record<
  'light' | 'dark' | 'light-contrast' | 'dark-contrast',
  Record<keyof typeof LIGHT, string>
> = {
  light: LIGHT,
  dark: { ...LIGHT, ...DARK },
  'light-contrast': { ...LIGHT, ...LIGHT_CONTRAST },
  'dark-contrast': { ...LIGHT, ...DARK_CONTRAST },
};

function rule(
  selector: string,
  tokens: Record<string, string>,
  scheme: 'light' | 'dark',
  media = '',
): string {
  const indent = media ? '  ' : '';
  const text =
    `${indent}${selector} {\n${indent}  color-scheme: ${scheme};\n` +
    `${declarations(tokens, `${indent}  `)}${indent}}\n`;
  return media ? `@media ${media} {\n${text}}\n` : text;
}

/**
 * The tokens as a stylesheet: light, dark and high contrast by the device's wishes, and each of them by `data-theme` on
 * the root element. High contrast is light or dark as the device is.
 */
export function tokensCss(): string {
  const dark = '(prefers-color-scheme: dark)';
  const more = '(prefers-contrast: more)';
  return [
    rule(':root', { ...STEADY, ...LIGHT }, 'light'),
    rule(":root:not([data-theme='light'])", DARK, 'dark', dark),
    rule(':root:not([data-theme])', LIGHT_CONTRAST, 'light', more),
    rule(':root:not([data-theme])', DARK_CONTRAST, 'dark', `${more} and ${dark}`),
    rule(":root[data-theme='dark']", DARK, 'dark'),
    rule(":root[data-theme='contrast']", LIGHT_CONTRAST, 'light'),
    rule(":root[data-theme='contrast']", DARK_CONTRAST, 'dark', dark),
  ].join('\n');
}
