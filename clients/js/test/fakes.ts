// A server as the client sees it, inside the test: it decides, remembers and streams as docs/protocol.md says.
import { memoryStorage, type KeyValueStorage } from '../src/storage.js';
import type {
  Access,
  Answer,
  Command,
  CommandId,
  Fault,
  Frame,
  Item,
  ItemId,
  PersonId,
  SessionId,
} from '../src/types.js';
import { LineLost, type OpenWire, type Wire } from '../src/wire.js';

export const session = '00000000-0000-7000-8000-000000000001' as SessionId;

export const access: Access = {
  token: 'token',
  expires: '2099-01-01T00:00:00Z',
  person: '00000000-0000-7000-8000-00000000000a' as PersonId,
  role: 'participant',
  conference: {
    id: '00000000-0000-7000-8000-00000000000c' as Access['conference']['id'],
    title: 'Summit',
    theme: null,
    starts: '2026-03-01T09:00:00Z',
    ends: '2026-03-01T17:00:00Z',
    timeZone: 'Europe/Sofia',
    languages: ['en'],
    code: 'KRM4TB',
    demonstration: false,
  },
  sessions: [],
};

export function item(id: string, changed: number, more: Partial<Item> = {}): Item {
  return {
    id: id as ItemId,
    number: 1,
    kind: 'question',
    text: `Text of ${id}`,
    lang: 'en',
    state: 'published',
    support: 0,
    author: { name: 'Ana', city: 'Tirana' },
    at: '2026-03-01T09:30:00Z',
    changed,
    ...more,
  };
}

type Follower = { readonly line: Line; readonly frame: (frame: Frame) => void; readonly ended: () => void };
type Line = { readonly lost: () => void; alive: boolean; silent: boolean };

export class FakeServer {
  seq = 0;
  readonly items = new Map<ItemId, Item>();
  /** Each `since` that was asked for, in order. */
  readonly followed: number[] = [];
  /** Each command that arrived, in order, retries included. */
  readonly arrived: CommandId[] = [];
  /** What was said to be handled, in order. */
  readonly handled: (ItemId | null)[] = [];
  /** False: nobody answers on the network. */
  up = true;
  /** How the next commands fare; after that they are taken. */
  readonly fates: ('lost-before' | 'lost-after' | 'silent' | Error | Fault)[] = [];
  /** Connections that were opened, failed ones included. */
  opened = 0;
  #lines: Line[] = [];
  #followers: Follower[] = [];
  readonly #taken = new Map<CommandId, number>();

  readonly open: OpenWire = (lost) => {
    const line: Line = { lost, alive: false, silent: false };
    this.opened++;
    return {
      start: () => this.#start(line),
      follow: (since, frame, ended) => this.#follow({ line, frame, ended }, since),
      send: (command) => this.#send(line, command),
      react: () => undefined,
      handle: (item) => void this.handled.push(item),
      stop: () => Promise.resolve(this.#cut(line)),
    } satisfies Wire;
  };

  /** A question of somebody else, fed to all. */
  post(id: string): void {
    this.#put(id as ItemId);
  }

  /** The process is gone, and all connections with it. What was taken is on disk. */
  kill(): void {
    this.up = false;
    for (const line of this.#lines) this.#cut(line);
  }

  restart(): void {
    this.up = true;
  }

  /** The network swallows everything from now on, and nobody is told: what a sleeping phone wakes up to. */
  swallow(): void {
    for (const line of this.#lines) line.silent = true;
  }

  /** Ends all streams with a last frame. */
  dismissAll(fault: Fault): void {
    for (const follower of this.#followers.splice(0)) {
      follower.frame({ fault });
      follower.ended();
    }
  }

  /** Connections that are still open. */
  get lines(): number {
    return this.#lines.filter((line) => line.alive).length;
  }

  get followers(): number {
    return this.#followers.length;
  }

  /** What a fresh Follow begins with. */
  picture(since: number): Frame {
    const items = [...this.items.values()].filter((each) => each.changed > since);
    return { seq: this.seq, items, ...(since === 0 ? { reset: true } : {}) };
  }

  #start(line: Line): Promise<void> {
    if (!this.up) return Promise.reject(new Error('Connection refused.'));
    line.alive = true;
    this.#lines.push(line);
    return Promise.resolve();
  }

  #follow(follower: Follower, since: number): () => void {
    if (follower.line.silent) return () => undefined;
    this.followed.push(since);
    this.#followers.push(follower);
    queueMicrotask(() => {
      if (this.#followers.includes(follower)) follower.frame(this.picture(since));
    });
    return () => (this.#followers = this.#followers.filter((other) => other !== follower));
  }

  async #send(line: Line, command: Command): Promise<Answer> {
    // Nothing arrives in the same breath.
    await Promise.resolve();
    if (!line.alive) throw new LineLost('Send');
    const fate = line.silent ? 'silent' : this.fates.shift();
    if (fate === 'silent') return new Promise(() => undefined);
    this.arrived.push(command.id);
    if (fate === 'lost-before') return this.#die(line);
    if (fate instanceof Error) throw fate;
    if (typeof fate === 'object') return { fault: fate };
    const seq = this.#take(command);
    if (fate === 'lost-after') return this.#die(line);
    return { seq };
  }

  #die(line: Line): never {
    this.#cut(line);
    throw new LineLost('Send');
  }

  /** Each id once, for ever. */
  #take(command: Command): number {
    const before = this.#taken.get(command.id);
    if (before !== undefined) return before;
    this.#put(command.id as string as ItemId);
    this.#taken.set(command.id, this.seq);
    return this.seq;
  }

  #put(id: ItemId): void {
    const changed = item(id, ++this.seq);
    this.items.set(id, changed);
    for (const follower of this.#followers)
      if (!follower.line.silent) follower.frame({ seq: this.seq, items: [changed] });
  }

  #cut(line: Line): void {
    if (!line.alive) return;
    line.alive = false;
    this.#followers = this.#followers.filter((follower) => follower.line !== line);
    line.lost();
  }
}

/** Two tabs of one browser: what one writes the other is told of, and the locks are common. */
export function twoTabs({ locks }: { locks: boolean }): readonly [KeyValueStorage, KeyValueStorage] {
  const shared = memoryStorage();
  const watchers = [new Set<() => void>(), new Set<() => void>()] as const;
  let turn: Promise<unknown> = Promise.resolve();
  const tab = (mine: Set<() => void>, others: Set<() => void>): KeyValueStorage => {
    const tell = (): void => others.forEach((changed) => queueMicrotask(changed));
    return {
      ...shared,
      set(key, value) {
        shared.set(key, value);
        tell();
      },
      remove(key) {
        shared.remove(key);
        tell();
      },
      watch(changed) {
        mine.add(changed);
        return () => mine.delete(changed);
      },
      ...(locks ? { alone: (_name, work) => take(work) } : {}),
    };
  };
  const take = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  return [tab(watchers[0], watchers[1]), tab(watchers[1], watchers[0])];
}

/** Numbers that look random and are the same each time. */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    // xorshift32 does not leave zero.
    state ||= 0x9e3779b9;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % sides;
  };
}
