// A list that does not move under the finger: what is shown keeps its place, and what is new waits or comes at the end.
export interface Held<Id> {
  /** What to show now. */
  readonly shown: readonly Id[];
  /** New ones that would push others aside. */
  readonly waiting: readonly Id[];
  /** The order has changed since, so that showing it anew would move something. */
  readonly moved: boolean;
}

export function hold<Id>(before: readonly Id[], now: readonly Id[]): Held<Id> {
  const present = new Set(now);
  const kept = before.filter((id) => present.has(id));
  const keptSet = new Set(kept);
  let end = now.length;
  while (end > 0 && !keptSet.has(now[end - 1] as Id)) end--;
  const shown = [...kept, ...now.slice(end)];
  const waiting = now.slice(0, end).filter((id) => !keptSet.has(id));
  const shownSet = new Set(shown);
  const moved = now.filter((id) => shownSet.has(id)).some((id, at) => id !== shown[at]);
  return { shown, waiting, moved };
}
