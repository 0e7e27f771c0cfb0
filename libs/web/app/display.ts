import { useSyncExternalStore } from 'react';
import { onRemembered, recall, remember } from './device-memory.js';

/** What can be chosen for this device; the first of each is what holds without a choice. */
export const CHOICES = {
  /** `device` follows the operating system, high contrast included. */
  theme: ['device', 'light', 'dark', 'contrast'],
  text: ['normal', 'large', 'larger'],
  motion: ['device', 'reduce'],
  /** Whether single keys act; with Ctrl they always do (WCAG 2.1.4). */
  keys: ['on', 'off'],
} as const;

export type Display = { [K in keyof typeof CHOICES]: (typeof CHOICES)[K][number] };

/** Those that dress the page, as `data-…` on the root element. The script in index.html sets them before the first paint. */
export const DRESS = ['theme', 'text', 'motion'] as const;

const listeners = new Set<() => void>();
let current = kept();

function kept(): Display {
  const one = <V extends string>(key: keyof Display, choices: readonly [V, ...V[]]): V => {
    const value = recall(key);
    return choices.find((choice) => choice === value) ?? choices[0];
  };
  return {
    theme: one('theme', CHOICES.theme),
    text: one('text', CHOICES.text),
    motion: one('motion', CHOICES.motion),
    keys: one('keys', CHOICES.keys),
  };
}

function become(next: Display): void {
  current = next;
  dress();
  for (const listener of listeners) listener();
}

function dress(): void {
  const { dataset } = document.documentElement;
  for (const key of DRESS) {
    if (current[key] === CHOICES[key][0]) delete dataset[key];
    else dataset[key] = current[key];
  }
}

/** How this device was told to show things. */
export function display(): Display {
  return current;
}

/** Chooses for this device: at once, in all its tabs, and for the next visits. */
export function setDisplay(change: Partial<Display>): void {
  for (const key of Object.keys(change) as (keyof Display)[]) {
    const value = change[key];
    if (value !== undefined) remember(key, value);
  }
  become({ ...current, ...change });
}

/** Dresses the page, and again whenever another tab chooses otherwise. Called once, before the first render. */
export function watchDisplay(): void {
  dress();
  onRemembered(() => become(kept()));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function useDisplay(): Display {
  return useSyncExternalStore(subscribe, display);
}

/** Nothing may move: the device wishes it so, or this was chosen here. */
export function isCalm(): boolean {
  return current.motion === 'reduce' || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
