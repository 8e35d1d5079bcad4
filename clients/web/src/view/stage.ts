// What the big screen shows.
import type { Room, Item } from '@summit/client';
import { queueOf } from './order.ts';

export interface Scene {
  readonly staged: Item | null;
  readonly next: readonly Item[];
}

export function scene(room: Room): Scene {
  // Whoever was on stage at the close has had their turn: the card says that it is over.
  const onStage = room.session?.state === 'closed' ? null : room.session?.onStage;
  const staged = onStage ? (room.items.get(onStage) ?? null) : null;
  return { staged, next: queueOf(room.items.values()).slice(0, room.session?.policies.stageNext ?? 0) };
}
