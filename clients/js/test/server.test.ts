// The client against the real server process.
import ICAL from 'ical.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { call, conference, enter, join, unitedSupport } from '../src/access.js';
import { LiveSession, type LiveState } from '../src/live.js';
import type { Room } from '../src/room.js';
import { memoryStorage, type KeyValueStorage } from '../src/storage.js';
import type { Access, CommandId, ItemId, SessionId, SessionInfo } from '../src/types.js';
import { uuid7 } from '../src/uuid7.js';
import { dice } from './fakes.js';
import { Server, until } from './server.js';

interface Venue {
  readonly code: string;
  readonly session: SessionId;
  readonly moderator: string;
  readonly stage: string;
  /** Adds a session to the programme. */
  readonly add: (title: string) => Promise<SessionInfo>;
  /** Issues a link and says how to revoke it. */
  readonly issue: (role: string) => Promise<{ readonly secret: string; readonly revoke: () => Promise<void> }>;
}

let server: Server;
let session: SessionId;
let venue: Venue;
const opened: LiveSession[] = [];

beforeAll(async () => {
  server = await Server.start();
  venue = await plannedVenue();
  session = venue.session;
});
afterAll(() => server?.dispose());
afterEach(async () => void (await Promise.all(opened.splice(0).map((live) => live.close()))));

function follow(access: Access, storage: KeyValueStorage = memoryStorage()): LiveSession {
  const live = new LiveSession({ server: server.address, access, session, storage });
  opened.push(live);
  return live;
}

const reaches = (
  live: LiveSession,
  what: string,
  holds: (state: LiveState) => boolean,
  limit = 15_000,
): Promise<void> =>
  until(
    what,
    limit,
    () => holds(live.state),
    () => ({ ...live.state, room: { seq: live.state.room.seq, items: live.state.room.items.size } }),
  );

const participant = (name: string): Promise<Access> => join(server.address, { code: venue.code, name, city: 'Tirana' });

const secretOf = (link: string): string => link.slice(link.indexOf('#') + 1);

/** A conference with a session that takes all the test wants to post, planned as an organiser does it. */
async function plannedVenue(): Promise<Venue> {
  const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  const post = <T>(path: string, { token }: Access, body: unknown): Promise<T> =>
    call(server.address, path, { token, body });
  const when = { starts: at(-1), ends: at(5) };

  const admin = await enter(server.address, secretOf(server.links.admin));
  const plan = { title: 'Buses and trains', timeZone: 'Europe/Sofia', languages: ['en', 'bg'], ...when };
  const { id, code, host } = await post<{ id: string; code: string; host: string }>('/api/conferences', admin, plan);

  const organiser = await enter(server.address, secretOf(host), { name: 'Hana' });
  const policies = { maxOpen: 100, perMinute: 600 };
  const add: Venue['add'] = (title) =>
    post(`/api/conferences/${id}/sessions`, organiser, { id: uuid7(), title, lang: 'en', policies, ...when });
  const scheduled = await add('Across borders');
  const issue: Venue['issue'] = async (role) => {
    const links = `/api/conferences/${id}/links`;
    const made = await post<{ id: string; link: string }>(links, organiser, { role, label: role });
    const { token } = organiser;
    const revoke = (): Promise<void> => call(server.address, `${links}/${made.id}`, { method: 'DELETE', token });
    return { secret: secretOf(made.link), revoke };
  };
  const [moderator, stage] = [(await issue('moderator')).secret, (await issue('stage')).secret];
  const made = { code, session: scheduled.id, moderator, stage, add, issue };

  const opener = new LiveSession({
    server: server.address,
    access: organiser,
    session: made.session,
    storage: memoryStorage(),
  });
  opener.send({ type: 'open' });
  await reaches(opener, 'the session to be open', ({ room }) => room.session?.state === 'open');
  await opener.close();
  return made;
}

/** The picture without the pulse, which belongs to the moment, and with each thing at its place. */
const picture = ({ seq, session: of, items, own, supported, ballots }: Room): unknown => ({
  seq,
  session: of,
  items: Object.fromEntries(items),
  own: Object.fromEntries(own),
  supported: [...supported].sort(),
  ballots: Object.fromEntries(ballots),
});

