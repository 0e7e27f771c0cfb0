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

function declarations(tokens: Record<string, string>, indent: string): string {
  return Object.entries(tokens)
    .map(([name, value]) => `${indent}--${name}: ${value};\n`)
    .join('');
}

/** The tokens as a stylesheet: light, dark by the device's wish, and either by `data-theme` on the root element. */
export function tokensCss(): string {
  return (
    `:root {\n  color-scheme: light;\n${declarations(STEADY, '  ')}${declarations(LIGHT, '  ')}}\n\n` +
    `@media (prefers-color-scheme: dark) {\n  :root:not([data-theme='light']) {\n    color-scheme: dark;\n${declarations(DARK, '    ')}  }\n}\n\n` +
    `:root[data-theme='dark'] {\n  color-scheme: dark;\n${declarations(DARK, '  ')}}\n`
  );
}
