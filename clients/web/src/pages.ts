// The pages, each a part of the bundle of its own: participants never load the desk.
import type { Route } from './route.svelte.ts';

export const pages = {
  sessions: () => import('./participant/Programme.svelte'),
  participant: () => import('./participant/Participant.svelte'),
  moderator: () => import('./moderator/Moderator.svelte'),
  stage: () => import('./stage/Stage.svelte'),
  host: () => import('./host/Host.svelte'),
  admin: () => import('./admin/Admin.svelte'),
};

/** Asks for a page before anything is drawn, so that it arrives together with the words and not after them. */
export function fetchAhead({ page }: Route): void {
  if (page === 'join') void pages.sessions();
  else if (page !== 'unknown') void pages[page]();
}
