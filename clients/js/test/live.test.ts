import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SummitFault } from '../src/access.js';
import { LiveSession, type LiveOptions } from '../src/live.js';
import { emptyRoom, reduce } from '../src/room.js';
import { memoryStorage } from '../src/storage.js';
import type { Fault, Frame, ItemId } from '../src/types.js';
import { access, FakeServer, session } from './fakes.js';

beforeEach(() => void vi.useFakeTimers());
const opened: LiveSession[] = [];
afterEach(async () => {
  const closing = Promise.all(opened.splice(0).map((live) => live.close()));
  await vi.runAllTimersAsync();
  await closing;
  expect(vi.getTimerCount(), 'timers left behind').toBe(0);
  vi.useRealTimers();
});

function follow(server: FakeServer, more: Partial<LiveOptions> = {}): LiveSession {
  const live = new LiveSession({
    server: '',
    access,
    session,
    storage: memoryStorage(),
    wire: server.open,
    first: new Promise(() => undefined),
    refused: () => Promise.resolve(null),
    retry: (attempt) => Math.min(10_000, 250 * 2 ** attempt),
    ...more,
  });
  opened.push(live);
  return live;
}

const pass = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

function fresh(server: FakeServer): unknown {
  return reduce(emptyRoom, { seq: server.seq, reset: true, items: [...server.items.values()] });
}

