// Labels that items carry, the most used first.
import type { Item } from '@summit/client';

export function labelsInUse(items: readonly Item[]): string[] {
  const uses = new Map<string, number>();
  for (const { labels = [] } of items) for (const label of labels) uses.set(label, (uses.get(label) ?? 0) + 1);
  return [...uses].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([label]) => label);
}

export function toggled(labels: readonly string[], label: string): string[] {
  return labels.includes(label) ? labels.filter((one) => one !== label) : [...labels, label];
}
