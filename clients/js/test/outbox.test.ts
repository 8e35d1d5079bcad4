import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LiveSession, type LiveOptions } from '../src/live.js';
import { failed, tooLarge } from '../src/outbox.js';
import { memoryStorage } from '../src/storage.js';
import type { CommandId, Fault } from '../src/types.js';
import { access, dice, FakeServer, session, twoTabs } from './fakes.js';

beforeEach(() => void vi.useFakeTimers());
const opened: LiveSession[] = [];
afterEach(async () => {
  const closing = Promise.all(opened.splice(0).map((live) => live.close()));
  await vi.runAllTimersAsync();
  await closing;
  vi.useRealTimers();
});

function follow(server: FakeServer, more: Partial<LiveOptions> = {}): LiveSession {
  const live = new LiveSession({
    server: '',
    access,
    session,
    storage: memoryStorage(),
    wire: server.open,
    refused: () => Promise.resolve(null),
    retry: () => 250,
    ...more,
  });
  opened.push(live);
  return live;
}

const pass = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);
const ask = (live: LiveSession, text: string): CommandId => live.send({ type: 'ask', text });
const states = (live: LiveSession): string[] => live.state.posted.map((each) => each.state);
const busy: Fault = { code: 'engine.busy', message: 'Please wait.', retry: true };
const refusal: Fault = { code: 'session.closed', message: 'The session is closed.' };

