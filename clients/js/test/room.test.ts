import { describe, expect, test } from 'vitest';
import { emptyRoom, pictureOf, reduce, type Room } from '../src/room.js';
import type { Choice, Frame, Gone, Item, ItemId, Mine, OwnItem, Session } from '../src/types.js';
import { dice, item, session } from './fakes.js';

const policies: Session['policies'] = {
  review: false,
  questions: true,
  comments: true,
  proposals: true,
  support: true,
  anonymous: 'allowed',
  moderatorsSeeNames: false,
  nameRequired: false,
  cityRequired: false,
  maxLength: 500,
  maxOpen: 5,
  perMinute: 6,
  reportThreshold: 3,
  stageNext: 3,
  reasons: [{ code: 'duplicate', text: 'Asked already.' }],
};

/** The server's side of a session: what each thing is now, and when it last changed. */
class World {
  seq = 0;
  #session: Session | null = null;
  readonly #items = new Map<ItemId, { item: Item; visible: boolean }>();
  readonly #own = new Map<ItemId, OwnItem>();
  readonly #stances = new Map<ItemId, { supported: boolean; ballot?: Choice; changed: number }>();

  constructor(private readonly roll: (sides: number) => number) {}

  step(): void {
    const changed = ++this.seq;
    const id = `item-${this.roll(12)}` as ItemId;
    switch (this.roll(5)) {
      case 0:
        this.#session = this.#sessionAt(changed);
        break;
      case 1:
        this.#stances.set(id, { supported: this.roll(2) === 0, changed, ...this.#ballot() });
        break;
      case 2: {
        const own = item(id, changed, { state: this.roll(2) === 0 ? 'pending' : 'declined' });
        this.#own.set(id, { ...own, own: true, anonymous: false, trail: [{ state: own.state, at: own.at }] });
        break;
      }
      case 3:
        this.#items.set(id, { item: item(id, changed), visible: false });
        break;
      default:
        this.#items.set(id, { item: item(id, changed, { support: this.roll(9) }), visible: true });
    }
  }

  /** As Follow's first frame, and, from a `since` the reader has, as any later one. */
  frame(since: number): Frame {
    const items: (Item | Gone)[] = [];
    for (const { item: each, visible } of this.#items.values()) {
      if (each.changed <= since) continue;
      if (visible) items.push(each);
      else if (since > 0) items.push({ id: each.id, gone: true, changed: each.changed });
    }
    const mine: Mine[] = [...this.#own.values()].filter((own) => own.changed > since);
    for (const [id, stance] of this.#stances) if (stance.changed > since) mine.push({ own: false, id, ...stance });
    return structuredClone({
      seq: this.seq,
      ...(since === 0 ? { reset: true } : {}),
      ...(this.#session && this.#session.changed > since ? { session: this.#session } : {}),
      items,
      mine,
    });
  }

  #ballot(): { ballot?: Choice } {
    const ballot = ([undefined, 'yes', 'no', 'abstain'] as const)[this.roll(4)];
    return ballot ? { ballot } : {};
  }

  #sessionAt(changed: number): Session {
    return {
      id: session,
      conference: 'c' as Session['conference'],
      title: 'Economy',
      lang: 'en',
      state: this.roll(2) === 0 ? 'open' : 'paused',
      starts: '2026-03-01T09:00:00Z',
      ends: '2026-03-01T10:00:00Z',
      onStage: null,
      policies: { ...policies, review: this.roll(2) === 0 },
      changed,
    };
  }
}

const content = ({ seq, session: of, items, own, supported, ballots }: Room): unknown => ({
  seq,
  session: of,
  items: [...items].sort(([a], [b]) => a.localeCompare(b)),
  own: [...own].sort(([a], [b]) => a.localeCompare(b)),
  supported: [...supported].sort(),
  ballots: [...ballots].sort(([a], [b]) => a.localeCompare(b)),
});

describe('A room built from frames', () => {
  test('is that of a fresh follow, however the changes were cut into frames', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const roll = dice(seed);
      const world = new World(roll);
      const readers = [emptyRoom, emptyRoom, emptyRoom];
      for (let round = 0; round < 60; round++) {
        for (let step = roll(4); step >= 0; step--) world.step();
        // Each reader catches up now and then, and one of them sometimes starts over.
        readers.forEach((room, index) => {
          if (roll(3) > 0) return;
          const since = index === 2 && roll(4) === 0 ? 0 : room.seq;
          readers[index] = reduce(room, world.frame(since));
        });
      }
      const fresh = content(reduce(emptyRoom, world.frame(0)));
      for (const room of readers) expect(content(reduce(room, world.frame(room.seq))), `seed ${seed}`).toEqual(fresh);
    }
  });

  test('can be kept as one frame, and made anew from it', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const world = new World(dice(seed));
      for (let step = 0; step < 80; step++) world.step();
      const room = reduce(emptyRoom, world.frame(0));
      const kept = JSON.parse(JSON.stringify(pictureOf(room))) as Frame;
      expect(content(reduce(emptyRoom, kept)), `seed ${seed}`).toEqual(content(room));
      expect(kept.seq).toBe(room.seq);
    }
  });

  test('is the same object after a frame that says nothing new, and after a reset to the same', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const world = new World(dice(seed));
      for (let step = 0; step < 80; step++) world.step();
      const room = reduce(emptyRoom, world.frame(0));
      expect(reduce(room, world.frame(world.seq)), `seed ${seed}`).toBe(room);
      expect(reduce(room, world.frame(0)), `seed ${seed}`).toBe(room);
    }
  });

  test('keeps the objects of what did not change', () => {
    const room = reduce(emptyRoom, { seq: 2, reset: true, items: [item('a', 1), item('b', 2)] });
    const next = reduce(room, { seq: 3, items: [item('b', 3, { support: 1 })] });
    expect(next.items.get('a' as ItemId)).toBe(room.items.get('a' as ItemId));
    expect(next.items.get('b' as ItemId)?.support).toBe(1);
    expect(next.own).toBe(room.own);
    expect(next.supported).toBe(room.supported);
  });

  test('leaves the room before untouched', () => {
    const room = reduce(emptyRoom, { seq: 1, reset: true, items: [item('a', 1)] });
    reduce(room, { seq: 2, items: [{ id: 'a' as ItemId, gone: true, changed: 2 }] });
    expect([...room.items.keys()]).toEqual(['a']);
    expect(emptyRoom.items.size).toBe(0);
  });

  test('loses what is gone, but not the own of it', () => {
    const own: OwnItem = { ...item('a', 1), own: true, anonymous: false, trail: [] };
    const room = reduce(emptyRoom, { seq: 1, reset: true, items: [item('a', 1)], mine: [own] });
    const next = reduce(room, { seq: 2, items: [{ id: 'a' as ItemId, gone: true, changed: 2 }] });
    expect(next.items.size).toBe(0);
    expect(next.own.get('a' as ItemId)?.text).toBe('Text of a');
  });

  test('forgets everything at a reset but the pulse', () => {
    const pulse = { online: 7, cities: 3, applause: 1, heart: 0, agree: 0 };
    const mine: Mine[] = [{ own: false, id: 'a' as ItemId, supported: true, changed: 1 }];
    const room = reduce(emptyRoom, { seq: 9, reset: true, items: [item('a', 1)], mine, pulse });
    expect(reduce(room, { seq: 4, reset: true, items: [item('b', 2)] })).toEqual({
      seq: 4,
      session: null,
      items: new Map([['b', item('b', 2)]]),
      own: new Map(),
      supported: new Set(),
      ballots: new Map(),
      pulse,
    });
  });
});
