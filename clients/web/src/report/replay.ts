// A session step by step, as docs/protocol.md has it, put together by what also draws the live room.
import { emptyRoom, reduce, type Frame, type Item, type ItemId, type Room, type Time } from '@summit/client';

export interface Step extends Frame {
  readonly at: Time;
  /** How many have taken part up to here. */
  readonly people: number;
  /** The number of an item, and its support now. */
  readonly support: readonly (readonly [number: number, support: number])[];
}

export interface Replay {
  readonly conference: string;
  readonly timeZone: string;
  readonly steps: readonly Step[];
}

/** The room at a step. */
export interface Then {
  readonly at: Time;
  readonly people: number;
  readonly room: Room;
}

/** The room at every step: what did not change is shared, so that going back costs no more than going on. */
export function play(steps: readonly Step[]): Then[] {
  const ids = new Map<number, ItemId>();
  let room: Room = emptyRoom;
  return steps.map((step) => {
    for (const item of step.items ?? []) if (!('gone' in item)) ids.set(item.number, item.id);
    const supported = step.support.flatMap(([number, support]): Item[] => {
      const id = ids.get(number);
      const item = id && room.items.get(id);
      return item ? [{ ...item, support }] : [];
    });
    room = reduce(room, { ...step, items: [...supported, ...(step.items ?? [])] });
    return { at: step.at, people: step.people, room };
  });
}

/** At which steps something came on stage, with what it was. */
export function entrances(then: readonly Then[]): { step: number; at: Time; item: Item }[] {
  return then.flatMap(({ at, room }, step) => {
    const onStage = room.session?.onStage;
    const item = onStage && onStage !== then[step - 1]?.room.session?.onStage && room.items.get(onStage);
    return item ? [{ step, at, item }] : [];
  });
}

/** Questions and proposals, and how often somebody stood behind them. */
export function sums(items: Iterable<Item>): { items: number; support: number } {
  const asked = [...items].filter(({ kind }) => kind !== 'comment');
  return { items: asked.length, support: asked.reduce((sum, { support }) => sum + support, 0) };
}