/** What a device sees that follows this person's session for the first time, once it has seen event `seq`. */
async function freshPicture(access: Access, seq: number): Promise<unknown> {
  const fresh = follow(access);
  await reaches(fresh, `a fresh follower to reach event ${seq}`, ({ room }) => room.seq >= seq);
  return picture(fresh.state.room);
}

const asItem = (id: CommandId): ItemId => id as string as ItemId;

describe('What the server wrote down at its first start', () => {
  test('lets people into the demonstration, each in the role of the link', async () => {
    const shown = server.links.conferences[0];
    if (!shown) throw new Error('links.json names no conference.');
    const participant = await join(server.address, { code: shown.code, name: 'Ana', city: 'Tirana' });
    expect(participant.conference).toMatchObject({ id: shown.id, title: shown.title, demonstration: true });
    expect(participant.sessions.map(({ id, title }) => ({ id, title }))).toEqual(shown.sessions);
    expect(shown.links.map(({ role }) => role).sort()).toEqual(['host', 'moderator', 'stage']);
    for (const { role, link } of shown.links)
      expect(await enter(server.address, secretOf(link))).toMatchObject({ role, conference: { id: shown.id } });
  });
});

describe('A person who joins with the code', () => {
  test('gets a token that opens the conference', async () => {
    const access = await participant('Ana');
    expect(access.role).toBe('participant');
    expect(Date.parse(access.expires)).toBeGreaterThan(Date.now());
    expect(access.sessions.map((each) => each.id)).toContain(session);
    const again = await conference(server.address, access.token);
    expect(again.conference).toEqual(access.conference);
  });

  test('is told what is wrong with a wrong code', async () => {
    const wrong = join(server.address, { code: '222222', name: 'Ana', city: 'Tirana' });
    await expect(wrong).rejects.toMatchObject({ name: 'SummitFault', code: expect.stringMatching(/^\w+\.[\w-]+$/) });
    await expect(wrong).rejects.toMatchObject({
      status: expect.toSatisfy((status: number) => status >= 400 && status < 500),
    });
  });

  test('asks, and everybody sees it with the author, the author as the own', async () => {
    const [ana, boris] = [follow(await participant('Ana')), follow(await participant('Boris'))];
    const id = asItem(ana.send({ type: 'ask', text: 'Who pays for the buses?' }));
    await reaches(boris, 'the question at another phone', ({ room }) => room.items.has(id));
    await reaches(ana, 'the own question', ({ room, posted }) => room.own.has(id) && posted.length === 0);
    expect(boris.state.room.items.get(id)).toMatchObject({
      kind: 'question',
      text: 'Who pays for the buses?',
      state: 'published',
      author: { name: 'Ana', city: 'Tirana' },
    });
    expect(boris.state.room.own.size).toBe(0);
  });

  test('asks anonymously, and nobody learns the name', async () => {
    const [ana, boris] = [follow(await participant('Ana')), follow(await participant('Boris'))];
    const id = asItem(ana.send({ type: 'ask', text: 'And who paid last year?', anonymous: true }));
    await reaches(boris, 'the question at another phone', ({ room }) => room.items.has(id));
    expect(boris.state.room.items.get(id)?.author).toBeNull();
    await reaches(ana, 'the own question', ({ room }) => room.own.get(id)?.anonymous === true);
  });

  test('supports, once, and takes it back', async () => {
    const [ana, boris] = [follow(await participant('Ana')), follow(await participant('Boris'))];
    const id = asItem(ana.send({ type: 'ask', text: 'When is the next summit?' }));
    await reaches(boris, 'the question at another phone', ({ room }) => room.items.has(id));
    boris.send({ type: 'support', item: id, on: true });
    boris.send({ type: 'support', item: id, on: true });
    await reaches(boris, 'the support', ({ room, posted }) => room.supported.has(id) && posted.length === 0);
    await reaches(ana, 'one supporter', ({ room }) => room.items.get(id)?.support === 1);
    boris.send({ type: 'support', item: id, on: false });
    await reaches(
      boris,
      'the support to be gone',
      ({ room, posted }) => !room.supported.has(id) && posted.length === 0,
    );
    await reaches(ana, 'no supporter', ({ room }) => room.items.get(id)?.support === 0);
  });

  test('is refused with a text, and keeps it until it is dismissed', async () => {
    const ana = follow(await participant('Ana'));
    const own = asItem(ana.send({ type: 'ask', text: 'May I vote for myself?' }));
    const vain = ana.send({ type: 'support', item: own, on: true });
    await reaches(ana, 'the refusal', ({ posted }) => posted.length === 1 && posted[0]?.state === 'refused');
    expect(ana.state.posted).toMatchObject([{ command: { id: vain }, fault: { code: 'item.own' } }]);
    expect(ana.state.posted[0]?.fault?.message).not.toBe('');
    ana.dismiss(vain);
    expect(ana.state.posted).toEqual([]);
  });

  test('is counted and heard in the pulse', async () => {
    const ana = follow(await participant('Ana'));
    await reaches(ana, 'a pulse with somebody online', ({ room }) => room.pulse.online >= 1);
    ana.react('applause');
    await reaches(ana, 'the applause', ({ room }) => room.pulse.applause >= 1);
  });

  test('sees the same on a second device', async () => {
    const access = await participant('Ana');
    const phone = follow(access);
    const id = asItem(phone.send({ type: 'propose', title: 'A night train', text: 'From Sofia to Tirana.' }));
    await reaches(phone, 'the proposal', ({ room }) => room.items.has(id));
    const fresh = await freshPicture(access, phone.state.room.seq);
    expect(fresh).toMatchObject({ own: { [id]: { title: 'A night train', own: true } } });
  });
});

