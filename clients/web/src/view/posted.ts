// What this device has sent and the picture does not show yet, laid over the picture.
import type { Command, Connection, Item, ItemId, ItemKind, OwnItem, Posted, Room } from '@summit/client';

export type Posting = Extract<Command, { type: 'ask' | 'comment' | 'propose' }>;
export interface Sent extends Posted {
  readonly command: Posting;
}

const isPosting = (posted: Posted): posted is Sent =>
  posted.command.type === 'ask' || posted.command.type === 'comment' || posted.command.type === 'propose';

/** Own items that are still on their way or were refused, oldest first. */
export function underWay(posted: readonly Posted[], room: Room): Sent[] {
  return posted.filter(isPosting).filter(({ command }) => !room.own.has(command.id as string as ItemId));
}

/** Own items that nobody else sees yet: they stand above the list, so that nothing vanishes on being sent. */
export function inReview(room: Room, kind: ItemKind): OwnItem[] {
  return [...room.own.values()].filter((item) => item.kind === kind && item.state === 'pending');
}

/** How many wait for the line. */
export function waitingCount(posted: readonly Posted[], connection: Connection): number {
  return posted.filter(({ state }) => state === 'waiting' || (state === 'sent' && connection !== 'live')).length;
}

/** Refusals of everything else: a support, an edit, a moderator's step. */
export function refusals(posted: readonly Posted[]): Posted[] {
  return posted.filter((one) => one.state === 'refused' && !isPosting(one));
}

export interface Support {
  readonly on: boolean;
  readonly count: number;
}

/** What the supporter's own last tap makes of an item, before the server has said so. */
export function supportOf(item: Item, posted: readonly Posted[], room: Room): Support {
  const known = room.supported.has(item.id);
  const on = lastTap(item.id, posted) ?? known;
  return { on, count: item.support + Number(on) - Number(known) };
}

function lastTap(item: ItemId, posted: readonly Posted[]): boolean | undefined {
  const tap = posted.findLast(
    ({ command, state }) => command.type === 'support' && command.item === item && state !== 'refused',
  );
  return tap?.command.type === 'support' ? tap.command.on : undefined;
}
