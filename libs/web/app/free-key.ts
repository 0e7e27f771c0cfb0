import { display } from './display.js';

/**
 * May a single key act? Never while somebody types or a dialog is open, never together with a modifier, and not where
 * single keys were switched off.
 */
export function isFreeKey(event: KeyboardEvent): boolean {
  if (display().keys === 'off') return false;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
    return false;
  if (document.querySelector('dialog[open]')) return false;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return true;
  return !target.isContentEditable && target.closest('input, textarea, select, [role="menu"]') === null;
}
