import { readFileSync } from 'node:fs';
import { tokensCss } from './tokens.js';

const colour = (css: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css)?.[1] ?? '';

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

it('the client’s stylesheet holds exactly these tokens', () => {
  expect(readFileSync(new URL('../web/tokens.css', import.meta.url), 'utf8')).toBe(tokensCss());
});

describe.each([
  ['light', tokensCss().split('@media')[0] ?? ''],
  ['dark', tokensCss().split("[data-theme='dark']")[1] ?? ''],
])('in %s', (_theme, css) => {
  it.each([
    ['text', 'paper'],
    ['text', 'surface'],
    ['muted', 'paper'],
    ['muted', 'surface'],
    ['muted', 'sunken'],
    ['primary', 'paper'],
    ['primary', 'surface'],
    ['primary', 'primary-soft'],
    ['on-primary', 'primary'],
    ['on-primary', 'primary-strong'],
    ['accent', 'paper'],
    ...['neutral', 'running', 'decision', 'attention', 'trouble', 'good', 'quiet'].map((tone) => [
      `tone-${tone}`,
      `tone-${tone}-soft`,
    ]),
    ['tone-trouble', 'surface'],
  ])('%s can be read on %s', (text, ground) => {
    expect(contrast(colour(css, text), colour(css, ground))).toBeGreaterThanOrEqual(4.5);
  });

  it('borders of fields can be seen', () => {
    expect(contrast(colour(css, 'line-strong'), colour(css, 'surface'))).toBeGreaterThanOrEqual(3);
  });
});
