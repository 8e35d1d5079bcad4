// Which actions an item invites on the desk. The server decides; this only keeps buttons away that it would refuse.
import type { Item } from '@summit/client';
import type { Key } from '../i18n/index.svelte.ts';
import type { Action } from '../view/keys.ts';

const visible: readonly Item['state'][] = ['published', 'queued', 'staged', 'answered', 'follow-up'];

/** What a moderator may do with an item now, the most likely first. */
export function moderatorActions(item: Item): Action[] {
  const reported: Action[] = item.reports || item.hidden ? ['clear'] : [];
  const back: Action[] = item.trail && item.trail.length > 1 && item.state !== 'withdrawn' ? ['back'] : [];
  const vote: Action[] = item.kind === 'proposal' && visible.includes(item.state) ? ['vote'] : [];
  return [...reported, ...steps(item, back), ...vote, 'correct', 'label', 'note', 'mute'];
}

function steps({ kind, state }: Item, back: Action[]): Action[] {
  if (kind === 'comment')
    return state === 'pending' ? ['approve', 'decline'] : state === 'published' ? ['decline', ...back] : back;
  switch (state) {
    case 'pending':
      return ['approve', 'decline', 'queue', 'stage', 'merge', 'answer', 'write', 'follow-up'];
    case 'published':
      return ['queue', 'stage', 'decline', 'answer', ...back, 'merge', 'write', 'follow-up'];
    case 'queued':
      return ['stage', 'answer', ...back, 'decline', 'merge', 'write', 'follow-up'];
    case 'staged':
      return ['answer', ...back, 'write', 'follow-up', 'decline', 'merge'];
    case 'answered':
    case 'follow-up':
      return [...back, 'write', 'follow-up', 'stage'];
    case 'declined':
    case 'merged':
      return back;
    case 'withdrawn':
      return [];
    default:
      return state satisfies never;
  }
}

/** What a working group can take on. */
export const goesOn = ({ kind, state, hidden }: Item): boolean =>
  !hidden && (state === 'follow-up' || (kind === 'proposal' && visible.includes(state)));

/** Actions that go both ways are called by the way they would go now. */
export function nameOf(action: Action, item: Item): Key {
  if (action === 'mute' && item.muted) return 'action.unmute';
  if (action === 'vote' && item.vote?.open) return 'action.close-vote';
  return `action.${action}`;
}
