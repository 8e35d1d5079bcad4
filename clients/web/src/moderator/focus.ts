// When single keys mean actions: never while somebody types or a dialog is open.
export function keysAreFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return false;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return true;
  return !target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
}

/** Whether the focus may follow the selection: not out of a field, a dialog or a button elsewhere. */
export function focusIsFree(): boolean {
  const active = document.activeElement;
  return (
    !document.querySelector('dialog[open]') &&
    (active === null || active === document.body || active.closest('article') !== null)
  );
}
