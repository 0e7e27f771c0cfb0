import { recall, remember } from './device-memory.js';

export const THEMES = ['device', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The theme this device was told to use; `device` follows the operating system. */
export function currentTheme(): Theme {
  const kept = recall('theme');
  return THEMES.find((theme) => theme === kept) ?? 'device';
}

/** Dresses the page, and remembers it on this device. */
export function setTheme(theme: Theme): void {
  remember('theme', theme);
  applyTheme(theme);
}

/** Dresses the page; called before the first render. */
export function applyTheme(theme: Theme): void {
  if (theme === 'device') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
