// What the big screen shows.
import type { Room, Item } from '@summit/client';
import { graphemes } from './graphemes.ts';
import { queueOf } from './order.ts';

export type Size = 'huge' | 'large' | 'medium' | 'small' | 'tiny';

// Measured on 1920 x 1080 with the widest scripts: the longest text that still fits at each size beside the code.
const steps: readonly (readonly [number, Size])[] = [
  [60, 'huge'],
  [130, 'large'],
  [240, 'medium'],
  [380, 'small'],
];

export function sizeOf(text: string): Size {
  const length = graphemes(text);
  return steps.find(([most]) => length <= most)?.[1] ?? 'tiny';
}

export interface Scene {
  readonly staged: Item | null;
  readonly next: readonly Item[];
}

export function scene(room: Room): Scene {
  const staged = room.session?.onStage ? (room.items.get(room.session.onStage) ?? null) : null;
  return { staged, next: queueOf(room.items.values()).slice(0, room.session?.policies.stageNext ?? 0) };
}