describe('A moderator and the stage', () => {
  test('bring a question before everybody', async () => {
    const ana = follow(await participant('Ana'));
    const moderator = follow(await enter(server.address, venue.moderator, { name: 'Mira' }));
    const stage = follow(await enter(server.address, venue.stage));
    const id = asItem(ana.send({ type: 'ask', text: 'What did Tirana learn from Sofia?' }));
    await reaches(moderator, 'the question in the inbox', ({ room }) => room.items.has(id));
    expect(moderator.state.room.session?.counts).toBeDefined();
    moderator.send({ type: 'queue', item: id });
    moderator.send({ type: 'stage', item: id });
    await reaches(stage, 'the question on stage', ({ room }) => room.items.get(id)?.state === 'staged');
    await reaches(ana, 'its fate', ({ room }) => room.own.get(id)?.state === 'staged');
    expect(stage.state.room.session?.onStage).toBe(id);
    expect(ana.state.room.session?.counts).toBeUndefined();
  });
});

describe('Two moderators', () => {
  test('see what the other is at, until it is let go or the line ends', async () => {
    const ana = follow(await participant('Ana'));
    const mira = follow(await enter(server.address, venue.moderator, { name: 'Mira' }));
    const boris = follow(await enter(server.address, venue.moderator, { name: 'Boris' }));
    const item = asItem(ana.send({ type: 'ask', text: 'Who of you answers this?' }));
    await reaches(mira, 'the question', ({ room }) => room.items.has(item));
    const at = (live: LiveSession): string | undefined => JSON.stringify(live.state.room.pulse.handling);
    mira.handle(item);
    await reaches(boris, 'Mira at work', () => at(boris) === JSON.stringify([{ item, name: 'Mira' }]));
    expect(at(mira)).toBe('[]');
    mira.handle(null);
    await reaches(boris, 'nobody at work', () => at(boris) === '[]');
    mira.handle(item);
    await reaches(boris, 'Mira at work again', () => at(boris) !== '[]');
    await mira.close();
    await reaches(boris, 'nobody at work', () => at(boris) === '[]');
    await reaches(ana, 'the pulse', ({ room }) => room.pulse.online > 0);
    expect(ana.state.room.pulse.handling).toBeUndefined();
  });
});

describe('Before a merge', () => {
  test('a moderator learns what the support will be, and nobody else does', async () => {
    const [ana, boris] = [follow(await participant('Ana')), follow(await participant('Boris'))];
    const mira = await enter(server.address, venue.moderator, { name: 'Mira' });
    const item = asItem(ana.send({ type: 'ask', text: 'When do the buses run?' }));
    const into = asItem(ana.send({ type: 'ask', text: 'And when at night?' }));
    await reaches(boris, 'both', ({ room }) => room.items.has(item) && room.items.has(into));
    for (const each of [item, into]) boris.send({ type: 'support', item: each, on: true });
    await reaches(boris, 'the support', ({ room, posted }) => room.supported.has(into) && posted.length === 0);
    const merge = { session, item, into };
    expect(await unitedSupport(server.address, mira.token, merge)).toBe(1);
    const refused = { name: 'SummitFault', code: 'access.forbidden' };
    await expect(unitedSupport(server.address, (await participant('Ana')).token, merge)).rejects.toMatchObject(refused);
  });
});

