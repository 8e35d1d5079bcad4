// What the big screen shows.
import type { Room, Item } from '@summit/client';
import { queueOf } from './order.ts';

export interface Scene {
  readonly staged: Item | null;
  readonly next: readonly Item[];
}

export function scene(room: Room): Scene {
  const staged = room.session?.onStage ? (room.items.get(room.session.onStage) ?? null) : null;
  return { staged, next: queueOf(room.items.values()).slice(0, room.session?.policies.stageNext ?? 0) };
}
