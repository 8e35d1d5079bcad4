// What takes a moderator's action back: a new command, for what happened stays in the record.
import type { Item, ItemId, NewCommand } from '@summit/client';

/** Made when something is done, asked when it is taken back: the queue may have moved on by then. */
type Undo = (queue: readonly ItemId[]) => NewCommand;

/** What one moderator did, newest last. */
export class Done {
  readonly #done: Undo[][] = [];

  /** Keeps what one key or one form asked for; one key takes all of it back. */
  add(commands: readonly NewCommand[], items: ReadonlyMap<ItemId, Item>, queue: readonly ItemId[]): void {
    const undo = commands.flatMap((command) => {
      const item = 'item' in command ? items.get(command.item) : undefined;
      if (command.type === 'back') this.#forget(command.item);
      return (item && undoOf(command, item, queue)) ?? [];
    });
    if (undo.length > 0) this.#done.push(undo.reverse());
  }

  /** What takes back the newest that is left; nothing at the end. */
  take(queue: readonly ItemId[]): NewCommand[] {
    return (this.#done.pop() ?? []).map((undo) => undo(queue));
  }

  /** A step back by its own key has taken back the newest step of that item. */
  #forget(item: ItemId): void {
    const steps = (undo: Undo): boolean => {
      const command = undo([]);
      return command.type === 'back' && command.item === item;
    };
    const at = this.#done.findLastIndex((group) => group.some(steps));
    const [group = []] = at < 0 ? [] : this.#done.splice(at, 1);
    const rest = group.filter((undo) => !steps(undo));
    if (rest.length > 0) this.#done.splice(at, 0, rest);
  }
}

/** Null for what cannot be taken back by one key: notes, reports that were looked at, a step back itself. */
function undoOf(command: NewCommand, item: Item, queue: readonly ItemId[]): Undo | null {
  const { id, title } = item;
  switch (command.type) {
    case 'queue':
      return item.state === 'queued' ? toItsPlace(id, queue) : back(id);
    case 'approve':
    case 'decline':
    case 'stage':
    case 'answer':
    case 'follow-up':
    case 'merge':
      return back(id);
    case 'correct':
      return () => ({ type: 'correct', item: id, text: item.text, ...(title !== undefined && { title }) });
    case 'label':
      return () => ({ type: 'label', item: id, labels: item.labels ?? [] });
    case 'mute':
      return () => ({ type: 'unmute', item: id });
    case 'unmute':
      return () => ({ type: 'mute', item: id });
    case 'open-vote':
      return () => ({ type: 'close-vote', item: id });
    case 'close-vote':
      return () => ({ type: 'open-vote', item: id });
    default:
      return null;
  }
}

function back(item: ItemId): Undo {
  return () => ({ type: 'back', item });
}

/** Before whichever of those that followed it is still there. A move is no step of an item's life, so `back` would take it out of the queue. */
function toItsPlace(item: ItemId, queue: readonly ItemId[]): Undo {
  const followers = queue.slice(queue.indexOf(item) + 1);
  return (now) => {
    const before = followers.find((id) => now.includes(id));
    return { type: 'queue', item, ...(before && { before }) };
  };
}
