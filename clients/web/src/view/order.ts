// The orders in which items are listed. Each one is total: what is equal falls back to the number in which the items were posted.
import type { Item, ItemId, ItemState } from '@summit/client';

export type Order = 'support' | 'newest' | 'oldest' | 'stage';

type Compare = (a: Item, b: Item) => number;

export const oldest: Compare = (a, b) => a.number - b.number;

// Where a question is on its way over the stage.
const way: Record<ItemState, number> = {
  staged: 0,
  queued: 1,
  published: 2,
  pending: 3,
  'follow-up': 4,
  answered: 4,
  declined: 5,
  merged: 5,
  withdrawn: 5,
};

const orders: Record<Order, Compare> = {
  support: (a, b) => b.support - a.support || oldest(a, b),
  newest: (a, b) => oldest(b, a),
  oldest,
  stage: (a, b) => way[a.state] - way[b.state] || byRank(a, b) || b.support - a.support || oldest(a, b),
};

export function inOrder(items: Iterable<Item>, order: Order): Item[] {
  return [...items].sort(orders[order]);
}

export function queueOf(items: Iterable<Item>): Item[] {
  return [...items].filter((item) => item.state === 'queued').sort((a, b) => byRank(a, b) || oldest(a, b));
}

/** Before which item a queued one goes when it moves by `step` places; null for the end, undefined where it cannot move. */
export function beforeAfterMove(queue: readonly ItemId[], id: ItemId, step: -1 | 1): ItemId | null | undefined {
  const at = queue.indexOf(id);
  const to = at + step;
  if (at < 0 || to < 0 || to >= queue.length) return undefined;
  return (step < 0 ? queue[to] : queue[to + 1]) ?? null;
}

function byRank(a: Item, b: Item): number {
  return (a.rank ?? 0) - (b.rank ?? 0);
}
