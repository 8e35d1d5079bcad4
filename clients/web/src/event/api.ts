// What the page of a conference asks of the server.
import { call, type Access, type ConferenceId, type Role } from '@summit/client';
import { kept } from '../access/access.ts';
import type { EventPage } from './types.ts';

const roles: readonly Role[] = ['participant', 'moderator', 'host'];

/** As whom this browser is in the conference; null for somebody who only passes by. */
export function whoIn(conference: ConferenceId): Access | null {
  for (const role of roles) {
    const access = kept(role);
    if (access?.conference.id === conference) return access;
  }
  return null;
}

/** As of the last version; to those who have joined as it is now. */
export const show = (conference: ConferenceId, token: string | undefined): Promise<EventPage> =>
  token === undefined
    ? call('', `/api/conferences/${conference}/programme`)
    : call('', `/api/conferences/${conference}`, { token });

/** Where the calendar of all, or of one session, is. */
export function calendar({ conference }: EventPage, session?: string): string {
  return `/api/calendars/${conference.code ?? conference.id}/${session ?? 'programme'}.ics`;
}
