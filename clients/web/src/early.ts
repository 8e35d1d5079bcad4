// Runs before the app has arrived and asks for what it will want first, so that all of it comes in the same round trips.
import type { Frame, SessionId } from '@summit/client';
import { picture } from '@summit/client/access';
import { keptFor } from './access/access.ts';
import { parseRoute } from './address.ts';
import { loadCatalogue, wantedLanguage } from './i18n/catalogues.ts';
import { fetchAhead } from './pages.ts';

const here = parseRoute(location.pathname, location.search);

export const catalogue = loadCatalogue(wantedLanguage());

fetchAhead(here);

let asked = here.page === 'participant' && !location.hash ? ask(here.session) : null;

/** The first picture of this session, if it was asked for; it serves once. */
export function firstPicture(session: SessionId): Promise<Frame> | undefined {
  const first = asked?.session === session ? asked.frame : undefined;
  asked = null;
  return first;
}

function ask(session: SessionId): { session: SessionId; frame: Promise<Frame> } | null {
  const access = keptFor('participant');
  if (!access) return null;
  const frame = picture('', access.token, session);
  // Whoever takes it hears of a refusal; if nobody does, it is nobody's.
  frame.catch(() => undefined);
  return { session, frame };
}
