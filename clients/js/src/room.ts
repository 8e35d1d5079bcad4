// The picture of one session, built from frames. Pure: the same frames in the same order always build the same room.
import type { Frame, Gone, Item, ItemId, Mine, OwnItem, Pulse, Session } from './types.js';

export interface Room {
  /** The number of the event this is the picture of; where to follow from next. */
  readonly seq: number;
  readonly session: Session | null;
  readonly items: ReadonlyMap<ItemId, Item>;
  /** This person's own items, whatever became of them. */
  readonly own: ReadonlyMap<ItemId, OwnItem>;
  readonly supported: ReadonlySet<ItemId>;
  readonly pulse: Pulse;
}

export const emptyRoom: Room = {
  seq: 0,
  session: null,
  items: new Map(),
  own: new Map(),
  supported: new Set(),
  pulse: { online: 0, cities: 0, applause: 0, heart: 0, agree: 0 },
};

/**
 * The room after a frame. What did not change stays the same object, the room itself included. A reset keeps the pulse
 * alone, which belongs to the moment and not to the picture. A frame's `fault` says nothing about the room.
 */
export function reduce(room: Room, frame: Frame): Room {
  const from = frame.reset ? { ...emptyRoom, pulse: room.pulse } : room;
  const next: Room = {
    seq: frame.seq ?? from.seq,
    session: keep(room.session, frame.session ?? from.session),
    items: withItems(room.items, from.items, frame.items ?? []),
    own: withOwn(room.own, from.own, frame.mine ?? []),
    supported: withSupported(room.supported, from.supported, frame.mine ?? []),
    pulse: keep(room.pulse, frame.pulse ?? from.pulse),
  };
  return (Object.keys(next) as (keyof Room)[]).every((part) => next[part] === room[part]) ? room : next;
}

/** Puts `changes` upon `base`, and gives back `old` and its values wherever that comes to the same. */
function withItems(
  old: ReadonlyMap<ItemId, Item>,
  base: ReadonlyMap<ItemId, Item>,
  changes: readonly (Item | Gone)[],
): ReadonlyMap<ItemId, Item> {
  if (base === old && changes.length === 0) return old;
  const next = new Map(base);
  for (const change of changes) {
    if ('gone' in change) next.delete(change.id);
    else next.set(change.id, keep(old.get(change.id), change));
  }
  return sameEntries(old, next) ? old : next;
}

function withOwn(
  old: ReadonlyMap<ItemId, OwnItem>,
  base: ReadonlyMap<ItemId, OwnItem>,
  changes: readonly Mine[],
): ReadonlyMap<ItemId, OwnItem> {
  if (base === old && changes.length === 0) return old;
  const next = new Map(base);
  for (const change of changes) {
    if (change.own) next.set(change.id, keep(old.get(change.id), change));
  }
  return sameEntries(old, next) ? old : next;
}

function withSupported(
  old: ReadonlySet<ItemId>,
  base: ReadonlySet<ItemId>,
  changes: readonly Mine[],
): ReadonlySet<ItemId> {
  if (base === old && changes.length === 0) return old;
  const next = new Set(base);
  for (const change of changes) {
    if (change.own) continue;
    if (change.supported) next.add(change.id);
    else next.delete(change.id);
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
