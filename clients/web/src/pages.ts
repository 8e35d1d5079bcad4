// The pages of whoever takes part, and their parts, loaded when they are first needed: whoever is still typing a code has the rest meanwhile.
import type { Route } from './address.ts';

export const pages = {
  join: () => import('./join/Join.svelte'),
  participant: () => import('./participant/Participant.svelte'),
  later: () => import('./participant/later.ts'),
  settings: () => import('./ui/SettingsSheet.svelte'),
  offline: () => import('./offline.ts'),
  elsewhere: () => import('./elsewhere.ts'),
};

/** Begins to load a page, so that it is there or on its way when it is drawn. */
export function fetchAhead(here: Route): void {
  switch (here.page) {
    case 'unknown':
      return;
    case 'join':
    case 'participant':
      void pages[here.page]();
      return;
    case 'sessions':
      void pages.later();
      return;
    default:
      void pages.elsewhere().then(({ fetchAhead }) => fetchAhead(here));
  }
}
