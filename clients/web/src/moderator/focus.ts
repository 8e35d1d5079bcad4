// When single keys mean actions: never while somebody types or a dialog is open.
export function keysAreFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return false;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return true;
  return !target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
}
