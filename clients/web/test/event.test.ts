import type { Conference, ConferenceId, SessionId } from '@summit/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { calendar } from '../src/event/api.ts';
import { inWords } from '../src/event/changes.ts';
import { table } from '../src/event/timetable.ts';
import type { EventPage, PlacedSession } from '../src/event/types.ts';
import '../src/event/words.ts';
import {
  aboutForm,
  describe as described,
  exchange,
  freePlaces,
  movedTo,
  sessionChanges,
  sessionForm,
  type Place,
} from '../src/host/programme/commands.ts';
import { chooseLanguage } from '../src/i18n/index.svelte.ts';
import { parseRoute } from '../src/address.ts';

const session = (id: string, from: string, to: string, room?: string): PlacedSession => ({
  id: id as SessionId,
  title: `Session ${id}`,
  starts: `2026-03-01T${from}:00Z`,
  ends: `2026-03-01T${to}:00Z`,
  lang: 'en',
  ...(room && { room }),
  speakers: [],
});

const conference: Omit<Conference, 'code'> = {
  id: 'e' as ConferenceId,
  title: 'Summit',
  starts: '2026-03-01T07:00:00Z',
  ends: '2026-03-02T16:00:00Z',
  timeZone: 'Europe/Sofia',
  languages: ['en', 'bg'],
  demonstration: false,
};

const page: EventPage = { conference, tracks: ['Growth'], speakers: [], sessions: [], versions: [], documents: [] };

beforeAll(() => chooseLanguage('en'));

describe('a day of parallel rooms', () => {
  const placed = (sessions: readonly PlacedSession[]): Record<string, string> =>
    Object.fromEntries(table(sessions).cells.map(({ session, row, column }) => [session.id, `${row} in ${column}`]));

  it('gives each room a column, and the whole width to what nothing runs beside', () => {
    const sessions = [
      session('opening', '08:00', '09:00', 'Hall 1'),
      session('b', '09:00', '10:00', 'Hall 10'),
      session('a', '09:00', '11:00', 'Hall 2'),
      session('c', '10:00', '11:00', 'Hall 10'),
    ];
    expect(placed(sessions)).toEqual({ opening: '1 / 2 in 1 / -1', a: '2 / 4 in 1', b: '2 / 3 in 2', c: '3 / 4 in 2' });
    expect(table(sessions).columns).toBe(2);
  });

  it('lays nothing over another: not in a room taken twice, and not without a room', () => {
    const sessions = [
      session('a', '09:00', '11:00', 'Hall 1'),
      session('b', '09:30', '10:30', 'Hall 1'),
      session('c', '10:00', '10:30'),
      session('d', '10:30', '11:00'),
    ];
    const cells = table(sessions).cells.map(({ session, column }) => [session.id, column]);
    expect(cells).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
      ['d', '2'],
    ]);
  });

  it('holds a session that takes no time', () => {
    expect(placed([session('a', '09:00', '09:00', 'Hall 1')])).toEqual({ a: '1 / 2 in 1 / -1' });
    expect(table([])).toEqual({ columns: 1, cells: [] });
  });
});

describe('what a version changed', () => {
  const id = 's' as SessionId;
  it('is said in words, with times of the event', () => {
    const moved = {
      kind: 'moved',
      session: id,
      title: 'Trade',
      before: '2026-03-01T08:00:00Z/2026-03-01T09:00:00Z',
      after: '2026-03-01T10:00:00Z/2026-03-01T11:00:00Z',
    } as const;
    expect(inWords(moved, 'Europe/Sofia')).toMatch(/^“Trade”: .*12:00.+13:00 instead of .*10:00.+11:00$/);
    expect(inWords({ kind: 'room', session: id, title: 'Trade', after: 'Hall 1' }, 'UTC')).toBe(
      '“Trade”, room: Hall 1 instead of none',
    );
    expect(inWords({ kind: 'described', title: '' }, 'UTC')).toBe('What is said of the conference and its speakers');
  });
});

describe('what a host writes', () => {
  it('is sent as far as it differs, in the zone of the event', () => {
    const before = session('a', '09:00', '10:00', 'Hall 1');
    const form = sessionForm(before, 'Europe/Sofia');
    expect(form.starts).toBe('2026-03-01T11:00');
    expect(sessionChanges(before, form, 'Europe/Sofia')).toEqual({ reschedule: null, place: null });
    expect(sessionChanges(before, { ...form, starts: '2026-03-01T10:30' }, 'Europe/Sofia')).toEqual({
      reschedule: {
        type: 'reschedule',
        title: 'Session a',
        starts: '2026-03-01T08:30:00.000Z',
        ends: '2026-03-01T10:00:00.000Z',
      },
      place: null,
    });
    expect(sessionChanges(before, { ...form, room: '', track: 'Growth' }, 'Europe/Sofia').place).toEqual({
      type: 'place',
      session: 'a',
      room: '',
      track: 'Growth',
      speakers: [],
    });
  });

  it('leaves out a meeting and a contact that are not there, and keeps a contact without a name for the server to refuse', () => {
    const form = aboutForm(page);
    expect(described(page, form)).toMatchObject({ meeting: null, contact: null, tracks: ['Growth'] });
    expect(described(page, { ...form, mail: 'elena@sofia.example' })).toMatchObject({
      contact: { name: '', mail: 'elena@sofia.example' },
    });
  });
});

