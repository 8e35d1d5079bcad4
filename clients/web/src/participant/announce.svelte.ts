// What a participant hears: the stage, the own questions, and how many new ones came. Bundled by the announcer.
import type { ItemState } from '@summit/client';
import { onDestroy } from 'svelte';
import { t } from '../i18n/index.svelte.ts';
import type { Announcer } from '../live/announcer.svelte.ts';
import type { Live } from '../live/live.svelte.ts';

export function announceRoom(live: Live, announcer: Announcer): void {
  let staged: string | null | undefined;
  let known: ReadonlySet<string> | null = null;
  let fates: ReadonlyMap<string, ItemState> | null = null;

  $effect(() => {
    const { session, items, own } = live.room;
    if (!session) return;
    if (staged !== undefined && session.onStage !== staged && session.onStage) {
      announcer.say('stage', t('say.stage', { text: items.get(session.onStage)?.text ?? '' }));
    }
    staged = session.onStage;

    const before = known;
    if (before) {
      const more = [...items.values()].filter(
        ({ id, kind }) => kind === 'question' && !before.has(id) && !own.has(id),
      ).length;
      announcer.count('new', more, (count) => t('say.new', { count }));
    }
    known = new Set(items.keys());

    if (fates)
      for (const { id, state } of own.values())
        if (fates.get(id) !== state) announcer.say(`own ${id}`, t('say.own', { state: t(`state.${state}`) }));
    fates = new Map([...own.values()].map(({ id, state }) => [id, state]));
  });

  onDestroy(() => announcer.close());
}
