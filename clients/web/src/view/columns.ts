// The four columns of the moderators' desk.
import type { Item } from '@summit/client';
import { inOrder, queueOf, type Order } from './order.ts';

export type Column = 'inbox' | 'queue' | 'stage' | 'done';
export const columnNames: readonly Column[] = ['inbox', 'queue', 'stage', 'done'];

export type Columns = Readonly<Record<Column, readonly Item[]>>;

export function columnOf(item: Item): Column {
  switch (item.state) {
    case 'pending':
      return 'inbox';
    case 'published':
      // A comment needs nobody once it is there, unless somebody reported it.
      return item.kind === 'comment' && !item.reports ? 'done' : 'inbox';
    case 'queued':
      return 'queue';
    case 'staged':
      return 'stage';
    case 'answered':
    case 'declined':
    case 'merged':
    case 'withdrawn':
    case 'follow-up':
      return 'done';
    default:
      return item.state satisfies never;
  }
}

export function columns(items: readonly Item[], inbox: Order): Columns {
  const of = (column: Column): Item[] => items.filter((item) => columnOf(item) === column);
  return {
    inbox: inOrder(of('inbox'), inbox),
    queue: queueOf(items),
    stage: of('stage'),
    done: of('done').sort((a, b) => b.changed - a.changed),
  };
}
