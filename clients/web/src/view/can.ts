// What a participant may do with an item. The server decides; this only keeps buttons away that it would refuse.
import type { Item, OwnItem, Session } from '@summit/client';

const open: readonly Item['state'][] = ['pending', 'published', 'queued', 'staged'];

export function mayEdit(item: OwnItem, session: Session): boolean {
  const untouched = item.state === 'published' && item.support === 0 && item.trail.length === 1 && !item.vote;
  return session.state !== 'closed' && (item.state === 'pending' || untouched);
}

export function mayWithdraw(item: OwnItem, session: Session): boolean {
  return session.state !== 'closed' && open.includes(item.state);
}

export function maySupport(item: Item, { state, policies }: Session): boolean {
  return policies.support && (state === 'open' || state === 'paused') && open.includes(item.state);
}
