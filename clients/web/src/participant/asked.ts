// Who of the speakers is asked: it stands in the address, so that a link can say it and a reload keeps it.
export const asking = (): string | null => new URLSearchParams(location.search).get('to');

/** Null asks everybody. */
export function ask(speaker: string | null): void {
  history.replaceState(null, '', location.pathname + (speaker ? `?to=${speaker}` : ''));
}

/** For the question that is sent now; the next one is to everybody again. */
export function asked(): { to?: string } {
  const to = asking();
  if (!to) return {};
  ask(null);
  return { to };
}
