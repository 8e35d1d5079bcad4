// What a host changes of a conference, as docs/protocol.md has it, out of what stands in the forms.
import type { SessionId, Time } from '@summit/client';
import type { EventPage, PlacedSession } from '../../event/types.ts';
import { fromLocal, toLocal } from '../zoned.ts';

export type ProgrammeCommand =
  | {
      readonly type: 'describe';
      readonly title: string;
      readonly starts: Time;
      readonly ends: Time;
      readonly timeZone: string;
      readonly languages: readonly string[];
      readonly theme: string;
      readonly place: string;
      readonly meeting: { readonly url: string; readonly note: string } | null;
      readonly contact: { readonly name: string; readonly mail: string | null; readonly phone: string } | null;
      readonly tracks: readonly string[];
    }
  | {
      readonly type: 'set-speaker';
      readonly speaker: string;
      readonly name: string;
      readonly function: string;
      readonly about: string;
    }
  | { readonly type: 'drop-speaker' | 'erase-speaker'; readonly speaker: string }
  | {
      readonly type: 'place';
      readonly session: SessionId;
      readonly room: string;
      readonly track: string | null;
      readonly speakers: readonly string[];
    }
  | { readonly type: 'publish' };

export interface AboutForm {
  title: string;
  theme: string;
  starts: string;
  ends: string;
  place: string;
  meeting: string;
  note: string;
  contact: string;
  mail: string;
  phone: string;
  tracks: string;
}

export function aboutForm({ conference, place, meeting, contact, tracks }: EventPage): AboutForm {
  return {
    title: conference.title,
    theme: conference.theme ?? '',
    starts: toLocal(conference.starts, conference.timeZone),
    ends: toLocal(conference.ends, conference.timeZone),
    place: place ?? '',
    meeting: meeting?.url ?? '',
    note: meeting?.note ?? '',
    contact: contact?.name ?? '',
    mail: contact?.mail ?? '',
    phone: contact?.phone ?? '',
    tracks: tracks.join('\n'),
  };
}

export function describe({ conference }: EventPage, form: AboutForm): ProgrammeCommand {
  const { timeZone, languages } = conference;
  return {
    type: 'describe',
    title: form.title,
    starts: fromLocal(form.starts, timeZone),
    ends: fromLocal(form.ends, timeZone),
    timeZone,
    languages,
    theme: form.theme,
    place: form.place,
    meeting: form.meeting.trim() ? { url: form.meeting, note: form.note } : null,
    // A mail without a name is an unfinished contact: the server says so.
    contact:
      form.contact.trim() || form.mail.trim() || form.phone.trim()
        ? { name: form.contact, mail: form.mail.trim() || null, phone: form.phone }
        : null,
    tracks: form.tracks.split('\n'),
  };
}

export interface SessionForm {
  title: string;
  starts: string;
  ends: string;
  room: string;
  track: string;
  speakers: string[];
}

export function sessionForm(session: PlacedSession, zone: string): SessionForm {
  return {
    title: session.title,
    starts: toLocal(session.starts, zone),
    ends: toLocal(session.ends, zone),
    room: session.room ?? '',
    track: session.track ?? '',
    speakers: [...session.speakers],
  };
}

/** Only what differs: the times are the session's own, the rest is the programme's. */
export function sessionChanges(
  session: PlacedSession,
  form: SessionForm,
  zone: string,
): {
  reschedule: { type: 'reschedule'; title: string; starts: Time; ends: Time } | null;
  place: ProgrammeCommand | null;
} {
  const before = sessionForm(session, zone);
  const times = (one: SessionForm): string => JSON.stringify([one.title.trim(), one.starts, one.ends]);
  const placed = (one: SessionForm): string => JSON.stringify([one.room.trim(), one.track, [...one.speakers].sort()]);
  return {
    reschedule:
      times(before) === times(form)
        ? null
        : {
            type: 'reschedule',
            title: form.title.trim(),
            starts: fromLocal(form.starts, zone),
            ends: fromLocal(form.ends, zone),
          },
    place:
      placed(before) === placed(form)
        ? null
        : { type: 'place', session: session.id, room: form.room, track: form.track || null, speakers: form.speakers },
  };
}

/** Two sessions change places: room and time, each as long as it was. One after the other in one room they stay between the same ends. */
export function exchange(one: PlacedSession, other: PlacedSession): readonly Moved[] {
  const [first, last] = one.starts <= other.starts ? [one, other] : [other, one];
  const within = first.room === last.room && first.ends <= last.starts;
  return [
    moved(last, first.starts, first.room),
    moved(first, within ? later(last.ends, -length(first)) : last.starts, last.room),
  ].filter(({ reschedule, place }) => reschedule ?? place);
}

/** Somewhere a session could be held. */
export interface Place {
  readonly starts: Time;
  readonly ends: Time;
  readonly room: string;
}

/** Where nothing else is for as long as this session lasts: in each room, where some session of that day begins or ends. */
export function freePlaces(
  taken: PlacedSession,
  day: readonly PlacedSession[],
  all: readonly PlacedSession[],
): Place[] {
  const rooms = [...new Set(all.flatMap(({ room }) => room ?? []))].sort((a, b) =>
    a.localeCompare(b, undefined, { numeric: true }),
  );
  const times = [...new Set(day.flatMap(({ starts, ends }) => [starts, ends].map((at) => later(at, 0))))].sort();
  const others = all.filter(({ id }) => id !== taken.id);
  return times
    .flatMap((starts) => rooms.map((room) => ({ starts, ends: later(starts, length(taken)), room })))
    .filter(
      ({ starts, ends, room }) =>
        !(room === taken.room && starts === later(taken.starts, 0)) &&
        !others.some((one) => one.room === room && later(one.starts, 0) < ends && starts < later(one.ends, 0)),
    );
}

/** A session goes to a free place, as long as it was. */
export const movedTo = (session: PlacedSession, { starts, room }: Place): Moved => moved(session, starts, room);

export interface Moved {
  readonly session: SessionId;
  readonly reschedule: { readonly type: 'reschedule'; readonly starts: Time; readonly ends: Time } | null;
  readonly place: ProgrammeCommand | null;
}

function moved(session: PlacedSession, starts: Time, room: string | undefined): Moved {
  const { id, track = null, speakers } = session;
  const ends = later(starts, length(session));
  return {
    session: id,
    reschedule: Date.parse(session.starts) === Date.parse(starts) ? null : { type: 'reschedule', starts, ends },
    place: session.room === room ? null : { type: 'place', session: id, room: room ?? '', track, speakers },
  };
}

const length = ({ starts, ends }: PlacedSession): number => Date.parse(ends) - Date.parse(starts);

const later = (at: Time, by: number): Time => new Date(Date.parse(at) + by).toISOString();
