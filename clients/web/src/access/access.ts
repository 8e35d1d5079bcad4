// Who this browser is, for each role: the token from joining or from a link, kept over reloads.
import type { Access, Role } from '@summit/client';
import { conference, enter } from '@summit/client/access';
import { storage } from '../storage.ts';

const place = (role: Role): string => `summit.access.${role}`;

export function kept(role: Role): Access | null {
  const text = storage.get(place(role));
  if (text === null) return null;
  const access = JSON.parse(text) as Access;
  return Date.parse(access.expires) > Date.now() ? access : null;
}

/** Who may use a role's pages: its own access, else, at the desk, the host's. */
export function keptFor(role: Role): Access | null {
  return kept(role) ?? (role === 'moderator' ? kept('host') : null);
}

export const homeOf: Record<Role, string> = {
  participant: '/c',
  moderator: '/m',
  stage: '/s',
  host: '/h',
  admin: '/a',
  secretary: '/n',
  member: '/n',
  coordinator: '/n',
  person: '/me',
};

export function keep(access: Access): void {
  storage.set(place(access.role), JSON.stringify(access));
}

export function forget(role: Role): void {
  storage.remove(place(role));
}

/** All that somebody came in by as this person: they are signed out here. */
export function forgetPerson(person: Access['person']): void {
  for (const role of Object.keys(homeOf) as Role[]) if (kept(role)?.person === person) forget(role);
}

/** The part of the address behind `#`, taken out of the address so that it stands in no history and on no screen. */
export function takeSecret(): string | null {
  const secret = decodeURIComponent(location.hash.slice(1));
  if (!secret) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  return secret;
}

/** Enters by the secret of a link. Throws a SummitFault. */
export async function enterBy(secret: string): Promise<Access> {
  const access = await enter('', secret);
  keep(access);
  return access;
}

/** Takes over what another device handed on: the same person, here too. Throws a SummitFault. */
export async function takeOver(handed: string): Promise<Access> {
  const { token, expires, person, role } = JSON.parse(atob(handed)) as Pick<
    Access,
    'token' | 'expires' | 'person' | 'role'
  >;
  const access: Access = { token, expires, person, role, ...(await conference('', token)) };
  keep(access);
  return access;
}

/** What `takeOver` takes, as it stands behind the `#` of the link. */
export function handOn({ token, expires, person, role }: Access): string {
  return btoa(JSON.stringify({ token, expires, person, role }));
}
