// The code on the screen or the badge, as people type it.
import type { SessionInfo } from '@summit/client';

/** Upper case, without blanks and hyphens; a whole join address pasted in gives its code. */
export function tidyCode(typed: string): string {
  const path = /\/j\/([^/?#\s]+)/.exec(typed)?.[1];
  return (path ?? typed).replace(/[\s\u00a0.-]+/g, '').toUpperCase();
}

/** Where a newcomer lands: in the only session, else on the programme. */
export function firstPlace(sessions: readonly SessionInfo[]): string {
  const [only, ...others] = sessions;
  return only && others.length === 0 ? `/c/${only.id}` : '/c';
}