describe('Following', () => {
  test('is live with the first frame, and shows what comes after', async () => {
    const server = new FakeServer();
    server.post('a');
    const live = follow(server);
    expect(live.state.connection).toBe('connecting');
    await pass(0);
    expect(live.state.connection).toBe('live');
    server.post('b');
    expect([...live.state.room.items.keys()]).toEqual(['a', 'b']);
  });

  test('begins with the picture that was sooner than the line, and follows from there', async () => {
    const server = new FakeServer();
    server.post('a');
    server.up = false;
    const live = follow(server, { first: Promise.resolve(server.picture(0)) });
    await pass(0);
    expect([live.state.connection, ...live.state.room.items.keys()]).toEqual(['connecting', 'a']);
    server.restart();
    server.post('b');
    await pass(2_000);
    expect(server.followed).toEqual([1]);
    expect(live.state.room).toEqual(fresh(server));
  });

  test('hears no picture that comes after the line, nor a refusal of it', async () => {
    const server = new FakeServer();
    server.post('a');
    const late = { ...server.picture(0), items: [] };
    let say: (frame: Frame) => void = () => undefined;
    const live = follow(server, { first: new Promise((resolve) => (say = resolve)) });
    const other = follow(server, { first: Promise.reject(new SummitFault('server.busy', 'Later.', 503)) });
    await pass(0);
    say(late);
    await pass(0);
    for (const { state } of [live, other]) {
      expect(state.connection).toBe('live');
      expect(state.room).toEqual(fresh(server));
    }
  });

  test('resumes after a restart from where the room stands, and ends on the picture of a fresh follow', async () => {
    const server = new FakeServer();
    server.post('a');
    const live = follow(server);
    await pass(0);
    server.kill();
    await pass(600);
    expect(live.state.connection).toBe('reconnecting');
    expect(live.state.room.items.size, 'the picture stays while the line is away').toBe(1);
    server.restart();
    server.post('b');
    await pass(2_000);
    expect(live.state.connection).toBe('live');
    expect(server.followed).toEqual([0, 1]);
    expect(live.state.room).toEqual(fresh(server));
  });

  test('backs off from try to try, says so when it takes long, and starts anew once live', async () => {
    const server = new FakeServer();
    const asked: number[] = [];
    server.up = false;
    const live = follow(server, {
      retry: (attempt) => {
        asked.push(attempt);
        return 1_000;
      },
    });
    await pass(4_500);
    expect(asked).toEqual([0, 1, 2, 3, 4]);
    expect(live.state.connection).toBe('offline');
    server.restart();
    await pass(1_000);
    expect(live.state.connection).toBe('live');
    server.kill();
    await pass(100);
    expect(asked.at(-1)).toBe(0);
    expect(live.state.connection).toBe('reconnecting');
  });

  test('gives up a connection that neither comes about nor fails', async () => {
    const server = new FakeServer();
    let hangs = true;
    const live = follow(server, {
      wire: (lost) => {
        const wire = server.open(lost);
        return hangs ? { ...wire, start: () => new Promise(() => undefined) } : wire;
      },
    });
    await pass(9_000);
    hangs = false;
    await pass(2_000);
    expect(live.state.connection).toBe('live');
  });

  test('gives up a line whose first frame does not come', async () => {
    const server = new FakeServer();
    let mute = true;
    const live = follow(server, {
      wire: (lost) => {
        const wire = server.open(lost);
        return mute ? { ...wire, follow: () => () => undefined } : wire;
      },
    });
    await pass(9_000);
    expect(live.state.connection).toBe('connecting');
    mute = false;
    await pass(2_000);
    expect(live.state.connection).toBe('live');
    expect(server.lines).toBe(1);
  });

  test('is ended by a refusal of our own server alone, not by what stands before it', async () => {
    const answers = [
      new Response('<h1>404</h1> no such service', { status: 404 }),
      Response.json({ code: 'access.revoked', detail: 'Ask for another link.' }, { status: 401 }),
    ];
    const unheard = (): Promise<Response> => Promise.reject(new TypeError('No network.'));
    vi.stubGlobal('fetch', (url: string) => (url === '/api/conference' && answers.shift()) || unheard());
    const server = new FakeServer();
    server.up = false;
    const live = new LiveSession({ server: '', access, session, storage: memoryStorage(), wire: server.open });
    opened.push(live);
    await pass(1_000);
    expect(answers).toHaveLength(1);
    expect(live.state.ended).toBeUndefined();
    await pass(60_000);
    expect(live.state.ended).toMatchObject({ code: 'access.revoked' });
    vi.unstubAllGlobals();
  });

  test('follows again when the server ends the stream without a reason', async () => {
    const server = new FakeServer();
    const live = follow(server);
    await pass(0);
    server.dismissAll({ code: 'server.busy', message: 'Too many.', retry: true });
    await pass(0);
    expect(live.state.connection).toBe('reconnecting');
    await pass(500);
    expect(live.state.connection).toBe('live');
  });

  test('ends for good with a final fault', async () => {
    const server = new FakeServer();
    const live = follow(server);
    await pass(0);
    const fault: Fault = { code: 'access.revoked', message: 'This link was revoked.' };
    server.dismissAll(fault);
    await pass(60_000);
    expect(live.state.connection).toBe('ended');
    expect(live.state.ended).toEqual(fault);
    expect(server.opened).toBe(1);
  });

  test('ends when the server is there but refuses the token', async () => {
    const server = new FakeServer();
    server.up = false;
    const fault: Fault = { code: 'access.expired', message: 'Join again.' };
    const live = follow(server, { refused: () => Promise.resolve(fault) });
    await pass(60_000);
    expect(live.state.ended).toEqual(fault);
    expect(server.opened).toBe(1);
  });

  test('goes on trying while it is not known whether the token is refused', async () => {
    const server = new FakeServer();
    server.up = false;
    let answer: (fault: Fault) => void = () => undefined;
    const live = follow(server, { refused: () => new Promise((resolve) => (answer = resolve)) });
    await pass(1_000);
    server.restart();
    await pass(2_000);
    expect(live.state.connection).toBe('live');
    answer({ code: 'access.expired', message: 'Join again.' });
    await pass(0);
    expect(live.state.connection, 'a line is the better proof').toBe('live');
  });

  test('hands nothing out after it was closed', async () => {
    const server = new FakeServer();
    const live = follow(server);
    await pass(0);
    const seen: number[] = [];
    live.subscribe((state) => seen.push(state.room.seq));
    await live.close();
    server.post('a');
    await pass(60_000);
    expect(seen.at(-1)).toBe(0);
    expect(server.lines).toBe(0);
    expect(server.opened).toBe(1);
  });
});

