// Several moderators at one desk: what this one is at is told to the others, and what they are at is shown here.
import type { ItemId } from '@summit/client';
import { t } from '../i18n/index.svelte.ts';
import type { Live } from '../live/live.svelte.ts';

// What somebody only walks past is not worth telling.
const settled = 250;
// The server forgets within a minute: a selection fades by that, a form that is open is told again.
const again = 20_000;

export interface AtWork {
  readonly item: ItemId | null;
  /** A form is open for it, or it is being dragged. */
  readonly holds: boolean;
}

/** Tells the others for as long as the calling component is there. */
export function tellOthers(live: Live, atWork: () => AtWork): void {
  $effect(() => {
    const { item, holds } = atWork();
    if (live.connection !== 'live') return;
    const tell = (): void => live.handle(item);
    const first = setTimeout(tell, settled);
    const renewed = holds ? setInterval(tell, again) : undefined;
    return () => {
      clearTimeout(first);
      clearInterval(renewed);
    };
  });
}

/** Who else is at which item. Nobody is while the line is away: who would know. */
export function othersAtWork({ connection, room }: Live): ReadonlyMap<ItemId, readonly string[]> {
  const others = new Map<ItemId, string[]>();
  if (connection !== 'live') return others;
  for (const { item, name } of room.pulse.handling ?? [])
    others.set(item, [...(others.get(item) ?? []), name ?? t('handling.somebody')]);
  return others;
}
