// Which page an address means, and how to go to another without loading the app again.
import type { SessionId } from '@summit/client';
import type { Attachment } from 'svelte/attachments';

export type Route =
  | { page: 'join'; code: string }
  | { page: 'sessions' }
  | { page: 'participant'; session: SessionId }
  | { page: 'moderator'; session: SessionId | null }
  | { page: 'stage'; session: SessionId | null; embed: boolean }
  | { page: 'host' }
  | { page: 'admin' }
  | { page: 'unknown' };

export function parseRoute(path: string, query: string): Route {
  const [head = '', tail = '', ...more] = path.split('/').filter(Boolean).map(decodeURIComponent);
  const session = (tail || null) as SessionId | null;
  if (more.length > 0) return { page: 'unknown' };
  switch (head) {
    case '':
      return { page: 'join', code: '' };
    case 'j':
      return { page: 'join', code: tail };
    case 'c':
      return session ? { page: 'participant', session } : { page: 'sessions' };
    case 'm':
      return { page: 'moderator', session };
    case 's':
      return { page: 'stage', session, embed: new URLSearchParams(query).has('embed') };
    case 'h':
      return tail ? { page: 'unknown' } : { page: 'host' };
    case 'a':
      return tail ? { page: 'unknown' } : { page: 'admin' };
    default:
      return { page: 'unknown' };
  }
}

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
