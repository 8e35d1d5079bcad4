// Which page an address means. No runes here: this runs before the app does.
import type { SessionId } from '@summit/client';

export type Route =
  | { page: 'join'; code: string }
  | { page: 'sessions' }
  | { page: 'participant'; session: SessionId }
  | { page: 'moderator'; session: SessionId | null }
  | { page: 'stage'; session: SessionId | null; embed: boolean; next: boolean }
  | { page: 'host' }
  | { page: 'programme' }
  | { page: 'programs' }
  | { page: 'admin' }
  | { page: 'networks' }
  | { page: 'network'; network: string }
  | { page: 'group'; network: string; group: string }
  | { page: 'audit'; of: 'conference' | 'me' | 'network'; network: string | null }
  | { page: 'me' }
  | { page: 'people'; network: string | null }
  | { page: 'event'; conference: string }
  | { page: 'register'; conference: string }
  | { page: 'registration' }
  | { page: 'badges' }
  | { page: 'door' }
  | { page: 'report'; session: SessionId | null }
  | { page: 'own' }
  | { page: 'unknown' };

export function parseRoute(path: string, query: string): Route {
  const [head = '', tail = '', ...more] = path.split('/').filter(Boolean).map(decodeURIComponent);
  const session = (tail || null) as SessionId | null;
  if (head === 'n' && more.length === 1 && more[0] === 'audit') return { page: 'audit', of: 'network', network: tail };
  if (head === 'n' && more.length === 1 && more[0] === 'people') return { page: 'people', network: tail };
  if (head === 'n' && more.length === 1) return { page: 'group', network: tail, group: more[0] ?? '' };
  if (head === 'e' && more.length === 1 && more[0] === 'register') return { page: 'register', conference: tail };
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
      return { page: 'stage', session, ...shown(new URLSearchParams(query)) };
    case 'h':
      if (tail === 'audit') return { page: 'audit', of: 'conference', network: null };
      if (tail === 'people') return { page: 'people', network: null };
      return tail
        ? {
            page:
              tail === 'programme' || tail === 'programs' || tail === 'registration' || tail === 'badges'
                ? tail
                : 'unknown',
          }
        : { page: 'host' };
    case 'd':
      return { page: tail ? 'unknown' : 'door' };
    case 'p':
    case 'me':
      if (tail === 'audit') return { page: 'audit', of: 'me', network: null };
      return tail ? { page: 'unknown' } : { page: 'me' };
    case 'a':
      return tail ? { page: 'unknown' } : { page: 'admin' };
    case 'n':
      return tail ? { page: 'network', network: tail } : { page: 'networks' };
    case 'e':
      return tail ? { page: 'event', conference: tail } : { page: 'unknown' };
    case 'my':
      return tail ? { page: 'unknown' } : { page: 'own' };
    case 'r':
      return { page: 'report', session };
    default:
      return { page: 'unknown' };
  }
}

/** `?embed` is for a video mixer, which gets the next ones only if it asks for them. */
function shown(query: URLSearchParams): { embed: boolean; next: boolean } {
  const embed = query.has('embed');
  return { embed, next: !embed || query.has('next') };
}
