// The last picture of a session, for a reload without a network: on this device, one at a time, and for participants alone.
import type { Access, Frame, Room, SessionId, Time } from '@summit/client';
import { pictureOf } from '@summit/client/room';
import { storage } from '../storage.ts';

export interface KeptPicture {
  readonly at: Time;
  readonly frame: Frame;
}

const prefix = 'summit.picture/';

// Characters, of about five million that a browser keeps. The outbox needs its share more.
const most = 1_000_000;

const place = ({ person }: Access, session: SessionId): string => `${prefix}${person}/${session}`;

export function keepPicture(access: Access, session: SessionId, room: Room): void {
  if (access.role !== 'participant' || !room.session) return;
  const kept: KeptPicture = { at: new Date().toISOString() as Time, frame: pictureOf(room) };
  const text = JSON.stringify(kept);
  forgetPictures();
  if (text.length <= most) storage.set(place(access, session), text);
}

export function keptPicture(access: Access, session: SessionId): KeptPicture | null {
  const text = storage.get(place(access, session));
  return text === null ? null : (JSON.parse(text) as KeptPicture);
}

export function forgetPictures(): void {
  for (const key of storage.keys()) if (key.startsWith(prefix)) storage.remove(key);
}
