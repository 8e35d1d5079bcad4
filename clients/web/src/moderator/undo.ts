// What takes a moderator's action back: a new command, for what happened stays in the record.
import type { Command, CommandId, Item, ItemId, NewCommand, Posted } from '@summit/client';

type Items = ReadonlyMap<ItemId, Item>;

interface Way {
  /** Made when something is done, asked when it is taken back: the queue may have moved on by then. */
  readonly back: (queue: readonly ItemId[]) => NewCommand;
  /** The part of the item that was changed, to be compared. */
  readonly part: (item: Item) => string;
}

interface Undo extends Way {
  readonly item: ItemId;
  readonly id: CommandId;
  /** The last own command about this item. */
  last: CommandId;
  /** The part as that one left it; unknown until it shows. */
  left?: string | undefined;
}

export interface Taken {
  readonly commands: readonly NewCommand[];
  /** What somebody else has changed since stays as it is. */
  readonly overtaken: readonly ItemId[];
}

/** What one moderator did, newest last. */
export class Done {
  readonly #done: Undo[][] = [];

  /** Keeps what one key or one form asked for; one key takes all of it back. `items` and `queue` as they were before. */
  add(commands: readonly Command[], items: Items, queue: readonly ItemId[]): void {
    const undo = commands.flatMap((command): Undo[] => {
      const item = 'item' in command ? items.get(command.item) : undefined;
      if (!item) return [];
      if (command.type === 'back') this.#forget(item.id);
      this.moved(item.id, command.id, items);
      const way = wayBack(command, item, queue);
      return way ? [{ ...way, item: item.id, id: command.id, last: command.id }] : [];
    });
    if (undo.length > 0) this.#done.push(undo.reverse());
  }

  /** What this moderator does after a step is no reason not to take that back. */
  moved(item: ItemId, by: CommandId, items: Items): void {
    for (const undo of this.#done.flat())
      if (undo.item === item && stands(undo, items)) [undo.last, undo.left] = [by, undefined];
  }

  /** Looks how the steps left their items, as soon as they show; what was refused is no step. */
  see(posted: readonly Posted[], items: Items): void {
    const underWay = new Map(posted.map(({ command, state }) => [command.id, state]));
    for (const [at, group] of [...this.#done.entries()].reverse()) {
      const taken = group.filter(({ id }) => underWay.get(id) !== 'refused');
      if (taken.length < group.length) this.#done.splice(at, 1, ...(taken.length > 0 ? [taken] : []));
      for (const undo of taken) {
        const item = items.get(undo.item);
        if (item && undo.left === undefined && (underWay.get(undo.last) ?? 'refused') === 'refused')
          undo.left = undo.part(item);
      }
    }
  }

  /** What takes back the newest that is left; nothing at the end. */
  take(items: Items, queue: readonly ItemId[]): Taken {
    const group = this.#done.pop() ?? [];
    const standing = group.filter((undo) => stands(undo, items));
    return {
      commands: standing.map(({ back }) => back(queue)),
      overtaken: group.filter((undo) => !standing.includes(undo)).map(({ item }) => item),
    };
  }

  /** A step back by its own key has taken back the newest step of that item. */
  #forget(item: ItemId): void {
    const steps = (undo: Undo): boolean => undo.item === item && undo.back([]).type === 'back';
    const at = this.#done.findLastIndex((group) => group.some(steps));
    const [group = []] = at < 0 ? [] : this.#done.splice(at, 1);
    const rest = group.filter((undo) => !steps(undo));
    if (rest.length > 0) this.#done.splice(at, 0, rest);
  }
}

function stands({ item: id, part, left }: Undo, items: Items): boolean {
  const item = items.get(id);
  return item !== undefined && (left === undefined || part(item) === left);
}

/** Null for what cannot be taken back by one key: notes, reports that were looked at, a step back itself. */
function wayBack(command: NewCommand, item: Item, queue: readonly ItemId[]): Way | null {
  const { id, title } = item;
  switch (command.type) {
    case 'queue':
      return item.state === 'queued' ? toItsPlace(id, queue) : step(id);
    case 'approve':
    case 'decline':
    case 'stage':
    case 'answer':
    case 'follow-up':
    case 'merge':
      return step(id);
    case 'correct':
      return {
        back: () => ({ type: 'correct', item: id, text: item.text, ...(title !== undefined && { title }) }),
        part: (now) => JSON.stringify([now.title, now.text]),
      };
    case 'label':
      return {
        back: () => ({ type: 'label', item: id, labels: item.labels ?? [] }),
        part: ({ labels }) => JSON.stringify(labels ?? []),
      };
    case 'mute':
    case 'unmute': {
      const type = command.type === 'mute' ? 'unmute' : 'mute';
      return { back: () => ({ type, item: id }), part: ({ muted }) => String(muted ?? false) };
    }
    case 'open-vote':
    case 'close-vote': {
      const type = command.type === 'open-vote' ? 'close-vote' : 'open-vote';
      return { back: () => ({ type, item: id }), part: ({ vote }) => String(vote?.open ?? false) };
    }
    default:
      return null;
  }
}

function step(item: ItemId): Way {
  return { back: () => ({ type: 'back', item }), part: ({ trail }) => JSON.stringify(trail) };
}

/** Before whichever of those that followed it is still there. A move is no step of an item's life, so `back` would take it out of the queue. */
function toItsPlace(item: ItemId, queue: readonly ItemId[]): Way {
  const followers = queue.slice(queue.indexOf(item) + 1);
  return {
    back: (now) => {
      const before = followers.find((id) => now.includes(id));
      return { type: 'queue', item, ...(before && { before }) };
    },
    part: ({ state, rank }) => `${state} ${rank}`,
  };
}
