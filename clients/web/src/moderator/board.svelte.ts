// What one moderator sees and does at the desk: columns that hold still, a selection, marks, and the steps to take back.
import type { Command, CommandId, Item, ItemId, ItemKind, NewCommand } from '@summit/client';
import { untrack } from 'svelte';
import type { Live } from '../live/live.svelte.ts';
import { columnNames, columnOf, columns, type Column } from '../view/columns.ts';
import { hold } from '../view/held.ts';
import type { Action } from '../view/keys.ts';
import { beforeAfterMove, queueOf, type Order } from '../view/order.ts';
import { matching } from '../view/search.ts';
import { moveInColumn, moveToColumn, reselect, type Lists, type Selected } from '../view/select.ts';
import { displaced, type Places } from '../view/steady.ts';
import { othersAtWork, tellOthers } from './handling.svelte.ts';
import { Done } from './undo.ts';

/** Actions that ask for something first. */
export type Asking = Extract<Action, 'decline' | 'write' | 'follow-up' | 'merge' | 'correct' | 'label' | 'note'>;
const asking: readonly Action[] = ['decline', 'write', 'follow-up', 'merge', 'correct', 'label', 'note'];
// About the time in which people notice a change and can still hold a key or a finger back.
const settling = 500;
// What happens to an item so soon after a step of one's own is that step: an answer may take as long.
const ownFor = 10_000;
// What makes sense for many at once.
const bulk: readonly Action[] = ['approve', 'decline', 'queue', 'back'];

export interface Asked {
  readonly action: Asking | 'details';
  readonly items: readonly Item[];
}

export class Board {
  search = $state('');
  kind = $state<ItemKind | 'all'>('all');
  order = $state<Order>('oldest');
  asked = $state.raw<Asked | null>(null);
  help = $state(false);
  /** What could not be taken back, for somebody else has changed it since. */
  overtaken = $state.raw<readonly ItemId[]>([]);
  /** Being dragged. */
  grabbed = $state.raw<ItemId | null>(null);
  selected = $state.raw<Selected>({ column: 'inbox', id: null });
  marked = $state.raw<ReadonlySet<ItemId>>(new Set());
  /** Came since the moderator last looked at the inbox's news. */
  news = $state.raw<ReadonlySet<ItemId>>(new Set());

  #kept = $state.raw<readonly ItemId[] | null>(null);
  /** Everything that was in a column before: what comes back into the inbox is not news. */
  readonly #seen = new Set<ItemId>();
  readonly #done = new Done();
  /** When this moderator last did something to an item. */
  readonly #touched = new Map<ItemId, number>();
  #settledAt = 0;
  /** Where a card lies in place of another, and until when a tap may still be meant for that. */
  readonly #displaced = new Map<Column, { readonly places: Places; readonly until: number }>();
  /** Counts how often the inbox was put in order by hand. */
  #turn = 0;

