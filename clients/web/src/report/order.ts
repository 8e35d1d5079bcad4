// In which order a report tells what was said.
import type { ItemId } from '@summit/client';
import type { ReportedItem } from './types.ts';

/** Questions and proposals by their support, replies under what they reply to, comments last; otherwise as they come, which is as they were posted. */
export function inOrder(items: readonly ReportedItem[]): ReportedItem[] {
  const replies = new Map<ItemId, ReportedItem[]>();
  for (const item of items) if (item.replyTo) replies.set(item.replyTo, [...(replies.get(item.replyTo) ?? []), item]);
  const comment = ({ kind }: ReportedItem): number => (kind === 'comment' ? 1 : 0);
  return items
    .filter(({ replyTo }) => !replyTo)
    .sort((a, b) => comment(a) - comment(b) || (comment(a) ? 0 : b.support - a.support))
    .flatMap((item) => [item, ...(replies.get(item.id) ?? [])]);
}

/** How many stand where: what was neither answered nor promised nor otherwise settled is open. */
export function counted(items: readonly ReportedItem[]): {
  items: number;
  answered: number;
  promised: number;
  open: number;
} {
  const asked = items.filter(({ kind }) => kind !== 'comment');
  const count = (...states: string[]): number => asked.filter(({ state }) => states.includes(state)).length;
  return {
    items: items.length,
    answered: count('answered'),
    promised: count('follow-up'),
    open: count('pending', 'published', 'queued', 'staged'),
  };
}
