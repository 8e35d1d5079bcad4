// What the server holds about the bearer, as docs/protocol.md has it.
import {
  call,
  type Access,
  type ItemId,
  type ItemKind,
  type ItemState,
  type SessionId,
  type SessionState,
  type Time,
} from '@summit/client';
import type { EventPage, Speaker } from '../event/types.ts';
import { forget } from '../access/access.ts';
import { forgetPictures } from '../live/keptPicture.ts';
import { storage } from '../storage.ts';

/** Days after the end of the conference; what is left out is kept as long as the conference. */
export interface Retention {
  readonly names?: number;
  readonly setAside?: number;
  readonly registrations?: number;
  readonly everything?: number;
}

export interface Step {
  readonly state: ItemState;
  readonly at: Time;
  readonly answer?: string;
  readonly followUp?: { readonly owner: string; readonly due: string };
}

export interface OwnItem {
  readonly id: ItemId;
  readonly kind: ItemKind;
  readonly title?: string;
  readonly text: string;
  readonly lang: string;
  readonly state: ItemState;
  readonly support: number;
  readonly at: Time;
  /** What it was merged into, where everybody can read that. */
  readonly intoText?: string;
  readonly reason?: { readonly code: string; readonly text: string; readonly note?: string };
  readonly erased?: 'request' | 'age';
  readonly to?: { readonly name: string };
  readonly life: readonly Step[];
}

export interface OwnSession {
  readonly id: SessionId;
  readonly title: string;
  readonly state: SessionState;
  readonly items: readonly OwnItem[];
  readonly did: readonly { readonly at: Time; readonly what: string; readonly data: { readonly id?: ItemId } }[];
}

export interface OwnData {
  readonly name?: string;
  readonly city?: string;
  readonly expires: Time;
  readonly retention: Retention;
  readonly held: boolean;
  readonly sessions: readonly OwnSession[];
}

export const ownData = ({ token }: Access): Promise<OwnData> => call('', '/api/my-data', { token });

export const howLong = ({ token, conference }: Access): Promise<Pick<OwnData, 'retention' | 'held'>> =>
  call('', `/api/conferences/${conference.id}/privacy`, { token });

/** Who speaks in a session, as its programme is now. */
export async function speakersOf({ token, conference }: Access, session: SessionId): Promise<readonly Speaker[]> {
  const { sessions, speakers } = await call<EventPage>('', `/api/conferences/${conference.id}`, { token });
  const here = sessions.find(({ id }) => id === session)?.speakers ?? [];
  // Who was forgotten has a place and no name.
  return speakers.filter(({ id, name }) => name && here.includes(id));
}

/** Deletes it at the server, then here. */
export async function erase({ token, role }: Access): Promise<{ readonly held: boolean }> {
  const done = await call<{ held: boolean }>('', '/api/my-data', { token, method: 'DELETE' });
  forget(role);
  forgetHere();
  return done;
}

/** What this device keeps of somebody besides the tokens. */
export function forgetHere(): void {
  forgetPictures();
  const ours = ['summit.draft.', 'summit.outbox/', 'summit.noticed.', 'summit.mine.', 'summit.name', 'summit.city'];
  for (const key of storage.keys()) if (ours.some((start) => key.startsWith(start))) storage.remove(key);
}

/** How many items are supported now, and how many votes were taken part in. */
export function counted(sessions: readonly OwnSession[]): { supported: number; voted: number } {
  const supported = new Set<ItemId>();
  const voted = new Set<ItemId>();
  for (const { what, data } of sessions.flatMap(({ did }) => did)) {
    if (!data.id) continue;
    if (what.startsWith('session.item-supported.')) supported.add(data.id);
    if (what.startsWith('session.support-withdrawn.')) supported.delete(data.id);
    if (what.startsWith('session.ballot-cast.')) voted.add(data.id);
  }
  return { supported: supported.size, voted: voted.size };
}
