// What an item can be merged into, and what comes of it.
import type { Item } from '@summit/client';
import { inOrder } from '../view/order.ts';
import { matching } from '../view/search.ts';
import { similar } from '../view/similar.ts';

const most = 12;
const open: readonly Item['state'][] = ['pending', 'published', 'queued', 'staged', 'answered', 'follow-up'];

/** Without a search the most similar come first, then the most supported. */
export function mergeTargets(item: Item, all: readonly Item[], search: string): Item[] {
  const able = all.filter((one) => one.id !== item.id && one.kind === item.kind && open.includes(one.state));
  if (search.trim()) return matching(able, search).slice(0, most);
  const alike = similar(item.text, able, most);
  return [...new Set([...alike, ...inOrder(able, 'support')])].slice(0, most);
}

/** Who supported both counts once; how many those are only the server knows, so this gives the bounds. */
export function unitedSupport(a: Item, b: Item): { least: number; most: number } {
  return { least: Math.max(a.support, b.support), most: a.support + b.support };
}