it('has a calendar by the code for who has joined, else by the conference', () => {
  expect(calendar(page)).toBe('/api/calendars/e/programme.ics');
  expect(calendar({ ...page, conference: { ...conference, code: 'KRM4TB' } }, 's')).toBe('/api/calendars/KRM4TB/s.ics');
});

it('has addresses of its own', () => {
  expect(parseRoute('/e/123', '')).toEqual({ page: 'event', conference: '123' });
  expect(parseRoute('/e', '')).toEqual({ page: 'unknown' });
  expect(parseRoute('/h/programme', '')).toEqual({ page: 'programme' });
  expect(parseRoute('/h/other', '')).toEqual({ page: 'unknown' });
});

describe('two sessions that change places', () => {
  const placed = (id: string, from: string, to: string, room?: string): PlacedSession => ({
    id: id as SessionId,
    title: id,
    starts: `2026-01-05T${from}:00.000Z`,
    ends: `2026-01-05T${to}:00.000Z`,
    lang: 'en',
    speakers: ['s'],
    ...(room && { room }),
  });
  const times = (moved: ReturnType<typeof exchange>): Record<string, string> =>
    Object.fromEntries(
      moved.map(({ session, reschedule }) => [
        session,
        reschedule ? `${reschedule.starts.slice(11, 16)}-${reschedule.ends.slice(11, 16)}` : 'stays',
      ]),
    );

  it('keep their lengths, and between them the same ends when they are in one room', () => {
    const [long, short] = [placed('long', '09:00', '10:00', 'A'), placed('short', '10:00', '10:30', 'A')];
    expect(times(exchange(long, short))).toEqual({ short: '09:00-09:30', long: '09:30-10:30' });
    expect(exchange(short, long)).toEqual(exchange(long, short));
  });

  it('take over room and beginning from each other in different rooms', () => {
    const [one, other] = [placed('one', '09:00', '10:00', 'A'), placed('other', '12:00', '12:30')];
    const moved = exchange(one, other);
    expect(times(moved)).toEqual({ other: '09:00-09:30', one: '12:00-13:00' });
    expect(moved.map(({ place }) => place)).toEqual([
      { type: 'place', session: 'other', room: 'A', track: null, speakers: ['s'] },
      { type: 'place', session: 'one', room: '', track: null, speakers: ['s'] },
    ]);
  });

  it('find free places in each room where a session begins or ends, for as long as they last', () => {
    const day = [
      placed('a', '09:00', '10:00', 'A'),
      placed('b', '09:00', '11:00', 'B'),
      placed('c', '10:00', '11:00', 'A'),
    ];
    const [taken] = day as [PlacedSession];
    const free = freePlaces(taken, day, day);
    expect(free.map(({ starts, ends, room }) => `${room} ${starts.slice(11, 16)}-${ends.slice(11, 16)}`)).toEqual([
      'A 11:00-12:00',
      'B 11:00-12:00',
    ]);
    expect(movedTo(taken, free[1] as Place)).toEqual({
      session: 'a',
      reschedule: { type: 'reschedule', starts: '2026-01-05T11:00:00.000Z', ends: '2026-01-05T12:00:00.000Z' },
      place: { type: 'place', session: 'a', room: 'B', track: null, speakers: ['s'] },
    });
  });

  it('may go where they were partly themselves, and to a room of another day', () => {
    const [long, other] = [placed('long', '09:00', '11:00', 'A'), placed('other', '10:00', '10:30', 'B')];
    const elsewhere = {
      ...placed('later', '10:00', '11:00', 'C'),
      starts: '2026-01-06T10:00:00Z',
      ends: '2026-01-06T11:00:00Z',
    };
    expect(
      freePlaces(long, [long, other], [long, other, elsewhere]).map(
        ({ starts, room }) => `${starts.slice(11, 16)} ${room}`,
      ),
    ).toEqual(['09:00 C', '10:00 A', '10:00 C', '10:30 A', '10:30 B', '10:30 C', '11:00 A', '11:00 B', '11:00 C']);
  });

  it('move nothing that need not move', () => {
    expect(exchange(placed('one', '09:00', '10:00', 'A'), placed('other', '09:00', '10:00', 'A'))).toEqual([]);
  });
});
