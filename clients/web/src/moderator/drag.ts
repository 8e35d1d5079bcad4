// Dragging items between columns. The keys Q, S, Shift J and Shift K do the same.
import type { ItemId } from '@summit/client';

const kind = 'application/x-summit-item';

export function drag(event: DragEvent, item: ItemId): void {
  event.dataTransfer?.setData(kind, item);
  if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
}

export function draggedItem(event: DragEvent): ItemId | null {
  return (event.dataTransfer?.getData(kind) || null) as ItemId | null;
}