describe('What is sent', () => {
  test('arrives in the order of typing, one at a time, and leaves the outbox once the room shows it', async () => {
    const server = new FakeServer();
    const live = follow(server);
    await pass(0);
    const ids = ['one', 'two', 'three'].map((text) => ask(live, text));
    expect(states(live)).toEqual(['sent', 'waiting', 'waiting']);
    await pass(0);
    expect(server.arrived).toEqual(ids);
    expect(live.state.posted).toEqual([]);
    expect([...live.state.room.items.keys()]).toEqual(ids);
  });

  test('stands as accepted until a frame as late as its answer was seen', async () => {
    const server = new FakeServer();
    const live = follow(server, {
      wire: (lost) => {
        const wire = server.open(lost);
        // The answer overtakes the frame: the stream says nothing more after its first frame.
        return {
          ...wire,
          follow: (since, frame, ended) =>
            wire.follow(since, (one) => void (since === 0 && one.reset && frame(one)), ended),
        };
      },
    });
    await pass(0);
    ask(live, 'one');
    await pass(100);
    expect(states(live)).toEqual(['accepted']);
  });

  test('waits while there is no line, over a reload, and goes out once when there is one', async () => {
    const server = new FakeServer();
    server.up = false;
    const storage = memoryStorage();
    const before = follow(server, { storage });
    await pass(0);
    const id = ask(before, 'typed in the tunnel');
    await pass(5_000);
    expect(states(before)).toEqual(['waiting']);
    await before.close();

    const after = follow(server, { storage });
    expect(after.state.posted.map(({ command }) => command)).toEqual([
      { type: 'ask', text: 'typed in the tunnel', id },
    ]);
    server.restart();
    await pass(1_000);
    expect(server.arrived).toEqual([id]);
    expect(after.state.posted).toEqual([]);
    expect(storage.keys()).toEqual([]);
  });

  test('belongs to its person and its session', async () => {
    const server = new FakeServer();
    server.up = false;
    const storage = memoryStorage();
    const mine = follow(server, { storage });
    ask(mine, 'mine');
    await mine.close();
    server.restart();
    const somebodyElse = { ...access, person: '00000000-0000-7000-8000-00000000000b' as typeof access.person };
    const elsewhere = '00000000-0000-7000-8000-000000000002' as typeof session;
    const others = [follow(server, { storage, access: somebodyElse }), follow(server, { storage, session: elsewhere })];
    await pass(1_000);
    expect(others.flatMap(states)).toEqual([]);
    expect(server.arrived).toEqual([]);
  });

  test.each(['lost-before', 'lost-after'] as const)('is taken once when the line is %s', async (fate) => {
    const server = new FakeServer();
    server.fates.push(fate);
    const live = follow(server);
    await pass(0);
    const ids = [ask(live, 'one'), ask(live, 'two')];
    await pass(5_000);
    expect(server.arrived).toEqual([ids[0], ids[0], ids[1]]);
    expect([...server.items.keys()]).toEqual(ids);
    expect(live.state.posted).toEqual([]);
  });

  test('is sent again with the same id when no answer comes', async () => {
    const server = new FakeServer();
    server.fates.push('silent');
    const live = follow(server);
    await pass(0);
    const id = ask(live, 'one');
    await pass(20_000);
    expect(server.arrived).toEqual([id]);
    expect(live.state.posted).toEqual([]);
  });

  test('finds out by the missing answer that the line is dead, and goes out on the next one', async () => {
    const server = new FakeServer();
    const live = follow(server);
    await pass(0);
    server.swallow();
    const id = ask(live, 'one');
    await pass(12_900);
    expect(live.state.connection).toBe('live');
    await pass(200);
    expect(live.state.connection).toBe('reconnecting');
    await pass(1_000);
    expect(server.arrived).toEqual([id]);
    expect(live.state.posted).toEqual([]);
  });

  test('does not wait out an old back-off on a new line', async () => {
    const server = new FakeServer();
    server.fates.push(busy, busy);
    const live = follow(server, { retry: (attempt) => (attempt === 0 ? 250 : 3_600_000) });
    await pass(0);
    ask(live, 'one');
    await pass(5_000);
    expect(server.arrived.length).toBe(2);
    server.fates.push(busy);
    server.kill();
    server.restart();
    await pass(600);
    expect(server.arrived.length).toBe(4);
    expect(live.state.posted).toEqual([]);
  });

  test('is sent again with the same id while the server is busy, and says why it waits', async () => {
    const server = new FakeServer();
    server.fates.push(busy, busy);
    const live = follow(server);
    await pass(0);
    const ids = [ask(live, 'one'), ask(live, 'two')];
    await pass(100);
    expect(live.state.posted[0]).toMatchObject({ state: 'waiting', fault: busy });
    await pass(1_000);
    expect(server.arrived).toEqual([ids[0], ids[0], ids[0], ids[1]]);
    expect(live.state.posted).toEqual([]);
  });

  test('is refused with the text of the fault, over a reload, until dismissed; what follows goes on', async () => {
    const server = new FakeServer();
    server.fates.push(refusal);
    const storage = memoryStorage();
    const live = follow(server, { storage });
    await pass(0);
    const ids = [ask(live, 'one'), ask(live, 'two')];
    await pass(1_000);
    expect(server.arrived).toEqual(ids);
    expect(live.state.posted).toMatchObject([{ command: { id: ids[0] }, state: 'refused', fault: refusal }]);
    await live.close();

    const again = follow(server, { storage });
    await pass(1_000);
    expect(states(again)).toEqual(['refused']);
    expect(server.arrived, 'a refused one is not sent again').toEqual(ids);
    again.dismiss(ids[0] as CommandId);
    expect(again.state.posted).toEqual([]);
    expect(storage.keys()).toEqual([]);
  });

  test('is given up after the server has failed over it time and again, so that the rest goes through', async () => {
    const server = new FakeServer();
    server.fates.push(...Array.from({ length: 5 }, () => new Error('The server threw.')));
    const live = follow(server);
    await pass(0);
    const ids = [ask(live, 'one'), ask(live, 'two')];
    await pass(5_000);
    expect(live.state.posted).toMatchObject([{ command: { id: ids[0] }, state: 'refused', fault: { code: failed } }]);
    expect([...server.items.keys()]).toEqual([ids[1]]);
  });

  test('is not sent at all when the hub would not read it', async () => {
    const server = new FakeServer();
    const live = follow(server);
    await pass(0);
    ask(live, 'ж'.repeat(16_000));
    await pass(1_000);
    expect(server.arrived).toEqual([]);
    expect(live.state.posted).toMatchObject([{ state: 'refused', fault: { code: tooLarge } }]);
  });

  test('cannot be dismissed while it waits: it may have arrived', async () => {
    const server = new FakeServer();
    server.up = false;
    const live = follow(server);
    await pass(0);
    live.dismiss(ask(live, 'one'));
    expect(states(live)).toEqual(['waiting']);
  });
});

