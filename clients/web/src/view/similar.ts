// Which texts say nearly the same, in any script: by the share of three-character pieces they have in common.
import type { Item } from '@summit/client';
import { foldedWords } from './fold.ts';

// Tried on questions of real assemblies: below a third two texts share a topic at most, above it mostly the question too.
const least = 0.34;
// Three letters say nothing yet.
const shortest = 8;

type Trigrams = ReadonlySet<string>;
const known = new WeakMap<Item, Trigrams>();

export function trigrams(text: string): Trigrams {
  const found = new Set<string>();
  for (const word of foldedWords(text)) {
    const padded = ` ${word} `;
    for (let at = 0; at + 3 <= padded.length; at++) found.add(padded.slice(at, at + 3));
  }
  return found;
}

/** From 0, nothing in common, to 1. Half of it forgives a text that is still being typed (containment). */
export function likeness(a: Trigrams, b: Trigrams): number {
  if (a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const piece of a) if (b.has(piece)) common++;
  return (common / (a.size + b.size - common) + common / Math.min(a.size, b.size)) / 2;
}

export function similar(text: string, among: Iterable<Item>, limit = 3): Item[] {
  if (text.trim().length < shortest) return [];
  const wanted = trigrams(text);
  return [...among]
    .map((item) => ({ item, score: likeness(wanted, trigramsOf(item)) }))
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ item }) => item);
}

function trigramsOf(item: Item): Trigrams {
  let found = known.get(item);
  if (!found) known.set(item, (found = trigrams(`${item.title ?? ''} ${item.text}`)));
  return found;
}
