// Which page is shown, and how to go to another without loading the app again.
import type { Attachment } from 'svelte/attachments';
import { parseRoute, type Route } from './address.ts';

const here = (): Route => parseRoute(location.pathname, location.search);

let moved = false;
let current = $state.raw<Route>(here());

export const route = {
  get current(): Route {
    return current;
  },
};

export function go(path: string, replace = false): void {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  current = here();
  moved = true;
  if (!replace) scrollTo(0, 0);
}

/** For the heading of a page: whoever came by a link within the app begins to read there, as on a page newly loaded. */
export const arrival: Attachment<HTMLElement> = (heading) => {
  if (!moved) return;
  moved = false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
};

/** For links: a plain click stays in the app; with a modifier the browser does what it always does. */
export function followLink(event: MouseEvent & { currentTarget: HTMLAnchorElement }): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(event.currentTarget.pathname + event.currentTarget.search);
}

addEventListener('popstate', () => {
  current = here();
  moved = true;
});