describe('A proposal', () => {
  test('is taken to a vote, and the last ballot of each person counts', async () => {
    const [ana, boris] = [follow(await participant('Ana')), follow(await participant('Boris'))];
    const moderator = follow(await enter(server.address, venue.moderator, { name: 'Mira' }));
    const id = asItem(ana.send({ type: 'propose', title: 'A common ticket', text: 'One card for all buses.' }));
    await reaches(moderator, 'the proposal', ({ room }) => room.items.has(id));
    moderator.send({ type: 'open-vote', item: id });
    await reaches(boris, 'the vote', ({ room }) => room.items.get(id)?.vote?.open === true);
    boris.send({ type: 'vote', item: id, choice: 'no' });
    boris.send({ type: 'vote', item: id, choice: 'yes' });
    await reaches(boris, 'the own ballot', ({ room }) => room.ballots.get(id) === 'yes');
    await reaches(ana, 'one ballot', ({ room }) => room.items.get(id)?.vote?.cast === 1);
    expect(ana.state.room.items.get(id)?.vote?.yes).toBeUndefined();
    moderator.send({ type: 'close-vote', item: id });
    await reaches(ana, 'the result', ({ room }) => room.items.get(id)?.vote?.open === false);
    expect(ana.state.room.items.get(id)?.vote).toMatchObject({ cast: 1, yes: 1, no: 0, abstain: 0 });
  });
});

describe('A link that is revoked', () => {
  test('ends the following of those who came by it, with the reason, and refuses what they send', async () => {
    const { secret, revoke } = await venue.issue('moderator');
    const moderator = follow(await enter(server.address, secret, { name: 'Mira' }));
    await reaches(moderator, 'the line', ({ connection }) => connection === 'live');
    await revoke();
    await reaches(moderator, 'the end', ({ connection }) => connection === 'ended');
    expect(moderator.state.ended?.code).toBe('access.revoked');
    await expect(enter(server.address, secret)).rejects.toMatchObject({ code: 'link.unknown', status: 404 });
  });
});

describe('More than the server takes at once', () => {
  test('is slowed down, and arrives whole, from each device in order', async () => {
    const access = await participant('Ana');
    const devices = Array.from({ length: 5 }, () => follow(access));
    const told = new Set<string>();
    const sent = devices.map((device, index) => {
      device.subscribe(({ posted }) => posted.forEach(({ fault }) => fault && told.add(fault.code)));
      return Array.from({ length: 15 }, (_, each) =>
        asItem(device.send({ type: 'comment', text: `Device ${index}, comment ${each}.` })),
      );
    });
    const boris = follow(await participant('Boris'));
    await reaches(boris, 'all at another phone', ({ room }) => sent.flat().every((id) => room.items.has(id)), 40_000);
    for (const ids of sent) {
      const numbers = ids.map((id) => boris.state.room.items.get(id)?.changed ?? 0);
      expect([...numbers].sort((a, b) => a - b)).toEqual(numbers);
    }
    expect([...told]).toEqual(['limit.rate']);
  }, 60_000);
});

describe('A token that nobody gave', () => {
  test('ends the following, with the reason', async () => {
    const live = follow({ ...(await participant('Ana')), token: 'forged.token.of-nobody' });
    await reaches(live, 'the end', ({ connection }) => connection === 'ended');
    expect(live.state.ended?.code).toMatch(/^access\./);
    expect(live.state.ended?.message).not.toBe('');
  });
});

