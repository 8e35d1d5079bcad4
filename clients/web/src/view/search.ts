// Which items a moderator's search means: all its words, anywhere in text, author, city, labels, and who is asked.
import type { Item } from '@summit/client';
import { fold, foldedWords } from './fold.ts';

export function matching(items: Iterable<Item>, search: string): Item[] {
  const words = foldedWords(search);
  return [...items].filter((item) => words.every((word) => haystack(item).includes(word)));
}

const known = new WeakMap<Item, string>();

function haystack(item: Item): string {
  let found = known.get(item);
  if (found === undefined) {
    const { title, text, author, to, labels = [] } = item;
    found = fold([title, text, author?.name, author?.city, to?.name, ...labels].join(' '));
    known.set(item, found);
  }
  return found;
}
