// Where the selection goes on the moderators' desk.
import type { ItemId } from '@summit/client';
import { columnNames, type Column } from './columns.ts';

export type Lists = Readonly<Record<Column, readonly ItemId[]>>;
export interface Selected {
  readonly column: Column;
  readonly id: ItemId | null;
}

/** One up or down in the column; from nowhere to its first. */
export function moveInColumn(lists: Lists, from: Selected, step: -1 | 1): Selected {
  const list = lists[from.column];
  const at = from.id === null ? -1 : list.indexOf(from.id);
  const to = at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + step));
  return { column: from.column, id: list[to] ?? null };
}

/** To the neighbouring column, to what stands at about the same height. */
export function moveToColumn(lists: Lists, from: Selected, step: -1 | 1): Selected {
  const column = columnNames[columnNames.indexOf(from.column) + step];
  if (!column) return from;
  const at = from.id === null ? 0 : Math.max(0, lists[from.column].indexOf(from.id));
  const list = lists[column];
  return { column, id: list[Math.min(at, list.length - 1)] ?? null };
}

/** After the lists changed: the selection stays; where its item has left the column, what followed it is selected. */
export function reselect(before: Lists, now: Lists, from: Selected): Selected {
  if (from.id === null || now[from.column].includes(from.id)) return from;
  const old = before[from.column];
  const at = old.indexOf(from.id);
  const next = [...old.slice(at + 1), ...old.slice(0, Math.max(0, at)).reverse()];
  return { column: from.column, id: next.find((id) => now[from.column].includes(id)) ?? now[from.column][0] ?? null };
}
