/** Is a key meant for a field? Single-letter keys never work while somebody types or a dialog is open. */
export function isTypingTarget(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, dialog') !== null ||
    document.querySelector('dialog[open]') !== null
  );
}
