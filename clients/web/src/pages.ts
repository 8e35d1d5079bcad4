// The pages and their parts, loaded when they are first needed: whoever is still typing a code has the rest meanwhile.
import type { Route } from './address.ts';

export const pages = {
  join: () => import('./join/Join.svelte'),
  participant: () => import('./participant/Participant.svelte'),
  later: () => import('./participant/later.ts'),
  settings: () => import('./ui/SettingsSheet.svelte'),
  moderator: () => import('./moderator/Moderator.svelte'),
  stage: () => import('./stage/Stage.svelte'),
  host: () => import('./host/Host.svelte'),
  programme: () => import('./host/programme/Programme.svelte'),
  admin: () => import('./admin/Admin.svelte'),
  networks: () => import('./network/Networks.svelte'),
  network: () => import('./network/Network.svelte'),
  event: () => import('./event/Event.svelte'),
  report: () => import('./report/Report.svelte'),
};

/** Begins to load a page, so that it is there or on its way when it is drawn. */
export function fetchAhead({ page }: Route): void {
  if (page === 'unknown') return;
  void pages[page === 'sessions' ? 'later' : page]();
}
