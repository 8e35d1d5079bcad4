// Comments with their replies, one level deep.
import type { Item, ItemId } from '@summit/client';
import { inOrder, oldest } from './order.ts';

export interface Thread {
  readonly first: Item;
  readonly replies: readonly Item[];
}

/** Newest talk first; replies in the order they were given. A reply whose comment is gone stands alone. */
export function threads(items: Iterable<Item>): Thread[] {
  const comments = inOrder(
    [...items].filter((item) => item.kind === 'comment'),
    'oldest',
  );
  const firsts = new Map<ItemId, Item[]>();
  for (const comment of comments) if (!comment.replyTo) firsts.set(comment.id, []);
  const alone: Thread[] = [];
  for (const comment of comments) {
    if (!comment.replyTo) continue;
    const replies = firsts.get(comment.replyTo);
    if (replies) replies.push(comment);
    else alone.push({ first: comment, replies: [] });
  }
  const started = comments
    .filter((comment) => !comment.replyTo)
    .map((first) => ({ first, replies: firsts.get(first.id) ?? [] }));
  return [...started, ...alone].sort((a, b) => oldest(b.first, a.first));
}
