// What became of an own item, as a line for each step.
import type { ItemState, OwnItem, Time } from '@summit/client';

export type FateKey = `fate.${'received' | ItemState}`;

export interface FateStep {
  readonly key: FateKey;
  readonly at: Time;
  /** It stands here now. */
  readonly now: boolean;
}

export function fate(item: OwnItem): FateStep[] {
  const steps = item.trail.length > 0 ? item.trail : [{ state: item.state, at: item.at }];
  return steps.map(({ state, at }, index) => ({ key: keyOf(state, index), at, now: index === steps.length - 1 }));
}

// An item published at once was received with the same step.
function keyOf(state: ItemState, index: number): FateKey {
  return index === 0 && state === 'published' ? 'fate.received' : `fate.${state}`;
}
