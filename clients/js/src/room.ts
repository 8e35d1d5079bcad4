// The picture of one session, built from frames. Pure: the same frames in the same order always build the same room.
import type { Choice, Frame, Item, ItemId, OwnItem, Pulse, Session, Stance } from './types.js';

export interface Room {
  /** The number of the event this is the picture of; where to follow from next. */
  readonly seq: number;
  readonly session: Session | null;
  readonly items: ReadonlyMap<ItemId, Item>;
  /** This person's own items, whatever became of them. */
  readonly own: ReadonlyMap<ItemId, OwnItem>;
  readonly supported: ReadonlySet<ItemId>;
  /** This person's ballots. */
  readonly ballots: ReadonlyMap<ItemId, Choice>;
  readonly pulse: Pulse;
}

export const emptyRoom: Room = {
  seq: 0,
  session: null,
  items: new Map(),
  own: new Map(),
  supported: new Set(),
  ballots: new Map(),
  pulse: { online: 0, cities: 0, applause: 0, heart: 0, agree: 0 },
};

/**
 * The room after a frame. What did not change stays the same object, the room itself included. A reset keeps the pulse
 * alone, which belongs to the moment and not to the picture. A frame's `fault` says nothing about the room.
 */
export function reduce(room: Room, frame: Frame): Room {
  const from = frame.reset ? { ...emptyRoom, pulse: room.pulse } : room;
  const { items = [], mine = [] } = frame;
  const stances = mine.filter((each) => !each.own);
  const next: Room = {
    seq: frame.seq ?? from.seq,
    session: keep(room.session, frame.session ?? from.session),
    items: changed(room.items, from.items, items, (each) => ('gone' in each ? undefined : each)),
    own: changed(
      room.own,
      from.own,
      mine.filter((each) => each.own),
      (each) => each,
    ),
    supported: withStances(room.supported, from.supported, stances),
    ballots: changed(room.ballots, from.ballots, stances, (each) => each.ballot),
    pulse: keep(room.pulse, frame.pulse ?? from.pulse),
  };
  return (Object.keys(next) as (keyof Room)[]).every((part) => next[part] === room[part]) ? room : next;
}

/** The frame that makes this room anew, for keeping: without the pulse, which belongs to its moment. */
export function pictureOf({ seq, session, items, own, supported, ballots }: Room): Frame {
  const stances = [...new Set([...supported, ...ballots.keys()])].map((id): Stance => {
    const ballot = ballots.get(id);
    return { own: false, id, supported: supported.has(id), ...(ballot && { ballot }), changed: seq };
  });
  return {
    seq,
    reset: true,
    ...(session && { session }),
    items: [...items.values()],
    mine: [...own.values(), ...stances],
  };
}

/**
 * `base` with the values of `changes`, where undefined takes a value out; `old`, and its values, wherever that comes to
 * the same.
 */
function changed<Change extends { readonly id: ItemId }, Value>(
  old: ReadonlyMap<ItemId, Value>,
  base: ReadonlyMap<ItemId, Value>,
  changes: readonly Change[],
  value: (change: Change) => Value | undefined,
): ReadonlyMap<ItemId, Value> {
  if (base === old && changes.length === 0) return old;
  const next = new Map(base);
  for (const change of changes) {
    const now = value(change);
    if (now === undefined) next.delete(change.id);
    else next.set(change.id, keep(old.get(change.id), now));
  }
  return sameEntries(old, next) ? old : next;
}

function withStances(
  old: ReadonlySet<ItemId>,
  base: ReadonlySet<ItemId>,
  changes: readonly Stance[],
): ReadonlySet<ItemId> {
  if (base === old && changes.length === 0) return old;
  const next = new Set(base);
  for (const { id, supported } of changes) {
    if (supported) next.add(id);
    else next.delete(id);
  }
  return old.size === next.size && [...next].every((id) => old.has(id)) ? old : next;
}

function sameEntries<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean {
  return a.size === b.size && [...b].every(([key, value]) => a.get(key) === value);
}

/** `before` if `now` says the same: so that whoever compares objects sees no change where there is none. */
function keep<T>(before: T | undefined, now: T): T {
  return before !== undefined && same(before, now) ? before : now;
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  return (
    left.length === Object.keys(b).length &&
    left.every(([key, value]) => Object.hasOwn(b, key) && same(value, (b as Record<string, unknown>)[key]))
  );
}
