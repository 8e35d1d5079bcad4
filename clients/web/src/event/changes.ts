// What a version of the programme changed, in words.
import { t, words } from '../i18n/index.svelte.ts';
import { day, span } from '../view/time.ts';
import type { Change } from './types.ts';

export function inWords({ kind, title, before, after }: Change, zone: string): string {
  const none = t('event.none');
  const times = { title, before: when(before, zone), after: when(after, zone) };
  const values = { title, before: before ?? none, after: after ?? none };
  switch (kind) {
    case 'added':
      return t('event.change.added', { title, after: times.after });
    case 'moved':
      return t('event.change.moved', times);
    case 'renamed':
      return t('event.change.renamed', { before: values.before, after: values.after });
    case 'room':
      return t('event.change.room', values);
    case 'track':
      return t('event.change.track', values);
    case 'speakers':
      return t('event.change.speakers', values);
    case 'described':
      return t('event.change.described');
    default:
      return kind satisfies never;
  }
}

function when(interval: string | undefined, zone: string): string {
  const [from, to] = interval?.split('/') ?? [];
  return from && to ? `${day(from, words.locale, zone)}, ${span(from, to, words.locale, zone)}` : '';
}