describe('Two tabs of one person', () => {
  test.each([true, false])('lose nothing and post nothing twice (locks: %s)', async (locks) => {
    for (let seed = 1; seed <= 20; seed++) {
      const roll = dice(seed);
      const server = new FakeServer();
      const tabs = twoTabs({ locks }).map((storage) => follow(server, { storage }));
      const ids: CommandId[] = [];
      for (let step = 0; step < 40; step++) {
        const tab = tabs[roll(2)];
        if (tab) ids.push(ask(tab, `question ${step}`));
        if (roll(6) === 0) server.fates.push((['lost-before', 'lost-after'] as const)[roll(2)] ?? 'lost-after');
        if (roll(8) === 0) server.kill();
        if (roll(4) === 0) server.restart();
        await pass(roll(400));
      }
      server.restart();
      await pass(60_000);
      expect([...server.items.keys()].sort(), `seed ${seed}`).toEqual([...ids].sort());
      for (const tab of tabs) {
        expect(tab.state.posted, `seed ${seed}`).toEqual([]);
        expect(tab.state.room.items, `seed ${seed}`).toEqual(server.items);
        await tab.close();
      }
      if (locks) expect([...server.items.keys()], `order, seed ${seed}`).toEqual(ids);
    }
  });

  test('show each other what waits, and what became of it', async () => {
    const server = new FakeServer();
    server.up = false;
    const [one, other] = twoTabs({ locks: true }).map((storage) => follow(server, { storage }));
    if (!one || !other) throw new Error('Two tabs make two sessions.');
    await pass(0);
    ask(one, 'one');
    await pass(0);
    expect(states(other)).toEqual(['waiting']);
    server.fates.push(refusal);
    server.restart();
    await pass(2_000);
    expect(states(one)).toEqual(['refused']);
    expect(states(other)).toEqual(['refused']);
    expect(server.arrived.length).toBe(1);
  });

  test('send it once, also when they are told of each other too late', async () => {
    const server = new FakeServer();
    server.up = false;
    const storages = twoTabs({ locks: true }).map((storage) => ({ ...storage, watch: () => () => undefined }));
    const [one] = storages.slice(0, 1).map((storage) => follow(server, { storage }));
    if (!one) throw new Error('One tab makes one session.');
    const id = ask(one, 'one');
    storages.slice(1).map((storage) => follow(server, { storage }));
    server.restart();
    await pass(2_000);
    expect(server.arrived).toEqual([id]);
  });

  test('do not bring back what the other has seen through', async () => {
    const server = new FakeServer();
    server.up = false;
    const [one, other] = twoTabs({ locks: false }).map((storage) => follow(server, { storage }));
    if (!one || !other) throw new Error('Two tabs make two sessions.');
    await pass(0);
    const id = ask(one, 'one');
    // The first to send never hears an answer; the other does.
    server.fates.push('silent');
    server.restart();
    await pass(60_000);
    expect(server.arrived).toEqual([id]);
    expect([...states(one), ...states(other)]).toEqual([]);
  });

  test('of which one closed leave its words to the other', async () => {
    const server = new FakeServer();
    server.up = false;
    const [one, other] = twoTabs({ locks: true }).map((storage) => follow(server, { storage }));
    if (!one || !other) throw new Error('Two tabs make two sessions.');
    await pass(0);
    const id = ask(one, 'one');
    await one.close();
    server.restart();
    await pass(2_000);
    expect([...server.items.keys()]).toEqual([id]);
    expect(states(other)).toEqual([]);
  });
});