  readonly live: Live;
  readonly #found = $derived.by(() => {
    const items = this.kind === 'all' ? this.live.items : this.live.items.filter(({ kind }) => kind === this.kind);
    return this.search.trim() ? matching(items, this.search) : items;
  });
  readonly columns = $derived(columns(this.#found, this.order));
  readonly #inbox = $derived(
    hold(
      this.#kept ?? [],
      this.columns.inbox.map(({ id }) => id),
    ),
  );
  readonly lists: Lists = $derived({
    inbox: this.#inbox.shown,
    queue: this.columns.queue.map(({ id }) => id),
    stage: this.columns.stage.map(({ id }) => id),
    done: this.columns.done.map(({ id }) => id),
  });
  readonly newCount = $derived(this.news.size + this.#inbox.waiting.length);
  readonly moved = $derived(this.#inbox.moved);
  readonly others = $derived.by(() => othersAtWork(this.live));

  constructor(live: Live) {
    this.live = live;
    let before: Lists = { inbox: [], queue: [], stage: [], done: [] };
    let turn = 0;

    $effect(() => {
      void [this.search, this.kind, this.order];
      this.refresh();
    });
    $effect(() => {
      const { shown, waiting } = this.#inbox;
      untrack(() => (waiting.some((id) => this.#seen.has(id)) ? this.#arrange() : this.#keep(shown)));
    });
    $effect(() => {
      const now = this.lists;
      for (const list of Object.values(now)) for (const id of list) this.#seen.add(id);
      const from = untrack(() => this.selected);
      const to = reselect(before, now, from);
      if (to !== from) this.#moveOn(from, to);
      if (turn === this.#turn) this.#displace(before, now);
      [before, turn] = [now, this.#turn];
    });
    $effect(() => this.#done.see(live.posted, live.room.items));
    tellOthers(live, () => {
      const held = this.grabbed ?? this.asked?.items[0]?.id;
      return { item: held ?? this.selected.id, holds: held !== undefined };
    });
  }

  get current(): Item | undefined {
    return this.selected.id === null ? undefined : this.live.room.items.get(this.selected.id);
  }

  items(column: Column): Item[] {
    return this.lists[column].flatMap((id) => this.live.room.items.get(id) ?? []);
  }

  /** Shows the inbox in its order as it is now, and goes to the first of what is new. */
  showNew(): void {
    const first = untrack(() => this.#inbox.waiting[0] ?? [...this.news][0]);
    this.refresh();
    if (first) this.select(first);
  }

  refresh(): void {
    this.#turn++;
    this.#arrange();
  }

  select(id: ItemId): void {
    const item = this.live.room.items.get(id);
    if (item) this.selected = { column: columnOf(item), id };
    if (this.news.has(id)) this.news = new Set([...this.news].filter((one) => one !== id));
  }

  turnTo(column: Column): void {
    this.selected = { column, id: this.lists[column][0] ?? null };
  }

  /** Whether what lies at this place of a column has lain there long enough for a tap to be meant for it. */
  steady(column: Column, place: number): boolean {
    const moved = this.#displaced.get(column);
    if (!moved || performance.now() >= moved.until) return true;
    const [from, to] = moved.places;
    return place < from || place >= to;
  }

  /** Does what a key or a button means, for the marked items or the given one. */
  act(action: Action, item: Item | undefined = this.current): void {
    switch (action) {
      case 'next':
      case 'previous':
        return this.#move(moveInColumn(this.lists, this.selected, action === 'next' ? 1 : -1));
      case 'left':
      case 'right':
        return this.#move(moveToColumn(this.lists, this.selected, action === 'right' ? 1 : -1));
      case 'help':
        this.help = !this.help;
        return;
      case 'new':
        return this.showNew();
      case 'undo':
        return this.#undo();
      case 'search':
        document.getElementById('desk-search')?.focus();
        return;
      default:
        if (item) this.#actOn(action, item);
    }
  }

  /** All that one key or one form asks for: what one key takes back. */
  send(...commands: NewCommand[]): void {
    const [items, queue] = [this.live.room.items, this.#queue()];
    const sent = commands.map((command): Command => ({ ...command, id: this.#transmit(command) }));
    this.#done.add(sent, items, queue);
    this.overtaken = [];
  }

  actOnMarked(action: 'approve' | 'queue' | 'decline'): void {
    const [first] = this.#markedItems();
    if (first) this.#actOn(action, first);
  }

  unmark(): void {
    this.marked = new Set();
  }

  /** Moves an item in the queue, or into it: before another, or to the end. */
  place(item: ItemId, before: ItemId | null): void {
    if (item === before) return;
    this.send({ type: 'queue', item, ...(before && { before }) });
  }

  #arrange(): void {
    this.#kept = untrack(() => this.columns.inbox.map(({ id }) => id));
    this.news = new Set();
  }

  /** Where somebody else took the selected item away, a key already on its way down is not meant for the next one. */
  #moveOn(from: Selected, to: Selected): void {
    if (from.id !== null && !this.#byOwnHand(from.id)) this.#settledAt = performance.now() + settling;
    this.selected = to;
  }

  /** The same for a finger: where somebody else's step moved the cards of a column. */
  #displace(before: Lists, now: Lists): void {
    const until = performance.now() + settling;
    for (const column of columnNames) {
      const places = displaced(before[column], now[column], (id) => this.#byOwnHand(id));
      if (places) this.#displaced.set(column, { places, until });
    }
  }

  #byOwnHand(item: ItemId): boolean {
    return performance.now() - (this.#touched.get(item) ?? -ownFor) < ownFor;
  }

  #actOn(action: Action, item: Item): void {
    if (performance.now() < this.#settledAt) return;
    const chosen = bulk.includes(action) && this.marked.size > 0 ? this.#markedItems() : [item];
    if (asking.includes(action)) {
      this.asked = { action: action as Asking, items: chosen };
      return;
    }
    if (action === 'mark') return this.#mark(item.id);
    this.send(...chosen.flatMap((one) => this.#commandOf(action, one) ?? []));
    if (bulk.includes(action)) this.unmark();
  }

  #mark(id: ItemId): void {
    const others = [...this.marked].filter((one) => one !== id);
    this.marked = new Set(this.marked.has(id) ? others : [...others, id]);
  }

  /** Null where there is nothing to do: the first of the queue goes no further up. */
  #commandOf(action: Action, { id, muted, vote }: Item): NewCommand | null {
    switch (action) {
      case 'approve':
      case 'stage':
      case 'answer':
      case 'back':
      case 'clear':
      case 'queue':
        return { type: action, item: id };
      case 'mute':
        return { type: muted ? 'unmute' : 'mute', item: id };
      case 'vote':
        return { type: vote?.open ? 'close-vote' : 'open-vote', item: id };
      case 'earlier':
      case 'later': {
        const before = beforeAfterMove(this.lists.queue, id, action === 'later' ? 1 : -1);
        return before === undefined ? null : { type: 'queue', item: id, ...(before && { before }) };
      }
      default:
        throw new Error(`${action} is not done to an item.`);
    }
  }

  #move(to: Selected): void {
    if (to.id) this.select(to.id);
    else this.selected = to;
  }

  #undo(): void {
    const { items } = this.live.room;
    const { commands, overtaken } = this.#done.take(items, this.#queue());
    for (const command of commands) {
      const id = this.#transmit(command);
      if ('item' in command) this.#done.moved(command.item, id, items);
    }
    this.overtaken = overtaken;
  }

  #transmit(command: NewCommand): CommandId {
    if ('item' in command) this.#touched.set(command.item, performance.now());
    return this.live.send(command);
  }

  /** All of it, whatever is searched for. */
  #queue(): ItemId[] {
    return queueOf(this.live.items).map(({ id }) => id);
  }

  #keep(shown: readonly ItemId[]): void {
    const before = this.#kept;
    if (before === null || (shown.length === before.length && shown.every((id, at) => id === before[at]))) return;
    const known = new Set(before);
    const added = shown.filter((id) => !known.has(id));
    if (known.size > 0 && added.length > 0) this.news = new Set([...this.news, ...added]);
    const present = new Set(shown);
    if ([...this.news].some((id) => !present.has(id)))
      this.news = new Set([...this.news].filter((id) => present.has(id)));
    this.#kept = shown;
  }

  #markedItems(): Item[] {
    return [...this.marked].flatMap((id) => this.live.room.items.get(id) ?? []);
  }
}