describe('Waking', () => {
  test('without a line tries at once', async () => {
    const server = new FakeServer();
    const live = follow(server, { retry: () => 3_600_000 });
    await pass(0);
    server.kill();
    await pass(1_000);
    server.restart();
    await pass(60_000);
    expect(live.state.connection).toBe('reconnecting');
    live.wake();
    await pass(0);
    expect(live.state.connection).toBe('live');
  });

  test('on a line that died in the sleep finds out within seconds, and resumes', async () => {
    const server = new FakeServer();
    const live = follow(server);
    await pass(0);
    await pass(60_000);
    server.swallow();
    server.post('a');
    live.wake();
    await pass(3_000);
    expect(live.state.connection).toBe('reconnecting');
    await pass(500);
    expect(live.state.connection).toBe('live');
    expect(live.state.room).toEqual(fresh(server));
  });

  test('again and again does not put the proof off', async () => {
    const server = new FakeServer();
    const live = follow(server);
    await pass(60_000);
    server.swallow();
    for (let time = 0; time < 3_200; time += 100) {
      live.wake();
      await pass(100);
    }
    expect(server.opened, 'the dead line is left for another').toBe(2);
    expect(live.state.connection).toBe('live');
  });

  test('on a line that works keeps it', async () => {
    const server = new FakeServer();
    server.post('a');
    const live = follow(server);
    await pass(60_000);
    live.wake();
    await pass(60_000);
    server.post('b');
    expect(server.opened).toBe(1);
    expect(server.followed).toEqual([0, 1]);
    expect(server.followers, 'the stream before is cancelled').toBe(1);
    expect(live.state.room).toEqual(fresh(server));
  });

  test('gives up a try that began before the sleep', async () => {
    const server = new FakeServer();
    let hangs = true;
    const live = follow(server, {
      wire: (lost) => {
        const wire = server.open(lost);
        return hangs ? { ...wire, start: () => new Promise(() => undefined) } : wire;
      },
    });
    await pass(5_000);
    hangs = false;
    live.wake();
    await pass(500);
    expect(live.state.connection).toBe('live');
  });
});

describe('A page', () => {
  const target = (): EventTarget & { visibilityState?: string } => new EventTarget();
  afterEach(() => void vi.unstubAllGlobals());

  test.each(['visibilitychange', 'pageshow', 'online'])('wakes its session on %s', async (event) => {
    const [page, window] = [target(), target()];
    page.visibilityState = 'visible';
    vi.stubGlobal('document', page);
    vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
    vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
    const server = new FakeServer();
    server.up = false;
    const live = follow(server, { retry: () => 3_600_000 });
    await pass(1_000);
    server.restart();
    (event === 'visibilitychange' ? page : window).dispatchEvent(new Event(event));
    await pass(0);
    expect(live.state.connection).toBe('live');
    await live.close();
    opened.length = 0;
  });
});

describe('A subscriber', () => {
  test('is called at once and at each change, until it leaves', async () => {
    const server = new FakeServer();
    const live = follow(server);
    const seen: string[] = [];
    const leave = live.subscribe((state) => seen.push(`${state.connection} ${state.room.seq}`));
    await pass(0);
    server.post('a');
    leave();
    server.post('b');
    expect(seen).toEqual(['connecting 0', 'live 0', 'live 1']);
  });

  test('never sees an own item both in the room and as posted, nor in neither', async () => {
    const server = new FakeServer();
    const live = follow(server);
    await pass(0);
    const places = new Set<number>();
    const id = live.send({ type: 'ask', text: 'Why?' });
    live.subscribe(({ room, posted }) =>
      places.add(
        [...room.items.keys()].filter((each) => each === (id as string)).length +
          posted.filter((each) => each.command.id === id).length,
      ),
    );
    await pass(1_000);
    expect(live.state.posted).toEqual([]);
    expect([...places]).toEqual([1]);
  });
});

describe('What a moderator is at', () => {
  test('is told while there is a line, and not kept for later', async () => {
    const server = new FakeServer();
    const live = follow(server);
    live.handle('before' as ItemId);
    await pass(0);
    live.handle('a' as ItemId);
    live.handle(null);
    server.kill();
    await pass(100);
    live.handle('b' as ItemId);
    server.restart();
    await pass(2_000);
    expect(live.state.connection).toBe('live');
    expect(server.handled).toEqual(['a', null]);
  });
});