describe('When the server', () => {
  test('is killed while commands wait and comes back, they are there once, and the picture is that of a fresh follow', async () => {
    const access = await participant('Ana');
    const ana = follow(access);
    const boris = follow(await participant('Boris'));
    const roll = dice(20260301);
    const ids: ItemId[] = [];
    for (let round = 0; round < 3; round++) {
      await reaches(ana, 'the line', ({ connection }) => connection === 'live');
      const seq = ana.state.room.seq;
      for (let each = 0; each < 4; each++)
        ids.push(asItem(ana.send({ type: 'ask', text: `Round ${round}, question ${each}?` })));
      // Sometimes before anything went out, sometimes in the middle.
      const before = roll(3);
      if (before > 0) await reaches(ana, 'the first to be taken', ({ room }) => room.seq >= seq + before);
      await server.kill();
      ids.push(asItem(ana.send({ type: 'comment', text: `Typed while the server was away, round ${round}.` })));
      await reaches(ana, 'the loss of the line', ({ connection }) => connection !== 'live');
      expect(ana.state.posted.length).toBeGreaterThan(0);
      await server.start();
    }
    await reaches(ana, 'all to be taken', ({ posted }) => posted.length === 0, 40_000);
    expect(ana.state.posted).toEqual([]);
    await reaches(boris, 'all at another phone', ({ room }) => room.seq >= ana.state.room.seq, 30_000);
    await reaches(ana, 'the same event', ({ room }) => room.seq >= boris.state.room.seq);

    const texts = [...boris.state.room.items.values()].map(({ text }) => text).filter((text) => /round/i.test(text));
    expect(texts.length).toBe(ids.length);
    expect(new Set(texts).size).toBe(ids.length);
    for (const id of ids) expect(ana.state.room.own.has(id)).toBe(true);
    expect(picture(ana.state.room)).toEqual(await freshPicture(access, ana.state.room.seq));
    const items = (room: Room): unknown => Object.fromEntries(room.items);
    expect(items(boris.state.room)).toEqual(items(ana.state.room));
  }, 120_000);

  test('is away over a reload, what was typed is sent by the page after it', async () => {
    const [access, storage] = [await participant('Ana'), memoryStorage()];
    const before = follow(access, storage);
    await reaches(before, 'the line', ({ connection }) => connection === 'live');
    await server.kill();
    const id = before.send({ type: 'ask', text: 'Does it survive the reload?' });
    await before.close();
    await server.start();
    const after = follow(access, storage);
    expect(after.state.posted).toMatchObject([{ command: { id }, state: 'waiting' }]);
    await reaches(after, 'the question', ({ room, posted }) => room.own.has(asItem(id)) && posted.length === 0);
    await until('the storage to be empty', 15_000, () => storage.keys().length === 0);
  }, 60_000);

  test('falls silent, a page that wakes up finds out and resumes', async () => {
    const ana = follow(await participant('Ana'));
    await reaches(ana, 'the line', ({ connection }) => connection === 'live');
    server.freeze();
    try {
      const id = asItem(ana.send({ type: 'ask', text: 'Is anybody there?' }));
      await reaches(ana, 'the loss of the line', ({ connection }) => (ana.wake(), connection !== 'live'));
      server.thaw();
      await reaches(ana, 'the line', ({ connection }) => connection === 'live');
      await reaches(ana, 'the question', ({ room, posted }) => room.own.has(id) && posted.length === 0, 20_000);
    } finally {
      server.thaw();
    }
  }, 60_000);
});

describe('the calendar, as a parser of somebody else reads it', () => {
  const title = 'Влакове, автобуси; и заглавие, което е по-дълго от един ред на календара \\ 🚲';

  const read = async (file: string): Promise<ICAL.Event[]> => {
    const answer = await fetch(`${server.address}/api/calendars/${venue.code}/${file}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    const calendar = new ICAL.Component(ICAL.parse(await answer.text()) as unknown[]);
    return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  };

  test('has every session at its time, with its title as it was written', async () => {
    const added = await venue.add(title);
    const events = await read('programme.ics');
    const { conference: whole, sessions } = await conference(server.address, (await participant('Ana')).token);
    expect(events.map(({ uid, summary }) => [uid, summary])).toEqual([
      [whole.id, whole.title],
      ...sessions.map((one) => [one.id, one.title]),
    ]);
    expect(events.find(({ uid }) => uid === added.id)?.summary).toBe(title);
    const second = (time: string): number => Math.floor(Date.parse(time) / 1000);
    expect(events.slice(1).map(({ startDate, endDate }) => [startDate.toUnixTime(), endDate.toUnixTime()])).toEqual(
      sessions.map(({ starts, ends }) => [second(starts), second(ends)]),
    );
    expect(await read(`${added.id}.ics`)).toMatchObject([{ uid: added.id, summary: title }]);
  });
});
