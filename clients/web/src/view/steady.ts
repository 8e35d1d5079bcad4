// Which cards of a column lie where others lay a moment ago, through somebody else's doing.
import type { ItemId } from '@summit/client';

/** From the first place to before the second. */
export type Places = readonly [from: number, to: number];

/** Null where nothing changed, or only at the end, or by the moderator's own hand. */
export function displaced(
  before: readonly ItemId[],
  now: readonly ItemId[],
  own: (item: ItemId) => boolean,
): Places | null {
  const from = before.findIndex((id, at) => now[at] !== id);
  // Where no card lay, none was meant.
  const to = Math.min(before.length, now.length);
  if (from < 0 || from >= to) return null;
  const [was, is] = [new Set(before), new Set(now)];
  const cameOrWent = [...before.filter((id) => !is.has(id)), ...now.filter((id) => !was.has(id))];
  // One step may move several: who comes on stage sends another off it.
  return (cameOrWent.length > 0 ? cameOrWent : now).some(own) ? null : [from, to];
}
