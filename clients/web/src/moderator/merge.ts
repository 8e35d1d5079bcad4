// What an item can be merged into.
import type { Item } from '@summit/client';
import { inOrder } from '../view/order.ts';
import { matching } from '../view/search.ts';
import { similar } from '../view/similar.ts';

const most = 12;
// What is dealt with takes no merges.
const open: readonly Item['state'][] = ['pending', 'published', 'queued', 'staged'];

/** Without a search the most similar come first, then the most supported. */
export function mergeTargets(item: Item, all: readonly Item[], search: string): Item[] {
  const able = all.filter((one) => one.id !== item.id && one.kind === item.kind && open.includes(one.state));
  if (search.trim()) return matching(able, search).slice(0, most);
  const alike = similar(item.text, able, most);
  return [...new Set([...alike, ...inOrder(able, 'support')])].slice(0, most);
}
