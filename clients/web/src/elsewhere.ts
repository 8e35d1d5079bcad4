// The pages that no code leads to. Their list is long and grows: it is no part of what a phone in a hall has to fetch.
import type { Route } from './address.ts';
import { learnRefusals } from './i18n/faults.ts';

export { default } from './Elsewhere.svelte';

export const pages = {
  moderator: () => import('./moderator/Moderator.svelte'),
  stage: () => import('./stage/Stage.svelte'),
  host: () => import('./host/Host.svelte'),
  programme: () => import('./host/programme/Programme.svelte'),
  programs: () => import('./programs/Programs.svelte'),
  admin: () => import('./admin/Admin.svelte'),
  networks: () => import('./network/Networks.svelte'),
  network: () => import('./network/Network.svelte'),
  group: () => import('./group/Group.svelte'),
  register: () => import('./registration/Register.svelte'),
  registration: () => import('./registration/Registrations.svelte'),
  badges: () => import('./door/Badges.svelte'),
  door: () => import('./door/Door.svelte'),
  audit: () => import('./audit/Audit.svelte'),
  me: () => import('./people/Me.svelte'),
  signIn: () => import('./people/SignInPage.svelte'),
  people: () => import('./people/People.svelte'),
  event: () => import('./event/Event.svelte'),
  own: () => import('./own/Own.svelte'),
  report: () => import('./report/Report.svelte'),
  replay: () => import('./report/Replay.svelte'),
};

/** Begins to load a page, so that it is there or on its way when it is drawn. */
export function fetchAhead({ page }: Route): void {
  if (page in pages) void pages[page as keyof typeof pages]();
}

void learnRefusals();
