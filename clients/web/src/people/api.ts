// What a person asks of the server about themselves, and an organiser about the people of a place.
import { call, uuid7, type Access } from '@summit/client';
import type { Card, Command, HeldRole, Me, Organisation, PeoplePage, Place } from './types.ts';

/** Whose accounts sign in here. */
export const organisations = (): Promise<readonly Organisation[]> => call('', '/api/sign-in', {});

/** Nothing but a sign-in on its way has a cookie. */
const withCookie: typeof fetch = (input, init) => fetch(input, { ...init, credentials: 'same-origin' });

/** In by what an organisation has said, which came back with the browser. */
export const finishSignIn = (): Promise<Access> => call('', '/api/sign-in', { body: {}, fetch: withCookie });

export class MeApi {
  constructor(private readonly token: string) {}

  show(): Promise<Me> {
    return call('', '/api/me', { token: this.token });
  }

  tell(command: Command): Promise<unknown> {
    return call('', '/api/me/commands', { token: this.token, body: { ...command, id: uuid7() } });
  }

  /** Links the account that an organisation has just vouched for, which came back with the browser. */
  linkAccount(): Promise<unknown> {
    return call('', '/api/sign-in/link', { token: this.token, body: {}, fetch: withCookie });
  }

  link(): Promise<{ link: string }> {
    return call('', '/api/me/links', { token: this.token, body: {} });
  }

  erase(): Promise<{ readonly held: boolean }> {
    return call('', '/api/me', { token: this.token, method: 'DELETE' });
  }

  /** A token for a place, with this role there. */
  enter({ role, conference, session, network, group }: Place): Promise<Access> {
    const place = { conference: conference?.id, session: session?.id, network: network?.id, group: group?.id };
    return call('', '/api/me/enter', { token: this.token, body: { role, ...place } });
  }

  join(code: string): Promise<Access> {
    return call('', '/api/join', { token: this.token, body: { code } });
  }
}

/** The people of one conference or network. */
export class PeopleApi {
  constructor(
    private readonly token: string,
    private readonly place: { readonly conference: string } | { readonly network: string },
  ) {}

  list(search: string, skip: number): Promise<PeoplePage> {
    const query = new URLSearchParams({ ...this.place, search, skip: String(skip) });
    return call('', `/api/people?${query}`, { token: this.token });
  }

  /** With the same id again it is the same request again. */
  add(id: string, card: Card, role: HeldRole): Promise<{ id: string; known: boolean }> {
    return call('', '/api/people', { token: this.token, body: { id, ...card, role } });
  }

  tell(person: string, command: Command): Promise<unknown> {
    return call('', `/api/people/${person}/commands`, { token: this.token, body: { ...command, id: uuid7() } });
  }

  /** Whether there are words here to be erased with a person; a network's records name people without an id. */
  get erases(): boolean {
    return 'conference' in this.place;
  }

  erase(person: string): Promise<unknown> {
    const conference = 'conference' in this.place ? this.place.conference : '';
    return call('', `/api/conferences/${conference}/people/${person}`, { token: this.token, method: 'DELETE' });
  }

  link(person: string): Promise<{ link: string }> {
    return call('', `/api/people/${person}/links`, { token: this.token, body: {} });
  }
}
